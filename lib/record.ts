/** From a session to what its row holds, and back: encoded, sealed if there is a secret, and never too large. */

import { decodeWith, encodeWith, type Codec } from './codec';
import { kindOf, SessionStoreError } from './errors';
import { createSeal, type Secret } from './seal';

export interface RecordOptions<S extends object> {
  readonly codec: Codec<S>;
  /** The first one seals, all of them open; none: nothing is sealed. */
  readonly secrets: readonly Secret[];
  /** Whether rows that are not sealed are read, too. */
  readonly readPlain: boolean;
  /** The most bytes of an encoded session, before it is sealed. */
  readonly maxBytes: number;
}

/** A session as it is encoded, and as it is stored: the first tells whether it has changed, the second never looks the same. */
interface Encoded {
  readonly text: string;
  /** What the row is to hold. Sealed when it is first asked for: an unchanged session need not be. */
  data(this: void): string;
}

interface Decoded<S> {
  readonly session: S;
  readonly text: string;
  /** Whether it would be stored in the same way today: not if it was sealed with an older secret, or not at all. */
  readonly isCurrent: boolean;
}

export interface Records<S extends object> {
  /**
   * @param key of its row
   * @throws TypeError for what cannot be encoded; SessionStoreError `E2BIG`
   */
  encode(this: void, session: S, key: string): Encoded;
  /** @throws what says why the row holds no session */
  decode(this: void, data: unknown, key: string): Decoded<S>;
  /** What a row is to hold under another key. @throws what says why it holds no session */
  rewrite(this: void, data: unknown, from: string, to: string): string;
}

export const createRecords = <S extends object>({
  codec,
  secrets,
  readPlain,
  maxBytes,
}: RecordOptions<S>): Records<S> => {
  const seal = secrets.length === 0 ? undefined : createSeal(secrets);

  const encode = (session: S, key: string): Encoded => {
    const text = encodeWith(codec, session);
    const bytes = Buffer.byteLength(text);
    if (bytes > maxBytes) {
      const message = `set: the session has ${bytes} bytes, and at most ${maxBytes} are stored (maxBytes)`;
      throw new SessionStoreError('E2BIG', 'set', message);
    }
    return { text, data: () => close(text, key) };
  };

  const open = (data: unknown, key: string): { text: string; isCurrent: boolean } => {
    if (typeof data !== 'string') {
      throw new TypeError(`the data column must hold text, but holds ${kindOf(data)}`);
    }
    if (seal === undefined) return { text: data, isCurrent: true };
    if (readPlain && !seal.isSealed(data)) return { text: data, isCurrent: false };
    return { text: seal.decode(data, key), isCurrent: seal.isCurrent(data) };
  };

  const close = (text: string, key: string): string => seal?.encode(text, key) ?? text;

  return {
    encode,
    decode: (data, key) => {
      const { text, isCurrent } = open(data, key);
      return { session: decodeWith(codec, text), text, isCurrent };
    },
    rewrite: (data, from, to) => close(open(data, from).text, to),
  };
};
