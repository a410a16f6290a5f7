/** `createKnexStore`: wires the rooms of the house together; the only place that holds state. */

import type { Knex } from 'knex';
import { createBatch } from './batch';
import { asciiJsonCodec, decodeWith, encodeWith, jsonCodec, type Codec } from './codec';
import { kindOf, SessionStoreError, type SessionStoreOperation } from './errors';
import { createEvents, type Listener } from './events';
import { createGc } from './gc';
import { isSessionId, rowKey } from './id';
import { checkKnex } from './knex';
import { createLoadedSessions } from './loaded';
import { resolveOptions, type CreateKnexStoreOptions, type StoreOptions } from './options';
import { checkTable, syncTable } from './schema';
import { createSync } from './sync';
import { sessionStatements, sweepStep, type Write } from './statements';
import { openTable } from './table';
import { expiresAt, secondOf, ttlOf } from './ttl';
import type { CreateKnexStore, SessionStore } from './types';

/**
 * One lane is as fast under load; the second lets others pass a statement that waits, say for a lock. 256 KiB stay
 * within the smallest limits that servers are set to (1 MiB on old MySQL), however much of it must be escaped.
 */
const limits = { lanes: 2, bytes: 262_144 };

function create<S extends object>(knex: Knex, opts?: CreateKnexStoreOptions<S> | null): SessionStore<S> {
  checkKnex(knex, 'createKnexStore');
  const options: Readonly<StoreOptions<S>> = resolveOptions(opts);
  const { browserSessionLifetime } = options;
  const table = openTable(knex, options.tableName, options.timestamps);
  const isJson = (options.codec as unknown) === jsonCodec;
  const codec = isJson && table.asciiOnly ? (asciiJsonCodec as unknown as Codec<S>) : options.codec;
  const batch = createBatch(sessionStatements(table), { ...limits, rows: table.maxRows });
  const loaded = createLoadedSessions();
  const { emitter, notify } = createEvents();

  const prepare = (): Promise<void> =>
    options.sync ? syncTable(table, options) : checkTable(table, options);
  const sync = createSync(prepare, options.syncTimeout, () => {
    notify('connect');
  });

  const gc = createGc(
    options.gcFrequency,
    (from) => sweepStep(table, from),
    (cause) => {
      notify('error', new SessionStoreError('EGC', 'gc', 'the sweep of expired sessions failed', cause));
    },
  );

  let pending = 0;
  let held = 0;
  let whenIdle: (() => void) | undefined;
  let closing: Promise<void> | undefined;

  /** Every call goes through here: it waits for the table, and `close` waits for it. */
  const call = async <T>(operation: SessionStoreOperation, work: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) {
      throw new SessionStoreError('ECLOSED', operation, `${operation}: the store is closed`);
    }
    pending += 1;
    try {
      if (held > 0 || !sync.isReady()) {
        // As long as one call is held here, later ones queue up behind it: calls go on in the order they were made.
        held += 1;
        try {
          await sync.ready();
        } finally {
          held -= 1;
        }
      }
      return await work();
    } finally {
      pending -= 1;
      if (pending === 0) whenIdle?.();
    }
  };

  const keyOf = (sid: unknown): string => {
    if (isSessionId(sid)) return rowKey(sid);
    throw new TypeError(
      `sid must be a string of at least one character, but is ${sid === '' ? 'empty' : kindOf(sid)}`,
    );
  };

  /** What a row holds, or null with an `error` event: a broken row costs its user a login, not an error page. */
  const decode = (data: unknown): S | null => {
    try {
      return decodeWith(codec, data);
    } catch (cause) {
      const message = `a row of table '${options.tableName}' holds no session that the codec can decode`;
      notify('error', new SessionStoreError('EDECODE', 'get', message, cause));
      return null;
    }
  };

  const get = async (sid: string, _ttl?: unknown, context?: unknown): Promise<S | null> => {
    if (!isSessionId(sid)) return null;
    const key = rowKey(sid);
    const row = await call('get', () => {
      gc.count();
      return batch.read(key);
    });
    if (row === undefined) return null;
    const session = decode(row.data);
    if (session !== null) loaded.remember(session, context, { key, known: row, writes: 0 });
    return session;
  };

  const set = async (sid: string, session: S, ttl?: unknown, context?: unknown): Promise<void> => {
    const key = keyOf(sid);
    const now = Date.now();
    const lifetime = ttlOf(ttl, session, browserSessionLifetime, now);
    // Encoded before anything is awaited: what is stored is the session as it was when set was called.
    const data = encodeWith(codec, session);
    const write = (change: Write | undefined): Promise<void> =>
      call('set', async () => {
        gc.count();
        if (change !== undefined) await batch.write(key, change);
      });

    if (lifetime < 0) {
      loaded.forget(context, key, session);
      return write({ kind: 'remove' });
    }
    const expires = expiresAt(lifetime, now);
    const before = loaded.recall(session, context, key);
    if (before === undefined) return write({ kind: 'upsert', data, expires });
    const { known } = before;
    const isUnchanged = known?.data === data;
    if (isUnchanged && known.expires === expires) return write(undefined);
    // Until this write has worked, nobody knows what the row holds of it.
    before.known = isUnchanged ? { data, expires: undefined } : undefined;
    before.writes += 1;
    const { writes } = before;
    await write(isUnchanged ? { kind: 'touch', expires } : { kind: 'update', data, expires });
    if (before.writes === writes) before.known = { data, expires };
  };

  const destroy = async (sid: string, context?: unknown): Promise<void> => {
    const key = keyOf(sid);
    loaded.forget(context, key);
    return call('destroy', () => batch.write(key, { kind: 'remove' }));
  };

  const touch = async (sid: string, ttl?: unknown): Promise<void> => {
    const key = keyOf(sid);
    const now = Date.now();
    const lifetime = ttlOf(ttl, undefined, browserSessionLifetime, now);
    const write: Write =
      lifetime < 0 ? { kind: 'remove' } : { kind: 'touch', expires: expiresAt(lifetime, now) };
    return call('touch', () => batch.write(key, write));
  };

  /** Calls under way end by themselves: with their result, or when `syncTimeout` is over. */
  const shutDown = async (): Promise<void> => {
    const swept = gc.stop();
    if (pending > 0) {
      await new Promise<void>((resolve) => {
        whenIdle = resolve;
      });
    }
    await Promise.all([swept, sync.stop()]);
  };

  const close = (): Promise<void> => {
    closing ??= shutDown();
    return closing;
  };

  const ready = (): Promise<void> => call('ready', () => Promise.resolve());

  const store: SessionStore<S> = {
    get options() {
      return options;
    },
    get knex() {
      return knex;
    },
    get,
    set,
    destroy,
    touch,
    gc: () => call('gc', gc.sweep),
    length: () => call('length', () => table.count(secondOf(Date.now()))),
    clear: () => call('clear', table.clear),
    close,
    ready,
    waitForSync: ready,
    on: (event: string, listener: Listener) => {
      emitter.on(event, listener);
      return store;
    },
    once: (event: string, listener: Listener) => {
      emitter.once(event, listener);
      return store;
    },
    off: (event: string, listener: Listener) => {
      emitter.off(event, listener);
      return store;
    },
    emit: (event: string, ...args: unknown[]) =>
      emitter.listenerCount(event) > 0 && emitter.emit(event, ...args),
  };
  return store;
}

// An arrow function could not be called with `new`.
export const createKnexStore = create as CreateKnexStore;
