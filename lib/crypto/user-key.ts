/** Whose session it is: from a session, or from a user's id, to what the column `user_id` holds. */

import { createHmac } from 'node:crypto';
import { kindOf, messageOf } from '../errors';
import { digest, isPlainKey } from './row-key';
import { derive, type Secret } from './encryption';

/** Who is logged in, as the app names them; undefined, null and the empty string are nobody. */
export type UserId = string | number;

/** The option `userId`: whose session it is. */
export type UserIdOf<S extends object> = (session: S) => UserId | null | undefined;

export interface OwnerOptions<S extends object> {
  readonly userId: UserIdOf<S>;
  /** The first one makes keys, all of them are looked for. */
  readonly secrets: readonly Secret[];
  /** Whether rows may hold what is stored without a secret. */
  readonly readPlain: boolean;
}

export interface Owners<S extends object> {
  /** The user's id as a string; null for nobody's session. @throws TypeError if the option fails, or returns none */
  nameOf(this: void, session: S): string | null;
  /** What the column holds. @param name as `nameOf` returns it */
  keyOf(this: void, name: string): string;
  /** All that the column may hold. */
  keysOf(this: void, name: string): string[];
}

const keyedPrefix = 'hmac:';

/**
 * Without a secret, ids of 1-100 visible ASCII characters are stored as they are, so that they can be joined with the
 * app's own tables, and others under a digest, as session ids are; so are those that look like what is stored with a
 * secret. With one, all are stored as a keyed digest, which tells nothing but which sessions are of one user.
 */
export const createOwners = <S extends object>({
  userId,
  secrets,
  readPlain,
}: OwnerOptions<S>): Owners<S> => {
  const roots = secrets.map((secret) => derive(secret, 'user', 32));

  const plain = (name: string): string =>
    isPlainKey(name) && !name.startsWith(keyedPrefix) ? name : digest(name);
  const keyed = (name: string, root: Buffer): string =>
    keyedPrefix + createHmac('sha256', root).update(name, 'utf16le').digest('base64url');

  const keysOf = (name: string): string[] => [
    ...roots.map((root) => keyed(name, root)),
    ...(roots.length === 0 || readPlain ? [plain(name)] : []),
  ];

  const keyOf = (name: string): string => {
    const [root] = roots;
    return root === undefined ? plain(name) : keyed(name, root);
  };

  const nameOf = (session: S): string | null => {
    let id: unknown;
    try {
      id = userId(session);
    } catch (cause) {
      const error = new TypeError(`option userId failed for a session: ${messageOf(cause)}`);
      throw Object.assign(error, { cause });
    }
    if (id === undefined || id === null || id === '') return null;
    if (isUserId(id)) return String(id);
    if (id instanceof Promise) id.catch(() => undefined);
    throw new TypeError(
      `option userId must return a string, a number, null or undefined, but returned ${kindOf(id)}`,
    );
  };

  return { nameOf, keysOf, keyOf };
};

/** Whether a value can be the id of a user: a string that is not empty, or a number that is one. */
export const isUserId = (id: unknown): id is UserId =>
  typeof id === 'string' ? id !== '' : typeof id === 'number' && Number.isFinite(id);
