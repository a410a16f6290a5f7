/** `createKnexStore`: wires the rooms of the house together; the only place that holds state. */

import type { Knex } from 'knex';
import { createCalls } from './calls';
import { kindOf, messageOf, SessionStoreError, type SessionStoreOperation } from './errors';
import { createEntries, type RowReader } from './entries';
import { createEvents, eventMethods } from './events';
import { createGc } from './gc';
import { isSessionId } from './id';
import { checkKnex } from './knex';
import { changesOf, createLoadedSessions } from './loaded';
import { resolveOptions, type CreateKnexStoreOptions } from './options';
import { createRetries } from './retry';
import { checkTable, syncTable } from './schema';
import { openStorage } from './storage';
import { createSync } from './sync';
import { sweepStep, type Write } from './statements';
import { expiresAt, lifetimeInSeconds, secondOf, ttlOf } from './ttl';
import type { CreateKnexStore, SessionStore } from './types';
import { createUsers } from './users';

function create<S extends object>(knex: Knex, opts?: CreateKnexStoreOptions<S> | null): SessionStore<S> {
  checkKnex(knex, 'createKnexStore');
  const resolved = resolveOptions(opts);
  const { secret: _secret, ...options } = resolved;
  Object.freeze(options);
  const { browserSessionLifetime, absoluteLifetime = Infinity } = options;
  const { emitter, notify } = createEvents();
  const retries = createRetries(options.retryTimeout, {
    unavailable: (cause) => {
      notify('unavailable', cause);
    },
    available: () => {
      notify('available');
    },
  });
  /** Undefined with an `error` event if it throws: a broken row costs its user a login, not an error page. */
  const orNone = <T>(operation: SessionStoreOperation, read: () => T): T | undefined => {
    try {
      return read();
    } catch (cause) {
      const message = `a row of table '${options.tableName}' holds no session that can be read here`;
      notify('error', new SessionStoreError('EDECODE', operation, message, cause));
      return undefined;
    }
  };

  const { table, records, rows, keysOf } = openStorage(knex, resolved, retries, (read) =>
    orNone('get', read),
  );
  const loaded = createLoadedSessions();

  const prepare = (): Promise<void> =>
    options.sync ? syncTable(table, resolved) : checkTable(table, resolved);
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

  const reader: RowReader<S> = {
    endOf: ({ expires, created }) =>
      Math.min(expires, created === null ? Infinity : created + lifetimeInSeconds(absoluteLifetime)),
    decode: (operation, row) => orNone(operation, () => records.decode(row, row.id).session),
  };
  const users = createUsers(table, rows, calls, reader, keysOf, records.owners);

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
    const decoded = orNone('get', () => records.decode(row, key));
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
        gc.count();
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
    if (changes.length === 0) return write();
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

  const touch = async (sid: string, ttl?: unknown): Promise<void> => {
    const keys = keysOf(checkSid(sid));
    const now = Date.now();
    const lifetime = Math.min(ttlOf(ttl, undefined, browserSessionLifetime, now), absoluteLifetime);
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
    ...users,
    entries: createEntries(table, calls, reader),
    ...eventMethods(emitter, () => store),
  };
  return store;
}

// An arrow function could not be called with `new`.
export const createKnexStore = create as CreateKnexStore;
