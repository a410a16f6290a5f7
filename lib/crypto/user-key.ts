/** From a session, or from a user's id, to the value of the column `user_id`. */

import { createHmac } from 'node:crypto';
import { kindOf, messageOf, typeError } from '../errors';
import type { Secret, UserId, UserIdOf } from '../types';
import { derive } from './encryption';
import { digest, isPlainKey } from './row-key';

interface UserKeyOptions<S extends object> {
  readonly userId: UserIdOf<S>;
  /** The first one makes keys; rows with a key of any of them are found. */
  readonly secrets: readonly Secret[];
  /** Whether rows may hold a key made without a secret. */
  readonly readPlain: boolean;
}

const keyedPrefix = 'hmac:';

/**
 * Without a secret, ids of 1-100 visible ASCII characters are stored unchanged, and can be joined with the app's own
 * tables. Others are stored as a digest, as session ids are, and so are ids that look like a keyed digest. With a secret,
 * all are stored as a keyed digest, which reveals only which sessions belong to the same user.
 */
export const createUserKeys = <S extends object>({ userId, secrets, readPlain }: UserKeyOptions<S>) => {
  const roots = secrets.map((secret) => derive(secret, 'user', 32));

  const plain = (user: string): string =>
    isPlainKey(user) && !user.startsWith(keyedPrefix) ? user : digest(user);
  const keyed = (user: string, root: Buffer): string =>
    keyedPrefix + createHmac('sha256', root).update(user, 'utf16le').digest('base64url');

  /** All values that the column may hold for this user. */
  const keysOf = (user: string): string[] => [
    ...roots.map((root) => keyed(user, root)),
    ...(roots.length === 0 || readPlain ? [plain(user)] : []),
  ];

  /** The value of the column. @param user as `userOf` returns it */
  const keyOf = (user: string): string => {
    const [root] = roots;
    return root === undefined ? plain(user) : keyed(user, root);
  };

  /** The user's id as a string; null if the session has no user. @throws TypeError if the option fails */
  const userOf = (session: S): string | null => {
    let id: unknown;
    try {
      id = userId(session);
    } catch (cause) {
      throw typeError(`option userId failed for a session: ${messageOf(cause)}`, cause);
    }
    if (id === undefined || id === null || id === '') return null;
    if (isUserId(id)) return String(id);
    if (id instanceof Promise) id.catch(() => undefined);
    throw new TypeError(
      `option userId must return a string, a number, null or undefined, but returned ${kindOf(id)}`,
    );
  };

  return { userOf, keyOf, keysOf };
};

export type UserKeys<S extends object> = ReturnType<typeof createUserKeys<S>>;

/** Whether a value can be a user's id: a non-empty string or a finite number. */
export const isUserId = (id: unknown): id is UserId =>
  typeof id === 'string' ? id !== '' : typeof id === 'number' && Number.isFinite(id);
