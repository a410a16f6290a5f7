/** Another process holds the SQLite file for a while: nobody can read or write. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexModule, { type Knex } from 'knex';
import {
  createKnexStore,
  type CreateKnexStoreOptions,
  type SessionStore,
  type SessionStoreError,
} from '../../lib';
import { startWorker, type Worker } from '../support/workers';

/** How long the file is locked, in ms. */
const lockedFor = 2_000;

interface Driver {
  client: string;
  /** Waits for the file by itself, which better-sqlite3 does with the whole process; others say SQLITE_BUSY at once. */
  waits: boolean;
  /** For the pool: settings of its connection. */
  afterCreate?: (connection: any, done: (error: unknown, connection: unknown) => void) => void;
}

const drivers: Record<string, Driver> = {
  'better-sqlite3': { client: 'better-sqlite3', waits: true },
  'better-sqlite3 without busy_timeout': {
    client: 'better-sqlite3',
    waits: false,
    afterCreate: (connection: { pragma(text: string): unknown }, done) => {
      connection.pragma('busy_timeout = 0');
      done(null, connection);
    },
  },
  'sqlite3 without busyTimeout': {
    client: 'sqlite3',
    waits: false,
    afterCreate: (connection: { configure(option: 'busyTimeout', ms: number): void }, done) => {
      connection.configure('busyTimeout', 0);
      done(null, connection);
    },
  },
};

describe.each(Object.entries(drivers))('%s', (_name, { client, waits, afterCreate }) => {
  let folder: string;
  let filename: string;
  let knex: Knex;
  let locker: Worker;
  /** The codes with which the driver failed. */
  let failures: Set<unknown>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sessions-locked-'));
    filename = join(folder, 'sessions.sqlite');
    failures = new Set();
    const pool = { min: 1, max: 1, ...(afterCreate && { afterCreate }) };
    knex = knexModule({ client, connection: { filename }, pool, useNullAsDefault: true });
    knex.on('query-error', ({ code }: { code?: unknown }) => failures.add(code));
    locker = startWorker('__tests__/faults/apps/file-lock.cjs');
  });

  afterEach(async () => {
    await locker.end();
    await knex.destroy();
    rmSync(folder, { recursive: true });
  });

  const openStore = async (options: CreateKnexStoreOptions = {}): Promise<SessionStore> => {
    const store = createKnexStore(knex, options);
    await store.set('kept', { n: 0 });
    await store.set('ended', { n: 0 });
    await store.set('changed', { n: 0 });
    return store;
  };

  /** Locks the file, and has it released when its time is over. @returns resolves then */
  const lock = async (): Promise<{ released: Promise<unknown> }> => {
    await locker.ask('lock', { filename });
    // better-sqlite3 may keep this process from asking in time: the wait is the other's.
    return { released: locker.ask('release', { after: lockedFor }) };
  };

  test(`calls ride through a lock of ${lockedFor} ms`, async () => {
    const store = await openStore();
    const loaded = await store.get('changed');
    const begun = performance.now();
    const { released } = await lock();

    const [kept] = await Promise.all([
      store.get('kept'),
      store.set('new', { n: 1 }),
      store.set('changed', Object.assign(loaded ?? {}, { n: 1 })),
      store.destroy('ended'),
      store.touch('kept', 3_600_000),
    ]);

    expect(performance.now() - begun).toBeGreaterThan(lockedFor - 100);
    expect(kept).toEqual({ n: 0 });
    const now = await Promise.all(['kept', 'new', 'changed', 'ended'].map((sid) => store.get(sid)));
    expect(now).toEqual([{ n: 0 }, { n: 1 }, { n: 1 }, null]);
    expect([...failures]).toEqual(waits ? [] : ['SQLITE_BUSY']);
    await released;
    await store.close();
  });

  test('a store whose table is still to be made waits for the file as well', async () => {
    const { released } = await lock();
    const store = createKnexStore(knex);

    await store.set('new', { n: 1 });

    expect(await store.get('new')).toEqual({ n: 1 });
    await released;
    await store.close();
  });

  if (waits) return;

  test('calls whose time is over before the lock is reject with what they waited for', async () => {
    const store = await openStore({ retryTimeout: 500 });
    const { released } = await lock();
    const begun = performance.now();

    const results = await Promise.allSettled([
      store.get('kept'),
      store.set('new', { n: 1 }),
      store.destroy('ended'),
      store.touch('changed', 3_600_000),
    ]);

    expect(performance.now() - begun).toBeLessThan(lockedFor - 500);
    const errors = results.map((result) => (result as PromiseRejectedResult).reason as SessionStoreError);
    expect(errors.map(({ operation }) => operation)).toEqual(['get', 'set', 'destroy', 'touch']);
    expect(errors.map(({ code }) => code)).toEqual(errors.map(() => 'ETIMEDOUT'));
    expect(errors.map(({ cause }) => cause)).toContainEqual(expect.objectContaining({ code: 'SQLITE_BUSY' }));

    await released;
    await store.set('new', { n: 2 });
    expect(await store.get('new')).toEqual({ n: 2 });
    expect(await store.get('kept')).toEqual({ n: 0 });
    await store.close();
  });
});
