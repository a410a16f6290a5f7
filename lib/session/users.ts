/** All sessions of a user: listed, and ended. */

import type { Calls } from '../resilience/limit';
import { kindOf, type SessionStoreOperation } from '../errors';
import { aliasOf, isSessionId, keysOfRow, type RowKeys } from '../crypto/row-key';
import { isUserId, type Owners } from '../crypto/user-key';
import type { Rows } from './id-migration';
import { asWholeRow, type WholeRow } from '../batch/changes';
import type { SessionTable } from '../database/table';
import { checkNames } from '../rules';
import { timesOf, type RowReader } from './entries';
import { secondOf } from '../ttl';
import type { SessionStore } from '../types';

/** A live session of a user, as {@link SessionStore.sessionsOf} lists it. */
export interface UserSession<S extends object = Record<string, any>> {
  /**
   * Names the session for `destroyByHandle`: it may be shown, in a form say, as nobody can log in with it. It is the
   * same as long as the session has its id and its user, and says who that is.
   */
  readonly handle: string;
  /** Whether it is the session of the id that was passed as `current`. */
  readonly current: boolean;
  /** Null where the row does not say. */
  readonly created: Date | null;
  /** When it was last written, also by a mere prolongation; null where the row does not say. */
  readonly updated: Date | null;
  readonly expires: Date;
  readonly session: S;
}

export type Users<S extends object> = Pick<
  SessionStore<S>,
  'sessionsOf' | 'destroyAllOf' | 'destroyByHandle'
>;

const handleOf = (key: string, name: string): string =>
  `${aliasOf(key)}.${Buffer.from(name, 'utf16le').toString('base64url')}`;

/** A handle is anybody's input: what is none names no session. */
const userIn = (handle: unknown): string | undefined => {
  const name = typeof handle === 'string' ? /^[\w-]{43}\.([\w-]+)$/.exec(handle)?.[1] : undefined;
  return name === undefined ? undefined : Buffer.from(name, 'base64url').toString('utf16le');
};

/** @param owners undefined where the option `userId` is missing */
export const createUsers = <S extends object>(
  table: SessionTable,
  rows: Rows,
  calls: Calls,
  reader: RowReader<S>,
  keysOf: (sid: string) => RowKeys,
  owners: Owners<S> | undefined,
): Users<S> => {
  const known = (operation: SessionStoreOperation): Owners<S> => {
    if (owners !== undefined) return owners;
    throw new TypeError(
      `${operation} needs the option userId, which says whose a session is: ` +
        'createKnexStore(knex, { userId: (session) => session.userId })',
    );
  };

  const nameOf = (operation: SessionStoreOperation, userId: unknown): string => {
    if (isUserId(userId)) return String(userId);
    const came = userId === '' ? 'empty' : typeof userId === 'number' ? String(userId) : kindOf(userId);
    throw new TypeError(
      `${operation}: userId must be a string of at least one character or a finite number, but is ${came}`,
    );
  };

  /** The keys that the session of this id may lie under. */
  const keysIn = (operation: SessionStoreOperation, option: string, sid: unknown): string[] => {
    if (!isSessionId(sid)) {
      throw new TypeError(
        `${operation}: ${option} must be a session id, as the middleware hands it to get and set, but is ` +
          (sid === '' ? 'empty' : kindOf(sid)),
      );
    }
    const { key, formerKey } = keysOf(sid);
    return formerKey === undefined ? [key] : [key, formerKey];
  };

  /** The live rows of a user. */
  const rowsOf = async (names: Owners<S>, name: string): Promise<WholeRow[]> => {
    const found = await calls.repeated(() => table.ofUser(names.keysOf(name), secondOf(Date.now())));
    return found.map(asWholeRow);
  };

  /** Whether its session is the user's: the column is believed no more than what the session itself says. */
  const isOf = (names: Owners<S>, session: S, name: string): boolean => {
    try {
      return names.nameOf(session) === name;
    } catch {
      return false;
    }
  };

  const sessionsOf: Users<S>['sessionsOf'] = async (userId, options = {}) => {
    const names = known('sessionsOf');
    const name = nameOf('sessionsOf', userId);
    checkNames('sessionsOf', options, 'current');
    const { current } = options;
    const currentKeys = current === undefined ? [] : keysIn('sessionsOf', 'current', current);
    const found = await calls.atLeisure('sessionsOf', () => rowsOf(names, name));
    const ids = new Set(found.map(({ id }) => id));
    const sessions = found.flatMap((row): UserSession<S>[] => {
      const { key, formerKey } = keysOfRow(row.id, keysOf);
      // Where a session lies under its id and its digest, the digest counts; where ids are hashed, it alone.
      if (row.id !== key && (row.id !== formerKey || ids.has(key))) return [];
      const session = reader.decode('sessionsOf', row);
      if (session === undefined || !isOf(names, session, name)) return [];
      return [
        { handle: handleOf(key, name), current: currentKeys.includes(key), ...timesOf(row, reader), session },
      ];
    });
    const lastUse = ({ updated, expires }: UserSession<S>): number => (updated ?? expires).getTime();
    return sessions.sort((a, b) => lastUse(b) - lastUse(a));
  };

  const destroyAllOf: Users<S>['destroyAllOf'] = async (userId, options = {}) => {
    const names = known('destroyAllOf');
    const name = nameOf('destroyAllOf', userId);
    checkNames('destroyAllOf', options, 'except');
    // `except: undefined` comes from a mistake, and would end the very session that was to stay.
    const except = 'except' in options ? keysIn('destroyAllOf', 'except', options.except) : [];
    return calls.atLeisure('destroyAllOf', async () => {
      let removed = 0;
      // MySQL, MariaDB and SQL Server may pass over a row that somebody gives another key just then; not a second time.
      for (let last = -1, n = 0; last !== 0 || n < 2; n += 1) {
        last = await calls.repeated(() => table.removeUser(names.keysOf(name), except));
        removed += last;
      }
      return removed;
    });
  };

  const destroyByHandle: Users<S>['destroyByHandle'] = async (handle) => {
    const names = known('destroyByHandle');
    const name = userIn(handle);
    if (name === undefined) return false;
    return calls.inTime('destroyByHandle', async (waiting) => {
      // Both, where a session lies under its id and its digest.
      const found = (await rowsOf(names, name))
        .filter(({ id }) => handleOf(id, name) === handle)
        .map(({ id }) => keysOfRow(id, keysOf));
      await Promise.all(found.map((keys) => rows.write(keys, { kind: 'remove' }, waiting)));
      return found.length > 0;
    });
  };

  return { sessionsOf, destroyAllOf, destroyByHandle };
};
