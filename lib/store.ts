/** `createKnexStore`: wires the rooms of the house together; the only place that holds state. */

import type { Knex } from 'knex';
import { asciiJsonCodec, decodeWith, encodeWith, jsonCodec, type Codec } from './codec';
import { kindOf, SessionStoreError, type SessionStoreOperation } from './errors';
import { createEvents, type Listener } from './events';
import { createGc } from './gc';
import { isSessionId, rowKey } from './id';
import { checkKnex } from './knex';
import { resolveOptions, type CreateKnexStoreOptions, type StoreOptions } from './options';
import { checkTable, syncTable } from './schema';
import { createSync } from './sync';
import { openTable } from './table';
import { expiresAt, secondOf, ttlOf } from './ttl';
import type { CreateKnexStore, SessionStore } from './types';

function create<S extends object>(knex: Knex, opts?: CreateKnexStoreOptions<S> | null): SessionStore<S> {
  checkKnex(knex, 'createKnexStore');
  const options: Readonly<StoreOptions<S>> = resolveOptions(opts);
  const { browserSessionLifetime } = options;
  const table = openTable(knex, options.tableName, options.timestamps);
  const isJson = (options.codec as unknown) === jsonCodec;
  const codec = isJson && table.asciiOnly ? (asciiJsonCodec as unknown as Codec<S>) : options.codec;
  const { emitter, notify } = createEvents();

  const prepare = (): Promise<void> =>
    options.sync ? syncTable(table, options) : checkTable(table, options);
  const sync = createSync(prepare, options.syncTimeout, () => {
    notify('connect');
  });

  const deleteChunk = (limit: number): Promise<number> => table.removeExpired(secondOf(Date.now()), limit);
  const gc = createGc(options.gcFrequency, deleteChunk, (cause) => {
    notify('error', new SessionStoreError('EGC', 'gc', 'the sweep of expired sessions failed', cause));
  });

  let pending = 0;
  let whenIdle: (() => void) | undefined;
  let closing: Promise<void> | undefined;

  /** Every call goes through here: it waits for the table, and `close` waits for it. */
  const call = async <T>(operation: SessionStoreOperation, work: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) {
      throw new SessionStoreError('ECLOSED', operation, `${operation}: the store is closed`);
    }
    pending += 1;
    try {
      if (!sync.isReady()) await sync.ready();
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

  const get = async (sid: string): Promise<S | null> => {
    if (!isSessionId(sid)) return null;
    const key = rowKey(sid);
    return call('get', async () => {
      gc.count();
      const rows = await table.select([key], secondOf(Date.now()));
      // Where the column is blind to case, the row that was found may be another session's.
      const row = rows.find(([id]) => String(id) === key);
      return row === undefined ? null : decode(row[1]);
    });
  };

  const set = async (sid: string, session: S, ttl?: unknown): Promise<void> => {
    const key = keyOf(sid);
    const now = Date.now();
    const lifetime = ttlOf(ttl, session, browserSessionLifetime, now);
    // Encoded before anything is awaited: what is stored is the session as it was when set was called.
    const data = encodeWith(codec, session);
    return call('set', async () => {
      gc.count();
      if (lifetime < 0) await table.remove([key]);
      else await table.upsert([{ id: key, data, expires: expiresAt(lifetime, now) }], secondOf(now));
    });
  };

  const destroy = async (sid: string): Promise<void> => {
    const key = keyOf(sid);
    return call('destroy', () => table.remove([key]));
  };

  const touch = async (sid: string, ttl?: unknown): Promise<void> => {
    const key = keyOf(sid);
    const now = Date.now();
    const lifetime = ttlOf(ttl, undefined, browserSessionLifetime, now);
    return call('touch', () =>
      lifetime < 0 ? table.remove([key]) : table.touch([key], expiresAt(lifetime, now), secondOf(now)),
    );
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
