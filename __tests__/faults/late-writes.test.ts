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
});
