/** Reads the fields of a posted HTML form. */

import { URLSearchParams } from 'node:url';

/** In bytes: enough for the longest name with every character escaped. */
const longestBody = 4096;

/**
 * @returns {Promise<URLSearchParams>} the fields
 * @throws an HTTP error: 415 if the body is not a form, 411 without a length, 413 if it is too long
 */
export const readForm = async (ctx) => {
  if (!ctx.is('urlencoded')) ctx.throw(415);
  // Node enforces the Content-Length, so no further check is needed.
  if (ctx.request.length === undefined) ctx.throw(411);
  if (ctx.request.length > longestBody) ctx.throw(413);
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
};
