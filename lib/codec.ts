/** From a session to the text in its row and back. */

import { kindOf, messageOf } from './errors';

/** How sessions become text. Both functions are synchronous; either may throw. */
export interface Codec<S extends object = Record<string, any>> {
  /**
   * The text to store: any string without NUL characters and lone surrogates. ASCII alone (base64, say) is safe
   * in every table and over every connection; the rest needs a Unicode column, and on MySQL a utf8mb4 connection.
   */
  encode(this: void, session: S): string;
  /** The session again: a new object on every call. What throws here reads as 'no session'. */
  decode(this: void, text: string): S;
}

/** How one text becomes another, for compression or encryption: one more link of the chain. */
export interface TextCodec {
  encode(this: void, text: string): string;
  /** What throws here reads as 'no session'. */
  decode(this: void, text: string): string;
}

/**
 * A codec that does what these do, one after the other; and back in reverse.
 *
 * @param first from sessions to text, and back
 * @param others from text to text, and back
 *
 * @example
 * const gzip = {
 *   encode: (text) => gzipSync(text).toString('base64'),
 *   decode: (text) => gunzipSync(Buffer.from(text, 'base64'), { maxOutputLength: 1_048_576 }).toString(),
 * };
 * createKnexStore(knex, { codec: composeCodecs({ encode: JSON.stringify, decode: JSON.parse }, gzip) });
 */
export const composeCodecs = <S extends object = Record<string, any>>(
  first: Codec<S>,
  ...others: readonly TextCodec[]
): Codec<S> => ({
  encode: (session) => others.reduce((text, codec) => codec.encode(text), first.encode(session)),
  decode: (text) => first.decode(others.reduceRight((encoded, codec) => codec.decode(encoded), text)),
});

/** The default: JSON, as in the tables of the original package. */
export const jsonCodec: Codec = {
  encode: (session) => {
    const text = JSON.stringify(session) as string | undefined;
    // A Date, or an object whose toJSON returns a string, would come back as something that is no session.
    if (text?.startsWith('{') !== true && text?.startsWith('[') !== true) {
      throw new TypeError('its JSON is no object');
    }
    return text;
  },
  decode: (text) => {
    try {
      return JSON.parse(text) as Record<string, any>;
    } catch {
      // What JSON.parse says quotes the text: somebody's session, in somebody's log.
      throw new SyntaxError('its text is not JSON');
    }
  },
};

/** The same in ASCII alone: what lies beyond stands in strings only, where JSON can escape it. */
export const asciiJsonCodec: Codec = {
  encode: (session) =>
    jsonCodec
      .encode(session)
      .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  decode: jsonCodec.decode,
};

/** The codec for a table in which text beyond ASCII may be harmed, or not: only our own can be told to do without. */
export const codecFor = <S extends object>(codec: Codec<S>, asciiOnly: boolean): Codec<S> =>
  asciiOnly && (codec as unknown) === jsonCodec ? (asciiJsonCodec as unknown as Codec<S>) : codec;

/** NUL, which PostgreSQL refuses in text, and lone surrogates, which drivers silently replace. */
const unstorable = /\0|\p{Surrogate}/u;

/**
 * The text of a session, checked: what this returns can be stored and read back.
 *
 * @throws TypeError if the session is no object, or cannot be encoded; `cause` is the codec's error
 */
export const encodeWith = <S extends object>(codec: Codec<S>, session: S): string => {
  if (typeof session !== 'object' || (session as unknown) === null) {
    throw new TypeError(
      `session must be an object, but is ${kindOf(session)}; to end a session, call destroy(sid)`,
    );
  }
  const text = tryEncode(codec, session);
  if (typeof text !== 'string') {
    throw new TypeError(`codec.encode must return a string, but returned ${kindOf(text)}`);
  }
  // JSON.stringify escapes both, so the default codec need not be searched.
  if ((codec as unknown) !== jsonCodec && unstorable.test(text)) {
    throw new TypeError(
      'codec.encode returned text with a NUL character or a lone surrogate, which SQL databases cannot store; ' +
        'escape it, or encode the result as base64',
    );
  }
  return text;
};

const tryEncode = <S extends object>(codec: Codec<S>, session: S): unknown => {
  try {
    return codec.encode(session);
  } catch (cause) {
    throw Object.assign(new TypeError(`session cannot be encoded: ${messageOf(cause)}`), { cause });
  }
};

/** What an app's own codec says of a text may quote it, as `JSON.parse` does: it stays in the cause. */
const tryDecode = <S extends object>(codec: Codec<S>, text: string): unknown => {
  try {
    return codec.decode(text);
  } catch (cause) {
    if ((codec.decode as unknown) === jsonCodec.decode) throw cause;
    throw Object.assign(new TypeError('codec.decode failed'), { cause });
  }
};

/**
 * The session of a stored text.
 *
 * @throws SyntaxError if our own codec finds no JSON; TypeError if another one fails, with what it throws as `cause`,
 *   and if the session is no object
 */
export const decodeWith = <S extends object>(codec: Codec<S>, text: string): S => {
  const session = tryDecode(codec, text);
  if (session instanceof Promise) {
    // What it may reject with is of no use to anybody.
    session.catch(() => undefined);
    throw new TypeError('codec.decode must return an object at once, but returned a promise');
  }
  if (typeof session !== 'object' || session === null) {
    throw new TypeError(`codec.decode must return an object, but returned ${kindOf(session)}`);
  }
  return session as S;
};
