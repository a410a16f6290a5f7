/** Somebody else's transaction holds one row for long: the sessions beside it are written all the same. */

import { mysql, postgres } from '../support/databases';
import { onEachDatabase } from '../support/each-database';

const sids = Array.from({ length: 100 }, (_, n) => `sid-${n}`);
const lockedSid = 'sid-42';

interface Connection {
  query(sql: string, done: (error: unknown) => void): void;
}

/** How the server is told to wait no longer than that for a lock. */
const lockTimeouts: Readonly<Record<string, string>> = {
  pg: `SET lock_timeout = '200ms'`,
  mysql2: 'SET innodb_lock_wait_timeout = 1',
};

onEachDatabase([postgres(), mysql()], (database) => {
  const afterCreate = (connection: Connection, done: (error: unknown, connection: unknown) => void): void => {
    connection.query(lockTimeouts[database.client] ?? '', (error) => {
      done(error, connection);
    });
  };

  test('99 of 100 concurrent writes succeed, and the one when the lock is gone', async () => {
    const impatient = database.connect({ pool: { min: 0, max: 10, afterCreate } });
    const store = database.open({ retryTimeout: 20_000 }, impatient);
    await Promise.all(sids.map((sid) => store.set(sid, { write: 'first' })));
    const transaction = await database.knex.transaction();
    await transaction(database.tableName).where({ id: lockedSid }).forUpdate();

    const writes = sids.map((sid) => store.set(sid, { write: 'second' }));
    const results = await Promise.allSettled(writes.filter((_, n) => sids[n] !== lockedSid));
    await transaction.commit();

    expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    await Promise.all(writes);
    const sessions = await Promise.all(sids.map((sid) => store.get(sid)));
    expect(sessions).toEqual(sids.map(() => ({ write: 'second' })));
  });

  test('a write that is alone in its statement succeeds when the lock is gone, too', async () => {
    const impatient = database.connect({ pool: { min: 0, max: 10, afterCreate } });
    const store = database.open({ retryTimeout: 20_000 }, impatient);
    await store.set(lockedSid, { write: 'first' });
    const transaction = await database.knex.transaction();
    await transaction(database.tableName).where({ id: lockedSid }).forUpdate();

    const again = new Promise<void>((resolve) => {
      let attempts = 0;
      impatient.on('query', () => {
        attempts += 1;
        if (attempts === 2) resolve();
      });
    });
    const write = store.set(lockedSid, { write: 'second' });
    await Promise.race([again, write.catch(() => undefined)]);
    await transaction.commit();

    await write;
    expect(await store.get(lockedSid)).toEqual({ write: 'second' });
  });
});
