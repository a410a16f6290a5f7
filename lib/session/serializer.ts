/** From a session to what its row holds, and back: encoded, encrypted if there is a secret, and never too large. */

import { codecFor, decodeWith, encodeWith } from '../codec';
import { createEncryption } from '../crypto/encryption';
import { createUserKeys, type UserKeys } from '../crypto/user-key';
import type { Content } from '../database/rows';
import { kindOf, SessionStoreError } from '../errors';
import type { StoreOptions } from '../types';

export type SerializerOptions<S extends object> = Pick<
  StoreOptions<S>,
  'codec' | 'secret' | 'readPlain' | 'maxBytes' | 'userId'
>;

/** A session as text, which shows whether it has changed, and as stored, which looks different each time if encrypted. */
export interface Serialized {
  readonly text: string;
  /** What the row is to hold. Encrypted on the first call: an unchanged session need not be. */
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

export interface Serializer<S extends object> {
  /** Undefined without the option `userId`. */
  readonly users: UserKeys<S> | undefined;
  /**
   * @param key of its row
   * @throws TypeError if the session cannot be encoded, or `userId` fails; SessionStoreError `E2BIG`
   */
  serialize(this: void, session: S, key: string): Serialized;
  /** @throws Error that says why the row cannot be read as a session */
  deserialize(this: void, row: StoredContent, key: string): Deserialized<S>;
  /**
   * What a row is to hold, possibly under another key; undefined if it already does.
   *
   * @throws Error that says why the row cannot be read as a session
   */
  rewrite(this: void, row: StoredContent, from: string, to: string): Content | undefined;
}

/** @param asciiOnly whether the default codec must write plain ASCII */
export const createSerializer = <S extends object>(
  { codec: givenCodec, secret, readPlain, maxBytes, userId }: SerializerOptions<S>,
  asciiOnly: boolean,
): Serializer<S> => {
  const codec = codecFor(givenCodec, asciiOnly);
  const secrets = secret === undefined ? [] : [secret].flat();
  const encryption = secrets.length === 0 ? undefined : createEncryption(secrets);
  const users = userId === undefined ? undefined : createUserKeys({ userId, secrets, readPlain });

  const encrypt = (text: string, key: string): string => encryption?.encrypt(text, key) ?? text;

  const decrypt = (data: unknown, key: string): { text: string; isCurrent: boolean } => {
    if (typeof data !== 'string') {
      throw new TypeError(`the data column must hold text, but holds ${kindOf(data)}`);
    }
    if (encryption === undefined) return { text: data, isCurrent: true };
    if (readPlain && !encryption.isEncrypted(data)) return { text: data, isCurrent: false };
    return { text: encryption.decrypt(data, key), isCurrent: encryption.isCurrent(data) };
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

  return {
    users,

    serialize: (session, key) => {
      const text = encodeWith(codec, session);
      const bytes = Buffer.byteLength(text);
      if (bytes > maxBytes) {
        const message = `set: the session has ${bytes} bytes, and at most ${maxBytes} are stored (maxBytes)`;
        throw new SessionStoreError('E2BIG', 'set', message);
      }
      const user = userKeyOf(session);
      return { text, content: () => ({ data: encrypt(text, key), user }) };
    },

    deserialize: ({ data, user }, key) => {
      const { text, isCurrent } = decrypt(data, key);
      const session = decodeWith(codec, text);
      return { session, text, isCurrent: isCurrent && hasRightUser(session, user) };
    },

    rewrite: ({ data, user }, from, to) => {
      const { text, isCurrent } = decrypt(data, from);
      const session = decodeWith(codec, text);
      const isRight = from === to && isCurrent && hasRightUser(session, user);
      return isRight ? undefined : { data: encrypt(text, to), user: userKeyOr(session, user) };
    },
  };
};
