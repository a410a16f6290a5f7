/** From a session to text and back. */

import { isObject, kindOf, messageOf, typeError } from './errors';
import type { Codec, TextCodec } from './types';

export const isCodec = (value: unknown): boolean =>
  isObject(value) && typeof value['encode'] === 'function' && typeof value['decode'] === 'function';

/**
 * A codec that applies these in order; and in reverse to decode.
 *
 * @param first from sessions to text, and back
 * @param others from text to text, and back
 * @throws TypeError if one of them is not a codec
 *
 * @example
 * const gzip = {
 *   encode: (text) => gzipSync(text).toString('base64'),
 *   decode: (text) => gunzipSync(Buffer.from(text, 'base64'), { maxOutputLength: 1_048_576 }).toString(),
 * };
 * createKnexStore(knex, { codec: composeCodecs({ encode: JSON.stringify, decode: JSON.parse }, gzip) });
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each app has its own keys and values
export const composeCodecs = <S extends object = Record<string, any>>(
  first: Codec<S>,
  ...others: readonly TextCodec[]
): Codec<S> => {
  for (const [index, codec] of [first, ...others].entries()) {
    if (isCodec(codec)) continue;
    throw new TypeError(
      `composeCodecs: argument ${index + 1} must be an object with the functions encode and decode, but is ${kindOf(codec)}`,
    );
  }
  return {
    encode: (session) => others.reduce((text, codec) => codec.encode(text), first.encode(session)),
    decode: (text) => first.decode(others.reduceRight((encoded, codec) => codec.decode(encoded), text)),
  };
};

/** The default: JSON, as in tables of the original package. */
export const jsonCodec: Codec = {
  encode: (session) => {
    const text = JSON.stringify(session) as string | undefined;
    // A Date, or an object whose toJSON returns a string, would not come back as a session.
    if (text?.startsWith('{') !== true && text?.startsWith('[') !== true) {
      throw new TypeError('its JSON is not an object');
    }
    return text;
  },
  decode: (text) => {
    try {
      return JSON.parse(text) as object;
    } catch {
      // The message of JSON.parse quotes the text, which would put a session into a log.
      throw new SyntaxError('its text is not JSON');
    }
  },
};

const isAscii = /^[\0-\u007e]*$/;
const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON in plain ASCII: other characters can only stand in strings, where JSON can escape them. */
export const asciiJsonCodec: Codec = {
  encode: (session) => jsonCodec.encode(session).replace(/[\u007f-\uffff]/g, escapeUnit),
  decode: jsonCodec.decode,
};

/** The default codec where only ASCII is safe. What an app's own codec returns is escaped: see {@link toAscii}. */
export const codecFor = <S extends object>(codec: Codec<S>, asciiOnly: boolean): Codec<S> =>
  asciiOnly && (codec as unknown) === jsonCodec ? (asciiJsonCodec as unknown as Codec<S>) : codec;

const escapedPrefix = 'ascii:';

/** Any text in ASCII, most often as it is; {@link fromAscii} returns it. */
export const toAscii = (text: string): string =>
  isAscii.test(text) && !text.startsWith(escapedPrefix)
    ? text
    : escapedPrefix + text.replace(/[\\\u007f-\uffff]/g, escapeUnit);

/** Text that was never escaped comes back unchanged. */
export const fromAscii = (text: string): string =>
  text.startsWith(escapedPrefix)
    ? text
        .slice(escapedPrefix.length)
        .replace(/\\u([0-9a-f]{4})/g, (_, unit: string) => String.fromCharCode(parseInt(unit, 16)))
    : text;

/** NUL, which PostgreSQL refuses in text, and lone surrogates, which drivers replace without an error. */
const unstorable = /\0|\p{Surrogate}/u;

/**
 * Encodes a session and checks the text: it can be stored, and read back unchanged.
 *
 * @throws TypeError if the session is not an object, or cannot be encoded; `cause` is the codec's error
 */
export const encodeWith = <S extends object>(codec: Codec<S>, session: S): string => {
  if (typeof session !== 'object' || (session as unknown) === null) {
    throw new TypeError(
      `session must be an object, but is ${kindOf(session)}; to end a session, call destroy(sid)`,
    );
  }
  let text: unknown;
  try {
    text = codec.encode(session);
  } catch (cause) {
    throw typeError(`session cannot be encoded: ${messageOf(cause)}`, cause);
  }
  if (typeof text !== 'string') {
    throw new TypeError(`codec.encode must return a string, but returned ${kindOf(text)}`);
  }
  // JSON.stringify escapes both: no need to search what the default codec returns.
  if ((codec as unknown) !== jsonCodec && unstorable.test(text)) {
    throw new TypeError(
      'codec.encode returned text with a NUL character or a lone surrogate, which SQL databases cannot store; ' +
        'escape it, or encode the result as base64',
    );
  }
  return text;
};

/**
 * Decodes a stored text and checks that it is a session.
 *
 * @throws SyntaxError if the default codec finds no JSON; TypeError if the app's codec fails, with its error as `cause`,
 * or if the result is not an object
 */
export const decodeWith = <S extends object>(codec: Codec<S>, text: string): S => {
  let session: unknown;
  try {
    session = codec.decode(text);
  } catch (cause) {
    if ((codec.decode as unknown) === jsonCodec.decode) throw cause;
    // Its message may quote the text, as that of JSON.parse does: it stays in the cause.
    throw typeError('codec.decode failed', cause);
  }
  if (session instanceof Promise) {
    session.catch(() => undefined);
    throw new TypeError('codec.decode must return an object at once, but returned a promise');
  }
  if (typeof session !== 'object' || session === null) {
    throw new TypeError(`codec.decode must return an object, but returned ${kindOf(session)}`);
  }
  return session as S;
};
