/** Reads the fields of a posted HTML form. */

import { URLSearchParams } from 'node:url';

/** In bytes: more than the longest name takes when every character of it is escaped. */
const longestBody = 4096;

/**
 * @returns {Promise<URLSearchParams>} the fields
 * @throws an HTTP error 415, 411 or 413 for a body that is no form, does not say its length, or is too long
 */
export const readForm = async (ctx) => {
  if (!ctx.is('urlencoded')) ctx.throw(415);
  // Node holds clients to the length that they name, so this is all that needs to be checked.
  if (ctx.request.length === undefined) ctx.throw(411);
  if (ctx.request.length > longestBody) ctx.throw(413);
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
};
