/** From a session to what its row holds, and back: encoded, encrypted if there is a secret, and never too large. */

import { codecFor, decodeWith, encodeWith, fromAscii, jsonCodec, toAscii } from '../codec';
import { createEncryption, isEncrypted } from '../crypto/encryption';
import { createUserKeys } from '../crypto/user-key';
import type { Content } from '../database/rows';
import { kindOf, SessionStoreError, typeError } from '../errors';
import type { StoreOptions } from '../types';
import type { Forward } from './forwards';

type SerializerOptions<S extends object> = Pick<
  StoreOptions<S>,
  'codec' | 'secret' | 'readPlain' | 'maxBytes' | 'userId'
>;

/** A session as text, which shows whether it has changed, and as stored, which looks different each time if encrypted. */
export interface Serialized {
  readonly text: string;
  /** The content of its row. Encrypted on the first call: an unchanged session need not be. */
  content(this: void): Content;
}

export interface Deserialized<S> {
  readonly session: S;
  readonly text: string;
  /**
   * Whether it would be stored in the same way today: not if it was encrypted with an older secret, or not at all, or if
   * its row holds another user.
   */
  readonly isCurrent: boolean;
}

/** What is read of a row. Rows are untrusted input, also in their types. */
export interface StoredContent {
  readonly data: unknown;
  readonly user?: unknown;
}

/** @param asciiOnly whether rows must hold plain ASCII */
export const createSerializer = <S extends object>(
  { codec: givenCodec, secret, readPlain, maxBytes, userId }: SerializerOptions<S>,
  asciiOnly: boolean,
) => {
  const codec = codecFor(givenCodec, asciiOnly);
  const secrets = secret === undefined ? [] : [secret].flat();
  const [first, ...older] = secrets;
  const encryption = first === undefined ? undefined : createEncryption([first, ...older]);
  const users = userId === undefined ? undefined : createUserKeys({ userId, secrets, readPlain });

  // Encrypted text is ASCII, and so is what the default codec writes where that is asked for.
  const mustEscape = asciiOnly && codec === givenCodec;
  const encrypt = (text: string, key: string): string =>
    encryption?.encrypt(text, key) ?? (mustEscape ? toAscii(text) : text);
  const plainText = (data: string): string => (asciiOnly ? fromAscii(data) : data);

  const decrypt = (data: unknown, key: string): { text: string; isCurrent: boolean } => {
    if (typeof data !== 'string') {
      throw new TypeError(`the data column must hold text, but holds ${kindOf(data)}`);
    }
    if (encryption === undefined) return { text: plainText(data), isCurrent: true };
    if (readPlain && !isEncrypted(data)) return { text: plainText(data), isCurrent: false };
    return { text: encryption.decrypt(data, key), isCurrent: encryption.isCurrent(data) };
  };

  const decode = (text: string): S => {
    try {
      return decodeWith(codec, text);
    } catch (cause) {
      if (encryption !== undefined || !isEncrypted(text)) throw cause;
      throw typeError('it is encrypted, and there is no option secret', cause);
    }
  };

  const userKeyOf = (session: S): string | null => {
    const user = users?.userOf(session) ?? null;
    return user === null ? null : (users?.keyOf(user) ?? null);
  };

  /** If `userId` fails, the row keeps its user; the next save reports the failure. */
  const userKeyOr = (session: S, stored: unknown): string | null => {
    try {
      return userKeyOf(session);
    } catch {
      return typeof stored === 'string' ? stored : null;
    }
  };

  const hasRightUser = (session: S, stored: unknown): boolean =>
    users === undefined || userKeyOr(session, stored) === stored;

  /**
   * @param key of its row
   * @throws TypeError if the session cannot be encoded, or `userId` fails; SessionStoreError `E2BIG`
   */
  const serialize = (session: S, key: string, operation: 'set' | 'update' = 'set'): Serialized => {
    const text = encodeWith(codec, session);
    const bytes = Buffer.byteLength(text);
    if (bytes > maxBytes) {
      const message = `${operation}: the session has ${bytes} bytes, and at most ${maxBytes} are stored (maxBytes)`;
      throw new SessionStoreError('E2BIG', operation, message);
    }
    const user = userKeyOf(session);
    return { text, content: () => ({ data: encrypt(text, key), user }) };
  };

  /** @throws Error that says why the row cannot be read as a session */
  const deserialize = ({ data, user }: StoredContent, key: string): Deserialized<S> => {
    const { text, isCurrent } = decrypt(data, key);
    const session = decode(text);
    return { session, text, isCurrent: isCurrent && hasRightUser(session, user) };
  };

  /**
   * The content that a row should have, possibly under another key; undefined if it already has it.
   *
   * @throws Error that says why the row cannot be read as a session
   */
  const rewrite = (row: StoredContent, from: string, to: string): Content | undefined => {
    const { session, text, isCurrent } = deserialize(row, from);
    if (from === to && isCurrent) return undefined;
    return { data: encrypt(text, to), user: userKeyOr(session, row.user) };
  };

  /** Encrypted as a forward, it is no session, and a session is no forward: no key holds a space. */
  const forwardKey = (from: string): string => `forward ${from}`;

  const encodeForward = ({ to, until }: Forward, from: string): string =>
    encrypt(`${until} ${to}`, forwardKey(from));

  /** @throws Error that says why the row cannot be read as a forward */
  const decodeForward = ({ data }: StoredContent, from: string): Forward => {
    const [, until, to] = /^(\d{1,16}) ([!-~]{1,100})$/.exec(decrypt(data, forwardKey(from)).text) ?? [];
    if (to === undefined) throw new Error('it is not a session that got another id');
    return { to, until: Number(until) };
  };

  return {
    /** Undefined without the option `userId`. */
    users,
    /** Whether the same session is stored as other data each time. */
    isUnique: encryption !== undefined,
    /** Whether a text is surely that of a plain object. */
    isPlain: (text: string): boolean => (givenCodec as unknown) === jsonCodec && text.startsWith('{'),
    serialize,
    /** The session that was serialized to this text. */
    decode,
    deserialize,
    rewrite,
    encodeForward,
    decodeForward,
  };
};

export type Serializer<S extends object> = ReturnType<typeof createSerializer<S>>;
