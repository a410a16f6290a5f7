/** From a session to what its row holds, and back: encoded, sealed if there is a secret, and never too large. */

import { decodeWith, encodeWith, type Codec } from '../codec';
import { kindOf, SessionStoreError } from '../errors';
import { createMemo } from './memo';
import { createOwners, type Owners, type UserIdOf } from '../crypto/user-key';
import { createSeal, type Secret } from '../crypto/encryption';

export interface RecordOptions<S extends object> {
  readonly codec: Codec<S>;
  /** The first one seals, all of them open; none: nothing is sealed. */
  readonly secrets: readonly Secret[];
  /** Whether rows that are not sealed are read, too. */
  readonly readPlain: boolean;
  /** The most bytes of an encoded session, before it is sealed. */
  readonly maxBytes: number;
  /** Whose session it is; without it, nobody asks. */
  readonly userId?: UserIdOf<S> | undefined;
}

/** What a row holds beside its key and expiry. */
export interface Content {
  readonly data: string;
  /** What `user_id` holds. */
  readonly user?: string | null;
}

/** A session as it is encoded, and as it is stored: the first tells whether it has changed, the second never looks the same. */
interface Encoded {
  readonly text: string;
  /** What the row is to hold. Sealed when it is first asked for: an unchanged session need not be. */
  content(this: void): Content;
}

export interface Decoded<S> {
  readonly session: S;
  readonly text: string;
  /**
   * Whether it would be stored in the same way today: not if it was sealed with an older secret, or not at all, or if
   * the row does not say whose it is.
   */
  readonly isCurrent: boolean;
}

export interface Records<S extends object> {
  /** Undefined without the option `userId`. */
  readonly owners: Owners<S> | undefined;
  /**
   * @param key of its row
   * @throws TypeError for what cannot be encoded, or has no user that can be told; SessionStoreError `E2BIG`
   */
  encode(this: void, session: S, key: string): Encoded;
  /** @throws what says why the row holds no session */
  decode(this: void, row: { data: unknown; user?: unknown }, key: string): Decoded<S>;
  /**
   * What a row is to hold, possibly under another key; undefined if it holds just that.
   *
   * @throws what says why it holds no session
   */
  rewrite(this: void, row: { data: unknown; user?: unknown }, from: string, to: string): Content | undefined;
}

/** How many characters of sealed and opened texts are remembered. */
const memory = 8_388_608;

export const createRecords = <S extends object>({
  codec,
  secrets,
  readPlain,
  maxBytes,
  userId,
}: RecordOptions<S>): Records<S> => {
  const seal = secrets.length === 0 ? undefined : createSeal(secrets);
  const owners = userId === undefined ? undefined : createOwners({ userId, secrets, readPlain });
  /** What was opened lately: most sessions are read again and again, as they were. */
  const opened = createMemo<{ data: string; text: string }>(memory);

  const remember = (key: string, data: string, text: string): void => {
    opened.set(key, { data, text }, data.length + text.length);
  };

  const encode = (session: S, key: string): Encoded => {
    const text = encodeWith(codec, session);
    const bytes = Buffer.byteLength(text);
    if (bytes > maxBytes) {
      const message = `set: the session has ${bytes} bytes, and at most ${maxBytes} are stored (maxBytes)`;
      throw new SessionStoreError('E2BIG', 'set', message);
    }
    const user = userOf(session);
    return { text, content: () => ({ data: close(text, key), user }) };
  };

  const userOf = (session: S): string | null => {
    const name = owners?.nameOf(session) ?? null;
    return name === null ? null : (owners?.keyOf(name) ?? null);
  };

  const open = (data: unknown, key: string): { text: string; isCurrent: boolean } => {
    if (typeof data !== 'string') {
      throw new TypeError(`the data column must hold text, but holds ${kindOf(data)}`);
    }
    if (seal === undefined) return { text: data, isCurrent: true };
    if (readPlain && !seal.isSealed(data)) return { text: data, isCurrent: false };
    const isCurrent = seal.isCurrent(data);
    const known = opened.get(key);
    if (known?.data === data) return { text: known.text, isCurrent };
    const text = seal.decode(data, key);
    remember(key, data, text);
    return { text, isCurrent };
  };

  const close = (text: string, key: string): string => {
    if (seal === undefined) return text;
    const data = seal.encode(text, key);
    remember(key, data, text);
    return data;
  };

  const decode: Records<S>['decode'] = ({ data, user }, key) => {
    const { text, isCurrent } = open(data, key);
    const session = decodeWith(codec, text);
    return { session, text, isCurrent: isCurrent && saysOwner(session, user) };
  };

  /** Where the owner cannot be told, the row says what it said; the next save says why. */
  const ownerOf = (session: S, said: unknown): string | null => {
    try {
      return userOf(session);
    } catch {
      return typeof said === 'string' ? said : null;
    }
  };

  const saysOwner = (session: S, user: unknown): boolean =>
    owners === undefined || ownerOf(session, user) === user;

  const rewrite: Records<S>['rewrite'] = ({ data, user }, from, to) => {
    const { text, isCurrent } = open(data, from);
    const session = decodeWith(codec, text);
    const isRight = from === to && isCurrent && saysOwner(session, user);
    return isRight ? undefined : { data: close(text, to), user: ownerOf(session, user) };
  };

  return { owners, encode, decode, rewrite };
};
