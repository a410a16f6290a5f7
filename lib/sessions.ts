/** What the calls for one session do: `get`, `set`, `destroy` and `touch`. */

import type { Calls } from './calls';
import { kindOf } from './errors';
import { isSessionId, type RowKeys } from './id';
import { changesOf, createLoadedSessions } from './loaded';
import type { Observer } from './observer';
import type { Decoded, Records } from './record';
import type { Rows } from './rows';
import type { StoredSession, Write } from './statements';
import { expiresAt, ttlOf } from './ttl';
import type { SessionStore } from './types';

/** The rooms that they go through. */
export interface SessionRooms<S extends object> {
  readonly records: Pick<Records<S>, 'encode'>;
  readonly rows: Rows;
  readonly calls: Calls;
  keysOf(this: void, sid: string): RowKeys;
  /** Undefined if the row holds no session, which is told to whom it concerns. */
  decode(this: void, row: StoredSession, key: string): Decoded<S> | undefined;
  /** Told of each `get` and `set`, for the next sweep. */
  count(this: void): void;
  /** Told of each `set` and `touch` that had nothing to write. */
  unchanged: Observer['unchanged'];
}

/** In ms. */
export interface Lifetimes {
  readonly browserSessionLifetime: number;
  readonly absoluteLifetime?: number | undefined;
}

const checkSid = (sid: unknown): string => {
  if (isSessionId(sid)) return sid;
  throw new TypeError(
    `sid must be a string of at least one character, but is ${sid === '' ? 'empty' : kindOf(sid)}`,
  );
};

export const createSessions = <S extends object>(
  { records, rows, calls, keysOf, decode, count, unchanged }: SessionRooms<S>,
  { browserSessionLifetime, absoluteLifetime = Infinity }: Lifetimes,
): Pick<SessionStore<S>, 'get' | 'set' | 'destroy' | 'touch'> => {
  const loaded = createLoadedSessions();

  const get = async (sid: string, _ttl?: unknown, context?: unknown): Promise<S | null> => {
    if (!isSessionId(sid)) return null;
    const keys = keysOf(sid);
    const row = await calls.inTime('get', (waiting) => {
      count();
      return rows.read(keys, waiting);
    });
    if (row === undefined) return null;
    const { key } = keys;
    const decoded = decode(row, key);
    if (decoded === undefined) return null;
    const { session, text, isCurrent } = decoded;
    const known = { text, expires: row.expires, stale: isCurrent ? undefined : row.data };
    loaded.remember(session, context, { key, known, writes: 0 });
    return session;
  };

  const set = async (sid: string, session: S, ttl?: unknown, context?: unknown): Promise<void> => {
    const keys = keysOf(checkSid(sid));
    const { key } = keys;
    const now = Date.now();
    const lifetime = Math.min(ttlOf(ttl, session, browserSessionLifetime, now), absoluteLifetime);
    const write = (...changes: Write[]): Promise<void> =>
      calls.inTime('set', async (waiting) => {
        count();
        await Promise.all(changes.map((change) => rows.write(keys, change, waiting)));
      });

    if (lifetime < 0) {
      loaded.forget(context, key, session);
      return write({ kind: 'remove' });
    }
    // Encoded before anything is awaited: what is stored is the session as it was when set was called.
    const { text, content } = records.encode(session, key);
    const expires = expiresAt(lifetime, now);
    const before = loaded.recall(session, context, key);
    if (before === undefined) return write({ kind: 'upsert', ...content(), expires });
    const { known } = before;
    const changes = changesOf(known, key, text, expires, content);
    if (changes.length === 0) {
      await write();
      unchanged();
      return;
    }
    // Until this has worked, nobody knows what the row holds of it.
    before.known = known?.text === text ? { ...known, expires: undefined } : undefined;
    before.writes += 1;
    const { writes } = before;
    await write(...changes);
    if (before.writes === writes) before.known = { text, expires };
  };

  const destroy = async (sid: string, context?: unknown): Promise<void> => {
    const keys = keysOf(checkSid(sid));
    loaded.forget(context, keys.key);
    return calls.inTime('destroy', (waiting) => rows.write(keys, { kind: 'remove' }, waiting));
  };

  const touch = async (sid: string, ttl?: unknown, context?: unknown): Promise<void> => {
    const keys = keysOf(checkSid(sid));
    const now = Date.now();
    const lifetime = Math.min(ttlOf(ttl, undefined, browserSessionLifetime, now), absoluteLifetime);
    if (lifetime < 0) {
      loaded.forget(context, keys.key);
      return calls.inTime('touch', (waiting) => rows.write(keys, { kind: 'remove' }, waiting));
    }
    const expires = expiresAt(lifetime, now);
    const before = loaded.recall(undefined, context, keys.key);
    if (before?.known?.expires === expires) {
      await calls.inTime('touch', () => Promise.resolve());
      unchanged();
      return;
    }
    if (before !== undefined) {
      before.known = before.known && { ...before.known, expires: undefined };
      before.writes += 1;
    }
    return calls.inTime('touch', (waiting) => rows.write(keys, { kind: 'touch', expires }, waiting));
  };

  return { get, set, destroy, touch };
};
