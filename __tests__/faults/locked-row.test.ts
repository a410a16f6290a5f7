/** Somebody else's transaction holds one row for long: the sessions beside it are written all the same. */

import type { Knex } from 'knex';
import { createKnexStore } from '../../lib';
import { describeOn, mysql, newTableName, postgres, type Database } from '../support/databases';

const sids = Array.from({ length: 100 }, (_, n) => `sid-${n}`);
const lockedSid = 'sid-42';

interface Connection {
  query(sql: string, done: (error: unknown) => void): void;
}

/** How the server is told to wait no longer than that for a lock. */
const databases: [Database, string][] = [
  [postgres(), `SET lock_timeout = '200ms'`],
  [mysql(), 'SET innodb_lock_wait_timeout = 1'],
];

for (const [database, lockTimeout] of databases) {
  describeOn(database, () => {
    const tableName = newTableName();
    let direct: Knex;
    let knex: Knex;

    beforeAll(() => {
      direct = database.connect();
      const afterCreate = (
        connection: Connection,
        done: (error: unknown, connection: unknown) => void,
      ): void => {
        connection.query(lockTimeout, (error) => {
          done(error, connection);
        });
      };
      knex = database.connect({ pool: { min: 0, max: 10, afterCreate } });
    });

    afterAll(async () => {
      await knex.schema.dropTableIfExists(tableName);
      await knex.destroy();
      await direct.destroy();
    });

    test('99 of 100 concurrent writes succeed, and the one when the lock is gone', async () => {
      const store = createKnexStore(knex, { tableName, retryTimeout: 20_000 });
      await Promise.all(sids.map((sid) => store.set(sid, { write: 'first' })));
      const transaction = await direct.transaction();
      await transaction(tableName).where({ id: lockedSid }).forUpdate();

      const writes = sids.map((sid) => store.set(sid, { write: 'second' }));
      const results = await Promise.allSettled(writes.filter((_, n) => sids[n] !== lockedSid));
      await transaction.commit();

      expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
      await Promise.all(writes);
      const sessions = await Promise.all(sids.map((sid) => store.get(sid)));
      expect(sessions).toEqual(sids.map(() => ({ write: 'second' })));
      await store.close();
    });
  });
}
