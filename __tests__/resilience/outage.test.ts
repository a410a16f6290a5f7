/** The store while its database is away, for a while or for long: what its calls, its events and `close` do. */

import type { Knex } from 'knex';
import {
  createKnexStore,
  SessionStoreError,
  type CreateKnexStoreOptions,
  type SessionStore,
} from '../../lib';
import { messageOf } from '../../lib/errors';
import { describeOn, mysql, newTableName, postgres, type Database } from '../support/databases';
import { createGate, type Gate } from '../support/gate';

const quiet = { warn: () => undefined, error: () => undefined, debug: () => undefined };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const failureOf = (call: Promise<unknown>): Promise<SessionStoreError> =>
  call.then(
    () => {
      throw new Error('expected a rejection');
    },
    (error: unknown) => error as SessionStoreError,
  );

const clients: [Database, string][] = [
  [postgres(), 'pg'],
  [mysql(), 'mysql2'],
];

for (const [database, client] of clients) {
  describeOn(database, () => {
    let gate: Gate;
    let knex: Knex;
    let direct: Knex;
    let store: SessionStore;
    let tableName: string;
    let heard: string[];

    /** A store whose table is ready, with the gate between it and the database. */
    const open = async (options: CreateKnexStoreOptions = {}): Promise<void> => {
      store = createKnexStore(knex, { tableName, gcFrequency: 0, ...options });
      await store.ready();
      for (const event of ['unavailable', 'available', 'error', 'connect', 'disconnect']) {
        store.on(event, (error?: { code?: string }) =>
          heard.push([event, error?.code ?? ''].join(' ').trim()),
        );
      }
    };

    beforeEach(async () => {
      tableName = newTableName();
      heard = [];
      gate = await createGate(String(database.connection));
      await gate.open();
      knex = database.connect({ client, connection: gate.url, pool: { min: 0, max: 5 }, log: quiet });
      direct = database.connect();
    });

    afterEach(async () => {
      await gate.open();
      await store.close();
      await direct.schema.dropTableIfExists(tableName);
      await Promise.all([knex.destroy(), direct.destroy()]);
      await gate.shut();
    });

    test.each(['shut', 'stall'] as const)(
      'calls wait while the database is away for a while: %s',
      async (how) => {
        await open({ retryTimeout: 20_000 });
        await store.set('kept', { n: 1 });
        await gate[how]();
        const calls = [
          store.get('kept'),
          store.set('new', { n: 2 }),
          store.touch('kept'),
          store.length().then((length) => length > 0),
          store.gc(),
        ];
        await pause(400);
        await gate.open();
        expect(await Promise.all(calls)).toEqual([{ n: 1 }, undefined, undefined, true, 0]);
        expect(await store.get('new')).toEqual({ n: 2 });
        expect(heard).toEqual([expect.stringMatching(/^unavailable/), 'available']);
      },
    );

    test.each(['shut', 'stall'] as const)(
      'calls end by their deadline when it is away for longer: %s',
      async (how) => {
        await open({ retryTimeout: 300 });
        await gate[how]();
        const errors = await Promise.all([
          failureOf(store.get('sid')),
          failureOf(store.set('sid', { n: 1 })),
          failureOf(store.destroy('other')),
          failureOf(store.touch('third')),
        ]);
        expect(errors.map(({ code, operation }) => `${code} ${operation}`)).toEqual([
          'ETIMEDOUT get',
          'ETIMEDOUT set',
          'ETIMEDOUT destroy',
          'ETIMEDOUT touch',
        ]);
        for (const error of errors) {
          expect(error).toBeInstanceOf(SessionStoreError);
          expect(error.message).toMatch(/^\w+: not done within 300 ms \(retryTimeout\): /);
          expect(messageOf(error.cause)).not.toBe('');
        }
        await gate.open();
        await store.set('sid', { n: 2 }).catch(() => store.set('sid', { n: 2 }));
        expect(await store.get('sid')).toEqual({ n: 2 });
        expect(heard).toEqual([expect.stringMatching(/^unavailable/), 'available']);
      },
    );

    test('calls fail at once when nothing is to be repeated', async () => {
      await open({ retryTimeout: 0 });
      await gate.shut();
      const error = await failureOf(store.get('sid'));
      expect(error).toMatchObject({
        code: 'EUNAVAILABLE',
        operation: 'get',
        cause: expect.anything() as unknown,
      });
      await gate.open();
      expect(await store.get('sid')).toBeNull();
      expect(heard).toEqual([expect.stringMatching(/^unavailable/), 'available']);
    });

    test('so many calls wait, and one more is refused at once', async () => {
      await open({ retryTimeout: 1_000, maxPending: 50 });
      await gate.shut();
      const waiting = Array.from({ length: 50 }, (_, n) => failureOf(store.get(`sid-${n}`)));
      const refused = await failureOf(store.set('one more', { n: 1 }));
      expect(refused).toMatchObject({ code: 'EOVERLOADED', operation: 'set' });
      for (const error of await Promise.all(waiting)) expect(error.code).toBe('ETIMEDOUT');
      await gate.open();
      expect(await store.get('sid-0')).toBeNull();
    });

    test('a call keeps its place among those that wait for a connection of a full pool', async () => {
      await open({ retryTimeout: 4_000 });
      await store.set('sid', { n: 1 });
      // Its one connection: what comes later may only have it once the store's turn is over.
      const narrow = database.connect({ client, connection: gate.url, pool: { min: 0, max: 1 }, log: quiet });
      const waiting = createKnexStore(narrow, { tableName, gcFrequency: 0, retryTimeout: 4_000 });
      await waiting.ready();
      const events: string[] = [];
      for (const event of ['unavailable', 'available']) waiting.on(event, () => events.push(event));
      const first = await narrow.transaction();
      const read = waiting.get('sid');
      await pause(50);
      const second = narrow.transaction();
      // Longer than a read may go unanswered.
      await pause(1_500);
      await first.rollback();
      expect(await read).toEqual({ n: 1 });
      await (await second).rollback();
      expect(events).toEqual([]);
      await waiting.close();
      await narrow.destroy();
    });

    test('close ends by the deadline, and rejects what it could not write', async () => {
      await open({ retryTimeout: 300, syncTimeout: 3_000 });
      await gate.stall();
      const write = failureOf(store.set('sid', { n: 1 }));
      const counting = failureOf(store.length());
      await store.close();
      expect(await write).toMatchObject({ code: 'ETIMEDOUT', operation: 'set' });
      expect(await failureOf(store.get('sid'))).toMatchObject({ code: 'ECLOSED' });
      await gate.open();
      await counting;
    });

    test('writes that nobody awaits are error events instead of unhandled rejections, where that is wanted', async () => {
      await open({ retryTimeout: 200, writeErrors: 'emit' });
      await gate.shut();
      void store.set('sid', { n: 1 });
      await store.destroy('sid');
      await expect(store.get('sid')).rejects.toMatchObject({ code: 'ETIMEDOUT' });
      await store.set('', { n: 1 });
      expect(heard.filter((event) => event.startsWith('error'))).toEqual([
        'error ETIMEDOUT',
        'error ETIMEDOUT',
        'error EWRITE',
      ]);
    });
  });
}
