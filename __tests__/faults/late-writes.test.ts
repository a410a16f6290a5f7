/** A write that was given up may still take effect in the database: never after a later one that was acknowledged. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { SessionStore } from '../../lib';
import { mysql, postgres } from '../support/databases';
import { onEachDatabase } from '../support/each-database';

/** In ms. */
const retryTimeout = 1_000;

onEachDatabase([postgres(), mysql()], (database) => {
  let store: SessionStore;

  beforeEach(async () => {
    store = database.open({ retryTimeout });
    await Promise.all(['locked', 'neighbour'].map((sid) => store.set(sid, { write: 'first' })));
  });

  const stored = async (sid: string): Promise<unknown> => {
    const row = await database.table<{ id: string; data: string }>().where({ id: sid }).first('data');
    return row && (JSON.parse(row.data) as unknown);
  };

  /** Somebody else's transaction, which locks one row. */
  const lockRow = async (): Promise<Knex.Transaction> => {
    const transaction = await database.knex.transaction();
    await transaction(database.tableName).where({ id: 'locked' }).forUpdate();
    return transaction;
  };

  const giveUp = { status: 'rejected', reason: expect.objectContaining({ code: 'ETIMEDOUT' }) as unknown };

  test('a statement that still waits for a lock does not undo a later write of another row', async () => {
    const transaction = await lockRow();
    // One statement for both, which waits for one of them.
    const first = ['locked', 'neighbour'].map((sid) => store.set(sid, { write: 'given up' }));
    expect(await Promise.allSettled(first)).toEqual([giveUp, giveUp]);

    const later = store.set('neighbour', { write: 'later' });
    await delay(retryTimeout / 2);
    await transaction.commit();

    await later;
    expect(await stored('neighbour')).toEqual({ write: 'later' });
    await store.set('locked', { write: 'later' });
    await delay(200);
    expect(await Promise.all([stored('locked'), stored('neighbour')])).toEqual([
      { write: 'later' },
      { write: 'later' },
    ]);
  });

  test('while it waits, later writes of its rows are given up as well, and those of others are not', async () => {
    const transaction = await lockRow();
    const first = ['locked', 'neighbour'].map((sid) => store.set(sid, { write: 'given up' }));
    expect(await Promise.allSettled(first)).toEqual([giveUp, giveUp]);

    const results = await Promise.allSettled([
      store.set('neighbour', { write: 'given up too' }),
      store.destroy('neighbour'),
      store.set('another', { write: 'stored' }),
    ]);

    expect(results).toEqual([giveUp, giveUp, { status: 'fulfilled', value: undefined }]);
    await transaction.commit();
    await store.set('neighbour', { write: 'last' });
    await delay(200);
    expect(await stored('neighbour')).toEqual({ write: 'last' });
    expect(await stored('another')).toEqual({ write: 'stored' });
  });

  /** A store whose statements wait that long for a lock, in ms, and whose callers wait half as long again. */
  const impatient = (): { lockTimeout: number; store: SessionStore } => {
    const isPostgres = database.client === 'pg';
    const lockTimeout = isPostgres ? 300 : 1_000;
    const setting = isPostgres
      ? `SET lock_timeout = ${lockTimeout}`
      : `SET innodb_lock_wait_timeout = ${lockTimeout / 1_000}`;
    const afterCreate = (
      connection: { query(sql: string, done: (error: unknown) => void): void },
      done: (error: unknown, connection: unknown) => void,
    ): void => {
      connection.query(setting, (error) => {
        done(error, connection);
      });
    };
    const knex = database.connect({ pool: { min: 0, max: 10, afterCreate } });
    return { lockTimeout, store: database.open({ retryTimeout: 1.5 * lockTimeout }, knex) };
  };

  test.each(['destroys it', 'saves it'])(
    'a row that is tried alone is not written once another %s',
    async (what) => {
      const { lockTimeout, store: giving } = impatient();
      const locked = ['1', '2', '3', '4', '5', '6'].map((n) => `locked-${n}`);
      await Promise.all([...locked, 'login'].map((sid) => store.set(sid, { write: 'first' })));
      const transaction = await database.knex.transaction();
      // One by one: for a list, MariaDB locks a small table as a whole.
      for (const id of locked) await transaction(database.tableName).where({ id }).forUpdate();

      const writes = [...locked, 'login'].map((sid) => giving.set(sid, { write: 'given up' }));
      const results = await Promise.allSettled(writes);
      const last = results[results.length - 1];
      // It may have been first.
      const isStored = last?.status === 'fulfilled';
      if (!isStored) expect(last).toEqual(giveUp);
      if (what === 'destroys it') await store.destroy('login');
      else await store.set('login', { write: 'later' });
      await giving.close();
      await delay(8 * lockTimeout);
      await transaction.commit();
      await delay(200);

      expect({ isStored, login: await stored('login') }).toEqual({
        isStored: false,
        login: what === 'destroys it' ? undefined : { write: 'later' },
      });
      expect(await Promise.all(locked.map(stored))).toEqual(locked.map(() => ({ write: 'first' })));
    },
  );

  test('a write whose statement gets its connection late is not sent', async () => {
    const full = database.connect({ pool: { min: 0, max: 1 } });
    const giving = database.open({ retryTimeout: 600 }, full);
    await giving.ready();
    const transaction = await full.transaction();
    // Two statements are under way, and wait for the connection; the third begins when their callers have gone.
    const first = giving.set('locked', { write: 'given up' });
    await delay(20);
    const second = giving.touch('neighbour', 3_600_000);
    await delay(280);
    const third = giving.set('neighbour', { write: 'given up' });
    expect(await Promise.allSettled([first, second, third])).toEqual([giveUp, giveUp, giveUp]);
    await store.set('neighbour', { write: 'later' });
    await transaction.commit();
    await delay(500);

    expect(await Promise.all([stored('locked'), stored('neighbour')])).toEqual([
      { write: 'first' },
      { write: 'later' },
    ]);
  });
});
