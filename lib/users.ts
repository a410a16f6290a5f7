/** All sessions of a user: listed, and ended. */

import type { Calls } from './calls';
import { kindOf, type SessionStoreOperation } from './errors';
import { aliasOf, isSessionId, keysOfRow, type RowKeys } from './id';
import { isUserId, type Owners, type UserId } from './owner';
import type { Rows } from './rows';
import { asWholeRow, type WholeRow } from './statements';
import type { SessionTable } from './table';
import { dateOf, secondOf } from './ttl';

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

/** What the listing needs to know of the store. */
export interface UsersOptions<S extends object> {
  readonly owners: Owners<S> | undefined;
  keysOf(this: void, sid: string): RowKeys;
  /** When a session of this row ends, in seconds since the epoch. */
  endOf(this: void, row: WholeRow): number;
  /** Undefined with an `error` event if the row holds no session. */
  decode(this: void, row: WholeRow): S | undefined;
}

export interface Users<S extends object> {
  sessionsOf(this: void, userId: UserId, options?: { current?: string }): Promise<UserSession<S>[]>;
  destroyAllOf(this: void, userId: UserId, options?: { except?: string }): Promise<number>;
  destroyByHandle(this: void, handle: string): Promise<boolean>;
}

const handleOf = (key: string, name: string): string =>
  `${aliasOf(key)}.${Buffer.from(name, 'utf16le').toString('base64url')}`;

/** A handle is anybody's input: what is none names no session. */
const userIn = (handle: unknown): string | undefined => {
  const name = typeof handle === 'string' ? /^[\w-]{43}\.([\w-]+)$/.exec(handle)?.[1] : undefined;
  return name === undefined ? undefined : Buffer.from(name, 'base64url').toString('utf16le');
};

export const createUsers = <S extends object>(
  table: SessionTable,
  rows: Rows,
  calls: Calls,
  { owners, keysOf, endOf, decode }: UsersOptions<S>,
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
    const came = userId === '' ? 'empty' : Number.isNaN(userId) ? 'NaN' : kindOf(userId);
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

  const checkNames = (operation: SessionStoreOperation, options: object, valid: string): void => {
    const unknown = Object.keys(options).find((name) => name !== valid);
    if (unknown === undefined) return;
    throw new TypeError(`${operation}: unknown option ${JSON.stringify(unknown)}; valid: ${valid}`);
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
    const sessions = found.flatMap((row): UserSession<S>[] => {
      const { key, formerKey } = keysOfRow(row.id, keysOf);
      // A row under an id that is looked for under its digest alone is nobody's any more.
      if (row.id !== key && row.id !== formerKey) return [];
      const session = decode(row);
      if (session === undefined || !isOf(names, session, name)) return [];
      return [
        {
          handle: handleOf(key, name),
          current: currentKeys.includes(key),
          created: dateOf(row.created),
          updated: dateOf(row.updated),
          expires: dateOf(endOf(row)),
          session,
        },
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
    return calls.atLeisure('destroyAllOf', () =>
      calls.repeated(() => table.removeUser(names.keysOf(name), except)),
    );
  };

  const destroyByHandle: Users<S>['destroyByHandle'] = async (handle) => {
    const names = known('destroyByHandle');
    const name = userIn(handle);
    if (name === undefined) return false;
    return calls.inTime('destroyByHandle', async (waiting) => {
      const row = (await rowsOf(names, name)).find(({ id }) => handleOf(id, name) === handle);
      if (row === undefined) return false;
      await rows.write(keysOfRow(row.id, keysOf), { kind: 'remove' }, waiting);
      return true;
    });
  };

  return { sessionsOf, destroyAllOf, destroyByHandle };
};
