/** A user's sessions: listed, and ended. */

import { aliasOf, isSessionId, keysOfRow, type RowKeys, type RowKeysOf } from '../crypto/row-key';
import { isUserId, type UserKeys } from '../crypto/user-key';
import type { SessionRow, SessionTable } from '../database/rows';
import { kindOf, type SessionStoreOperation } from '../errors';
import { checkNames } from '../options';
import type { Limit, Work } from '../resilience/limit';
import type { SessionStore, UserSession } from '../types';
import type { RowReader } from './entries';

type UserMethods<S extends object> = Pick<SessionStore<S>, 'sessionsOf' | 'destroyAllOf' | 'destroyByHandle'>;

interface UserDependencies<S extends object> {
  readonly table: SessionTable;
  /** Ends a session, also one that gets another id meanwhile. */
  endNow(this: void, keys: RowKeys): Work<void>;
  readonly limit: Limit;
  readonly reader: RowReader<S>;
  readonly keysOf: RowKeysOf;
  /** Undefined without the option `userId`. */
  readonly userKeys: UserKeys<S> | undefined;
}

const handleOf = (key: string, user: string): string =>
  `${aliasOf(key)}.${Buffer.from(user, 'utf16le').toString('base64url')}`;

/** The user's id in a handle, which is untrusted input; undefined if it is not a handle. */
const userIn = (handle: unknown): string | undefined => {
  const user = typeof handle === 'string' ? /^[\w-]{43}\.([\w-]+)$/.exec(handle)?.[1] : undefined;
  return user === undefined ? undefined : Buffer.from(user, 'base64url').toString('utf16le');
};

const checkUserId = (operation: SessionStoreOperation, userId: unknown): string => {
  if (isUserId(userId)) return String(userId);
  const came = userId === '' ? 'empty' : typeof userId === 'number' ? String(userId) : kindOf(userId);
  throw new TypeError(
    `${operation}: userId must be a string of at least one character or a finite number, but is ${came}`,
  );
};

/** Every key that the row of a session may have. */
const allOf = ({ key, formerKey }: RowKeys): string[] => (formerKey === undefined ? [key] : [key, formerKey]);

export const createUserMethods = <S extends object>({
  table,
  endNow,
  limit,
  reader,
  keysOf,
  userKeys,
}: UserDependencies<S>): UserMethods<S> => {
  const checkOption = (operation: SessionStoreOperation): UserKeys<S> => {
    if (userKeys !== undefined) return userKeys;
    throw new TypeError(
      `${operation} needs the option userId, which returns the user of a session: ` +
        'createKnexStore(knex, { userId: (session) => session.userId })',
    );
  };

  /** @returns every key that the row of this session may have */
  const checkSid = (operation: SessionStoreOperation, option: string, sid: unknown): string[] => {
    if (isSessionId(sid)) return allOf(keysOf(sid));
    throw new TypeError(
      `${operation}: ${option} must be a session id, as the middleware passes it to get and set, but is ` +
        (sid === '' ? 'empty' : kindOf(sid)),
    );
  };

  const rowsOf = (users: UserKeys<S>, user: string): Promise<SessionRow[]> =>
    limit.repeated(() => table.ofUser(users.keysOf(user)));

  /** The column is not proof: the session itself must say the same. */
  const belongsTo = (users: UserKeys<S>, session: S, user: string): boolean => {
    try {
      return users.userOf(session) === user;
    } catch {
      return false;
    }
  };

  const sessionsOf: UserMethods<S>['sessionsOf'] = async (userId, options = {}) => {
    const users = checkOption('sessionsOf');
    const user = checkUserId('sessionsOf', userId);
    checkNames('sessionsOf', options, 'current');
    const current = options.current === undefined ? [] : checkSid('sessionsOf', 'current', options.current);
    const found = await limit.withoutDeadline('sessionsOf', () => rowsOf(users, user));
    const ids = new Set(found.map(({ id }) => id));
    const sessions = found.flatMap((row): UserSession<S>[] => {
      const { key, formerKey } = keysOfRow(row.id, keysOf);
      // If a session lies under its id and its digest, the digest counts; if ids are hashed, only the digest does.
      if (row.id !== key && (row.id !== formerKey || ids.has(key))) return [];
      const session = reader.deserialize('sessionsOf', row);
      if (session === undefined || !belongsTo(users, session, user)) return [];
      return [
        { handle: handleOf(key, user), current: current.includes(key), ...reader.timesOf(row), session },
      ];
    });
    const lastChange = ({ updated, expires }: UserSession<S>): number => (updated ?? expires).getTime();
    return sessions.sort((a, b) => lastChange(b) - lastChange(a));
  };

  const destroyAllOf: UserMethods<S>['destroyAllOf'] = async (userId, options = {}) => {
    const users = checkOption('destroyAllOf');
    const user = checkUserId('destroyAllOf', userId);
    checkNames('destroyAllOf', options, 'except');
    // `except: undefined` is a mistake, and would end the very session that should stay.
    const except = 'except' in options ? checkSid('destroyAllOf', 'except', options.except) : [];
    return limit.withoutDeadline('destroyAllOf', async () => {
      let removed = 0;
      // MySQL, MariaDB and SQL Server may skip a row whose key changes at that moment; not a second time.
      for (let last = -1, n = 0; last !== 0 || n < 2; n += 1) {
        last = await limit.repeated(() => table.removeUser(users.keysOf(user), except));
        removed += last;
      }
      return removed;
    });
  };

  const destroyByHandle: UserMethods<S>['destroyByHandle'] = async (handle) => {
    const users = checkOption('destroyByHandle');
    const user = userIn(handle);
    if (user === undefined) return false;
    return limit.run('destroyByHandle', async (deadline) => {
      // Both rows, if a session lies under its id and its digest.
      const found = (await rowsOf(users, user)).filter(({ id }) => handleOf(id, user) === handle);
      await Promise.all(
        found.map(({ id }) => {
          return endNow(keysOfRow(id, keysOf))(deadline);
        }),
      );
      return found.length > 0;
    });
  };

  return { sessionsOf, destroyAllOf, destroyByHandle };
};
