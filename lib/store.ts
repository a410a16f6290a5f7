/** `createKnexStore`: stacks the layers, from the table up, and returns the methods. */

import type { Knex } from 'knex';
import { createBatcher, sessionBatches } from './batch/batcher';
import { createRowKeys, hashedKey, isSessionId } from './crypto/row-key';
import type { Row } from './database/rows';
import { openTable } from './database/table';
import { messageOf, SessionStoreError, type SessionStoreOperation } from './errors';
import { createGc, sweepStep } from './gc';
import type { EventName } from './observability/channels';
import { createEvents, eventMethods } from './observability/events';
import { createInstrument } from './observability/instrument';
import { checkKnex, resolveOptions } from './options';
import { createLimit } from './resilience/limit';
import { createReadiness } from './resilience/readiness';
import { createRetries, withRetry } from './resilience/retry';
import { checkTable, syncTable } from './schema';
import { createEntries, timesWithin, type RowReader } from './session/entries';
import { createMoveRow, withIdMigration } from './session/id-migration';
import { createSessionMethods } from './session/methods';
import { createRotation } from './session/rotation';
import { createSerializer } from './session/serializer';
import { resultOf } from './session/update';
import { createUserMethods } from './session/users';
import type { CreateKnexStore, CreateKnexStoreOptions, SessionStore } from './types';

function create<S extends object>(knex: Knex, opts?: CreateKnexStoreOptions<S> | null): SessionStore<S> {
  checkKnex(knex, 'createKnexStore');
  const resolved = resolveOptions(opts);
  const { secret: _secret, ...options } = resolved;
  Object.freeze(options);
  const { tableName, retryTimeout, syncTimeout, hashIds } = options;

  /* What the layers report. */

  const instrument = createInstrument(tableName);
  const events = createEvents();
  const notify = (name: EventName, ...args: [error?: unknown]): void => {
    instrument.event(name, ...args);
    events.notify(name, ...args);
  };
  const reportUnreadable = (operation: SessionStoreOperation, cause: unknown): void => {
    const message = `a row of table '${tableName}' cannot be read as a session`;
    notify('error', new SessionStoreError('EDECODE', operation, message, cause));
  };
  /** @returns undefined if the row cannot be read as a session, which is reported */
  const readable = <T>(operation: SessionStoreOperation, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      reportUnreadable(operation, error);
      return undefined;
    }
  };

  /* The layers: table, retry, batcher and, if ids are being hashed, id migration. */

  const retries = createRetries(retryTimeout, {
    unavailable: (cause) => {
      notify('unavailable', cause);
    },
    available: () => {
      notify('available');
    },
    retry: (cause) => {
      instrument.event('retry', cause);
    },
  });
  const { retry } = retries;
  const table = openTable(knex, resolved, retries);
  const serializer = createSerializer(resolved, table.asciiOnly);
  const { users: userKeys, deserialize, rewrite } = serializer;
  const batcher = createBatcher(withRetry(table, retry), {
    ...sessionBatches(table, retryTimeout > 0),
    observe: instrument.batch,
  });
  const rows =
    hashIds !== 'migrate'
      ? batcher
      : withIdMigration(batcher, {
          moveRow: createMoveRow(batcher, (key, deadline) =>
            retry(() => table.removeExpired([key]), deadline),
          ),
          rewrite: (row, from, to) => readable('get', () => rewrite(row, from, to)),
          onStuck: (error) => {
            reportUnreadable('get', error);
          },
        });

  /* Around every call: the limit of pending calls, the table's readiness, the deadline. */

  const readiness = createReadiness(
    () => (options.sync ? syncTable(table, resolved) : checkTable(table, resolved)),
    syncTimeout,
    () => {
      notify('connect');
    },
    retries.attempt,
  );
  const limit = createLimit(options, readiness, retries);

  /* The methods. */

  const gc = createGc(
    options.gcFrequency,
    (from) => limit.repeated(() => sweepStep(table, from)),
    (cause) => {
      notify('error', new SessionStoreError('EGC', 'gc', 'the sweep of expired sessions failed', cause));
    },
    Math.random,
    instrument.sweep,
  );
  const keysOf = createRowKeys(hashIds);
  const decodeForward = (row: Row, key: string) => readable('get', () => serializer.decodeForward(row, key));
  const rotation = createRotation(rows, {
    keyOf: hashIds === 'migrate' ? hashedKey : (key) => key,
    decodeForward,
    inBackground: (work) => {
      limit.run('destroy', work).catch(() => undefined);
    },
  });
  const sessions = createSessionMethods<S>(
    {
      rows,
      rotation,
      serializer,
      deserialize: (operation, row, key) => readable(operation, () => deserialize(row, key)),
      rewrite: (row, from, to) => readable('rotate', () => rewrite(row, from, to)),
      forwards: table.forwards,
      keysOf,
      countCall: gc.count,
      onUnchanged: instrument.unchanged,
      onConflict: instrument.conflict,
    },
    options,
  );
  const reader: RowReader<S> = {
    timesOf: timesWithin(options.absoluteLifetime),
    deserialize: (operation, row) => readable(operation, () => deserialize(row, row.id).session),
  };
  const users = createUserMethods({ table, endNow: rotation.endNow, limit, reader, keysOf, userKeys });

  const get = limit.withDeadline('get', sessions.get);
  const update = limit.withDeadline('update', sessions.update);

  /** A write, as the option `writeErrors` wants its failure. */
  const write = <A extends unknown[]>(
    operation: SessionStoreOperation,
    method: (sid: string, ...args: A) => Promise<void>,
  ): ((sid: string, ...args: A) => Promise<void>) => {
    const instrumented = instrument.method(operation, method);
    if (options.writeErrors === 'reject') return instrumented;
    const report = (cause: unknown): void => {
      const isOurs = cause instanceof SessionStoreError;
      const message = `${operation} failed: ${messageOf(cause)}`;
      notify('error', isOurs ? cause : new SessionStoreError('EWRITE', operation, message, cause));
    };
    return (sid, ...args) => instrumented(sid, ...args).catch(report);
  };

  /** A method without a deadline. */
  const atLeisure = <T>(operation: SessionStoreOperation, work: () => Promise<T>): (() => Promise<T>) =>
    instrument.method(operation, () => limit.withoutDeadline(operation, work));

  const ready = atLeisure('ready', () => Promise.resolve());

  const shutDown = async (): Promise<void> => {
    const end = performance.now() + Math.max(retryTimeout, syncTimeout);
    await limit.close(gc.stop());
    await readiness.stop(Math.max(end - performance.now(), 0));
  };
  let closing: Promise<void> | undefined;

  const store: SessionStore<S> = {
    get options() {
      return options;
    },
    get knex() {
      return knex;
    },
    // An impossible id reads as null, whatever the state of the table.
    get: instrument.method('get', (sid: string, ttl?: unknown, context?: unknown) =>
      isSessionId(sid) ? get(sid, ttl, context) : Promise.resolve(null),
    ),
    set: write('set', limit.withDeadline('set', sessions.set)),
    destroy: write('destroy', limit.withDeadline('destroy', sessions.destroy)),
    touch: write('touch', limit.withDeadline('touch', sessions.touch)),
    update: instrument.method('update', (...args) => update(...args).then(resultOf)),
    rotate: instrument.method('rotate', limit.withDeadline('rotate', sessions.rotate)),
    gc: atLeisure('gc', gc.sweep),
    length: atLeisure('length', () => limit.repeated(table.count)),
    clear: atLeisure('clear', () => limit.repeated(table.clear)),
    close: () => (closing ??= shutDown()),
    ready,
    waitForSync: ready,
    sessionsOf: instrument.method('sessionsOf', users.sessionsOf),
    destroyAllOf: instrument.method('destroyAllOf', users.destroyAllOf),
    destroyByHandle: instrument.method('destroyByHandle', users.destroyByHandle),
    entries: createEntries(table, limit, reader, instrument.run),
    stats: () => instrument.stats(limit.pending()),
    ...eventMethods(events.emitter, () => store),
  };
  return store;
}

// An arrow function could not be called with `new`.
export const createKnexStore = create as CreateKnexStore;
