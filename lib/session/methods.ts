/** What the calls for one session do: `get`, `set`, `destroy` and `touch`. */

import type { Calls } from '../resilience/limit';
import { kindOf } from '../errors';
import { isSessionId, type RowKeys } from '../crypto/row-key';
import { changesOf, createLoadedSessions, type Loaded } from './loaded';
import type { Observer } from '../observability/instrument';
import type { Decoded, Records } from './serializer';
import type { Rows } from './id-migration';
import type { StoredSession, Write } from '../batch/changes';
import { expiresAt, ttlOf } from '../ttl';
import type { SessionStore } from '../types';

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

  type Change = (...changes: Write[]) => Promise<void>;

  /** @returns makes changes of a session's row; none at all are a call all the same */
  const writer =
    (operation: 'set' | 'destroy' | 'touch', keys: RowKeys): Change =>
    (...changes) =>
      calls.inTime(operation, async (waiting) => {
        if (operation === 'set') count();
        await Promise.all(changes.map((change) => rows.write(keys, change, waiting)));
      });

  /** Makes what changes are left of a loaded session. @param next what its row holds if they work, as far as anybody knows */
  const save = async (
    before: Loaded,
    changes: readonly Write[],
    next: Loaded['known'],
    write: Change,
  ): Promise<void> => {
    const { known } = before;
    if (changes.length === 0) {
      await write();
      unchanged();
      return;
    }
    // Until this has worked, nobody knows what the row holds of it.
    before.known =
      known !== undefined && known.text === next?.text ? { ...known, expires: undefined } : undefined;
    before.writes += 1;
    const { writes } = before;
    await write(...changes);
    if (before.writes === writes) before.known = next;
  };

  const set = async (sid: string, session: S, ttl?: unknown, context?: unknown): Promise<void> => {
    const keys = keysOf(checkSid(sid));
    const { key } = keys;
    const now = Date.now();
    const lifetime = Math.min(ttlOf(ttl, session, browserSessionLifetime, now), absoluteLifetime);
    const write = writer('set', keys);
    if (lifetime < 0) {
      loaded.forget(context, key, session);
      return write({ kind: 'remove' });
    }
    // Encoded before anything is awaited: what is stored is the session as it was when set was called.
    const { text, content } = records.encode(session, key);
    const expires = expiresAt(lifetime, now);
    const before = loaded.recall(session, context, key);
    if (before === undefined) return write({ kind: 'upsert', ...content(), expires });
    return save(before, changesOf(before.known, key, text, expires, content), { text, expires }, write);
  };

  const destroy = async (sid: string, context?: unknown): Promise<void> => {
    const keys = keysOf(checkSid(sid));
    loaded.forget(context, keys.key);
    return writer('destroy', keys)({ kind: 'remove' });
  };

  const touch = async (sid: string, ttl?: unknown, context?: unknown): Promise<void> => {
    const keys = keysOf(checkSid(sid));
    const now = Date.now();
    const lifetime = Math.min(ttlOf(ttl, undefined, browserSessionLifetime, now), absoluteLifetime);
    const write = writer('touch', keys);
    if (lifetime < 0) {
      loaded.forget(context, keys.key);
      return write({ kind: 'remove' });
    }
    const expires = expiresAt(lifetime, now);
    const change: Write = { kind: 'touch', expires };
    const before = loaded.recall(undefined, context, keys.key);
    if (before === undefined) return write(change);
    const { known } = before;
    return save(before, known?.expires === expires ? [] : [change], known && { ...known, expires }, write);
  };

  return { get, set, destroy, touch };
};
