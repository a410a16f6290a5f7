/** A query that does not get its connection, or its answer, in time. */

import type { Knex } from 'knex';
import { execute } from '../../lib/database/execute';
import { betterSqlite3, describeOn, mysql, postgres, sqlite3 } from '../support/databases';

const quiet = { warn: () => undefined, error: () => undefined, debug: () => undefined };

for (const database of [postgres(), mysql(), betterSqlite3(), sqlite3()]) {
  describeOn(database, () => {
    let knex: Knex;

    beforeEach(() => {
      knex = database.connect({ pool: { min: 0, max: 1 }, log: quiet });
    });

    afterEach(() => knex.destroy());
    afterAll(() => {
      database.remove?.();
    });

    test('that gets no connection is not sent when one comes free, and the connection serves the next', async () => {
      const sent: string[] = [];
      knex.on('query', ({ sql }: { sql: string }) => sent.push(sql));
      const trx = await knex.transaction();
      await expect(
        execute(knex.raw('select 1 as late'), { connection: 50, answer: 1_000 }),
      ).rejects.toMatchObject({
        code: 'ENOCONNECTION',
        message: 'there was no connection within 50 ms',
      });
      await trx.rollback();
      await execute(knex.raw('select 2 as next'), { connection: 1_000, answer: 1_000 });
      expect(sent.filter((sql) => sql.startsWith('select'))).toEqual(['select 2 as next']);
    });

    test('that nobody waits for is not sent when it gets its connection, and that serves the next', async () => {
      const sent: string[] = [];
      knex.on('query', ({ sql }: { sql: string }) => sent.push(sql));
      const trx = await knex.transaction();
      let isStale = false;
      const late = execute(knex.raw('select 1 as late'), { connection: 5_000, answer: 1_000 }, () => isStale);
      isStale = true;
      await trx.rollback();
      await expect(late).rejects.toMatchObject({ code: 'ENOCONNECTION' });
      await execute(knex.raw('select 2 as next'), { connection: 1_000, answer: 1_000 }, () => false);
      expect(sent.filter((sql) => sql.startsWith('select'))).toEqual(['select 2 as next']);
    });

    test('that is answered in time is answered, and leaves no timer behind', async () => {
      const rows = await execute(knex.raw('select 1 as one'), { connection: 100_000, answer: 100_000 });
      expect(JSON.stringify(rows)).toContain('"one":1');
      await expect(
        execute(knex.raw('select * from no_such_table'), { connection: 100_000, answer: 100_000 }),
      ).rejects.toMatchObject({ message: expect.stringContaining('no_such_table') as string });
    });
  });
}

const sleeping: [ReturnType<typeof postgres>, string, string][] = [
  [postgres(), 'select pg_sleep(?)', 'select pg_backend_pid() as id'],
  [mysql(), 'select sleep(?)', 'select connection_id() as id'],
];

for (const [database, sleep, identity] of sleeping) {
  describeOn(database, () => {
    const connectionOf = async (knex: Knex): Promise<number> => {
      const answer = await knex.raw<{ rows: { id: number }[] } | { id: number }[][]>(identity);
      return ('rows' in answer ? answer.rows : answer[0])?.[0]?.id ?? 0;
    };

    test('a query that is not answered in time fails, and its connection is not used again', async () => {
      const knex = database.connect({ pool: { min: 0, max: 1 }, log: quiet });
      const before = await connectionOf(knex);
      await expect(execute(knex.raw(sleep, [1]), { connection: 1_000, answer: 50 })).rejects.toMatchObject({
        code: 'ETIMEDOUT',
      });
      expect(await connectionOf(knex)).not.toBe(before);
      await knex.destroy();
    });

    test('a query without a limit for its answer is waited for', async () => {
      const knex = database.connect({ pool: { min: 0, max: 1 }, log: quiet });
      const before = await connectionOf(knex);
      await execute(knex.raw(sleep, [0.2]), { connection: 50, answer: undefined });
      expect(await connectionOf(knex)).toBe(before);
      await knex.destroy();
    });
  });
}
