/** `createKnexStore`: wires the rooms of the house together; the only place that holds state. */

import type { Knex } from 'knex';
import { createBatch } from './batch';
import { createCalls } from './calls';
import { asciiJsonCodec, jsonCodec, type Codec } from './codec';
import { kindOf, messageOf, SessionStoreError, type SessionStoreOperation } from './errors';
import { createEvents, type Listener } from './events';
import { createGc } from './gc';
import { createRowKeys, isSessionId } from './id';
import { checkKnex } from './knex';
import { createLoadedSessions } from './loaded';
import { resolveOptions, type CreateKnexStoreOptions } from './options';
import { createRecords } from './record';
import { createRetries } from './retry';
import { createRows } from './rows';
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
  const { secret, ...rest } = resolveOptions(opts);
  const options = Object.freeze(rest);
  const { browserSessionLifetime } = options;
  const { emitter, notify } = createEvents();
  const retries = createRetries(options.retryTimeout, {
    unavailable: (cause) => {
      notify('unavailable', cause);
    },
    available: () => {
      notify('available');
    },
  });
  const table = openTable(knex, options.tableName, options.timestamps, {
    timeout: options.retryTimeout > 0 ? options.retryTimeout : undefined,
    patience: retries.patience,
  });
  const isJson = (options.codec as unknown) === jsonCodec;
  const codec = isJson && table.asciiOnly ? (asciiJsonCodec as unknown as Codec<S>) : options.codec;
  const statements = sessionStatements(table, options.retryTimeout > 0);
  const batch = createBatch(statements, { ...limits, rows: table.maxRows }, retries.retry);
  const loaded = createLoadedSessions();
  const secrets = secret === undefined ? [] : [secret].flat();
  const records = createRecords({ ...options, codec, secrets });
  const keysOf = createRowKeys(options.hashIds);

  const prepare = (): Promise<void> =>
    options.sync ? syncTable(table, options) : checkTable(table, options);
  const connected = (): void => {
    notify('connect');
  };
  const sync = createSync(prepare, options.syncTimeout, connected, retries.attempt);
  const calls = createCalls(options, sync, retries);

  const gc = createGc(
    options.gcFrequency,
    (from) => calls.repeated(() => sweepStep(table, from)),
    (cause) => {
      notify('error', new SessionStoreError('EGC', 'gc', 'the sweep of expired sessions failed', cause));
    },
  );

  /** Undefined with an `error` event if it throws: a broken row costs its user a login, not an error page. */
  const orNone = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (cause) {
      const message = `a row of table '${options.tableName}' holds no session that can be read here`;
      notify('error', new SessionStoreError('EDECODE', 'get', message, cause));
      return undefined;
    }
  };

  const rows = createRows(batch, (data, from, to) => orNone(() => records.rewrite(data, from, to)));

  const checkSid = (sid: unknown): string => {
    if (isSessionId(sid)) return sid;
    throw new TypeError(
      `sid must be a string of at least one character, but is ${sid === '' ? 'empty' : kindOf(sid)}`,
    );
  };

  const get = async (sid: string, _ttl?: unknown, context?: unknown): Promise<S | null> => {
    if (!isSessionId(sid)) return null;
    const keys = keysOf(sid);
    const row = await calls.inTime('get', (waiting) => {
      gc.count();
      return rows.read(keys, waiting);
    });
    if (row === undefined) return null;
    const { key } = keys;
    const decoded = orNone(() => records.decode(row.data, key));
    if (decoded === undefined) return null;
    const { session, text, isCurrent } = decoded;
    // What would be stored otherwise today is stored anew with the next save, changed or not.
    const known = isCurrent ? { text, expires: row.expires } : undefined;
    loaded.remember(session, context, { key, known, writes: 0 });
    return session;
  };

  const set = async (sid: string, session: S, ttl?: unknown, context?: unknown): Promise<void> => {
    const keys = keysOf(checkSid(sid));
    const { key } = keys;
    const now = Date.now();
    const lifetime = ttlOf(ttl, session, browserSessionLifetime, now);
    const write = (change: Write | undefined): Promise<void> =>
      calls.inTime('set', async (waiting) => {
        gc.count();
        if (change !== undefined) await rows.write(keys, change, waiting);
      });

    if (lifetime < 0) {
      loaded.forget(context, key, session);
      return write({ kind: 'remove' });
    }
    // Encoded before anything is awaited: what is stored is the session as it was when set was called.
    const { text, data } = records.encode(session, key);
    const expires = expiresAt(lifetime, now);
    const before = loaded.recall(session, context, key);
    if (before === undefined) return write({ kind: 'upsert', data: data(), expires });
    const { known } = before;
    const isUnchanged = known?.text === text;
    if (isUnchanged && known.expires === expires) return write(undefined);
    // Until this write has worked, nobody knows what the row holds of it.
    before.known = isUnchanged ? { text, expires: undefined } : undefined;
    before.writes += 1;
    const { writes } = before;
    await write(isUnchanged ? { kind: 'touch', expires } : { kind: 'update', data: data(), expires });
    if (before.writes === writes) before.known = { text, expires };
  };

  const destroy = async (sid: string, context?: unknown): Promise<void> => {
    const keys = keysOf(checkSid(sid));
    loaded.forget(context, keys.key);
    return calls.inTime('destroy', (waiting) => rows.write(keys, { kind: 'remove' }, waiting));
  };

  const touch = async (sid: string, ttl?: unknown): Promise<void> => {
    const keys = keysOf(checkSid(sid));
    const now = Date.now();
    const lifetime = ttlOf(ttl, undefined, browserSessionLifetime, now);
    const write: Write =
      lifetime < 0 ? { kind: 'remove' } : { kind: 'touch', expires: expiresAt(lifetime, now) };
    return calls.inTime('touch', (waiting) => rows.write(keys, write, waiting));
  };

  /** A write as the option `writeErrors` wants it. */
  const written = <A extends unknown[]>(
    operation: SessionStoreOperation,
    write: (...args: A) => Promise<void>,
  ): ((...args: A) => Promise<void>) => {
    if (options.writeErrors === 'reject') return write;
    const report = (cause: unknown): void => {
      const isOurs = cause instanceof SessionStoreError;
      const message = `${operation} failed: ${messageOf(cause)}`;
      notify('error', isOurs ? cause : new SessionStoreError('EWRITE', operation, message, cause));
    };
    return (...args) => write(...args).catch(report);
  };

  /** Calls under way end by themselves: with their result, or when their time is over. */
  const shutDown = async (): Promise<void> => {
    const end = performance.now() + Math.max(options.retryTimeout, options.syncTimeout);
    await calls.close(gc.stop());
    await sync.stop(Math.max(end - performance.now(), 0));
  };

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= shutDown();
    return closing;
  };

  const ready = (): Promise<void> => calls.atLeisure('ready', () => Promise.resolve());

  const store: SessionStore<S> = {
    get options() {
      return options;
    },
    get knex() {
      return knex;
    },
    get,
    set: written('set', set),
    destroy: written('destroy', destroy),
    touch: written('touch', touch),
    gc: () => calls.atLeisure('gc', gc.sweep),
    length: () => calls.atLeisure('length', () => calls.repeated(() => table.count(secondOf(Date.now())))),
    clear: () => calls.atLeisure('clear', () => calls.repeated(table.clear)),
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
