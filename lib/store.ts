/** `createKnexStore`: wires the rooms of the house together; the only place that holds state. */

import type { Knex } from 'knex';
import { createCalls } from './resilience/limit';
import type { EventName } from './observability/channels';
import { messageOf, SessionStoreError, type SessionStoreOperation } from './errors';
import { createEntries, type RowReader } from './session/entries';
import { createEvents, eventMethods } from './observability/events';
import { createGc } from './gc';
import { checkKnex } from './knex';
import { createObserver } from './observability/instrument';
import { resolveOptions, type CreateKnexStoreOptions } from './options';
import { createRetries } from './resilience/retry';
import { checkTable, syncTable } from './schema';
import { createSessions } from './session/methods';
import { openStorage } from './session/storage';
import { createSync } from './resilience/readiness';
import { sweepStep } from './batch/changes';
import { lifetimeInSeconds, secondOf } from './ttl';
import type { CreateKnexStore, SessionStore } from './types';
import { createUsers } from './session/users';

function create<S extends object>(knex: Knex, opts?: CreateKnexStoreOptions<S> | null): SessionStore<S> {
  checkKnex(knex, 'createKnexStore');
  const resolved = resolveOptions(opts);
  const { secret: _secret, ...options } = resolved;
  Object.freeze(options);
  const { absoluteLifetime = Infinity } = options;
  const observer = createObserver(options.tableName);
  const events = createEvents();
  const notify = (name: EventName, ...args: [error?: unknown]): void => {
    observer.event(name, ...args);
    events.notify(name, ...args);
  };
  const retries = createRetries(options.retryTimeout, {
    unavailable: (cause) => {
      notify('unavailable', cause);
    },
    available: () => {
      notify('available');
    },
    again: (cause) => {
      observer.event('retry', cause);
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

  const { table, records, rows, keysOf } = openStorage(
    knex,
    resolved,
    retries,
    (read) => orNone('get', read),
    observer.batch,
  );

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
    Math.random,
    observer.sweep,
  );

  const reader: RowReader<S> = {
    endOf: ({ expires, created }) =>
      Math.min(expires, created === null ? Infinity : created + lifetimeInSeconds(absoluteLifetime)),
    decode: (operation, row) => orNone(operation, () => records.decode(row, row.id).session),
  };
  const users = createUsers(table, rows, calls, reader, keysOf, records.owners);

  const sessions = createSessions(
    {
      records,
      rows,
      calls,
      keysOf,
      decode: (row, key) => orNone('get', () => records.decode(row, key)),
      count: gc.count,
      unchanged: observer.unchanged,
    },
    options,
  );

  /** A method whose calls are counted and traced. Its arguments may be a user's, or a handle: they are not. */
  const observed =
    <A extends unknown[], T>(
      operation: SessionStoreOperation,
      method: (...args: A) => Promise<T>,
    ): ((...args: A) => Promise<T>) =>
    (...args) =>
      observer.call(operation, () => method(...args));

  /** The same for a method of one session. */
  const ofSession =
    <A extends unknown[], T>(
      operation: SessionStoreOperation,
      method: (sid: string, ...args: A) => Promise<T>,
    ): ((sid: string, ...args: A) => Promise<T>) =>
    (sid, ...args) =>
      observer.call(operation, () => method(sid, ...args), sid);

  /** A write as the option `writeErrors` wants it. */
  const written = <A extends unknown[]>(
    operation: SessionStoreOperation,
    method: (sid: string, ...args: A) => Promise<void>,
  ): ((sid: string, ...args: A) => Promise<void>) => {
    const write = ofSession(operation, method);
    if (options.writeErrors === 'reject') return write;
    const report = (cause: unknown): void => {
      const isOurs = cause instanceof SessionStoreError;
      const message = `${operation} failed: ${messageOf(cause)}`;
      notify('error', isOurs ? cause : new SessionStoreError('EWRITE', operation, message, cause));
    };
    return (sid, ...args) => write(sid, ...args).catch(report);
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

  const ready = observed('ready', () => calls.atLeisure('ready', () => Promise.resolve()));
  const length = (): Promise<number> => calls.repeated(() => table.count(secondOf(Date.now())));

  const store: SessionStore<S> = {
    get options() {
      return options;
    },
    get knex() {
      return knex;
    },
    get: ofSession('get', sessions.get),
    set: written('set', sessions.set),
    destroy: written('destroy', sessions.destroy),
    touch: written('touch', sessions.touch),
    gc: observed('gc', () => calls.atLeisure('gc', gc.sweep)),
    length: observed('length', () => calls.atLeisure('length', length)),
    clear: observed('clear', () => calls.atLeisure('clear', () => calls.repeated(table.clear))),
    close,
    ready,
    waitForSync: ready,
    sessionsOf: observed('sessionsOf', users.sessionsOf),
    destroyAllOf: observed('destroyAllOf', users.destroyAllOf),
    destroyByHandle: observed('destroyByHandle', users.destroyByHandle),
    entries: createEntries(table, calls, reader, observer.call),
    stats: () => observer.stats(calls.waiting()),
    ...eventMethods(events.emitter, () => store),
  };
  return store;
}

// An arrow function could not be called with `new`.
export const createKnexStore = create as CreateKnexStore;
