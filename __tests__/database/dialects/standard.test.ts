/** The session table through Knex's query builder, which writes row by row. */

import type { KeyedChange } from '../../../lib/database/rows';
import { openTable } from '../../../lib/database/table';
import { secondOf } from '../../../lib/ttl';
import { describeOn, newTableName, standardPostgres } from '../../support/databases';

describeOn(standardPostgres(), () => {
  test('many writes fail only when all have ended: none may take effect after its caller was answered', async () => {
    const knex = standardPostgres().connect();
    const tableName = newTableName();
    const table = openTable(knex, { tableName, timestamps: false });
    await table.create();
    await knex.raw(`alter table ?? add check (data <> 'refused')`, [tableName]);
    const expires = secondOf(Date.now()) + 1_000;
    const saved = (kind: 'upsert' | 'update', key: string, data: string): KeyedChange => ({
      key,
      change: { kind, data, expires },
    });
    await table.write([saved('upsert', 'locked', 'old'), saved('upsert', 'other', 'old')]);

    for (const kind of ['upsert', 'update'] as const) {
      const events: string[] = [];
      const refused = new Promise<void>((resolve) =>
        knex.once('query-error', () => {
          resolve();
        }),
      );
      const holder = await knex.transaction();
      await holder(tableName).where({ id: 'locked' }).forUpdate().select();

      const written = table
        .write([saved(kind, 'locked', 'new'), saved(kind, 'other', 'refused')])
        .catch((error: unknown) => {
          expect(error).toMatchObject({ code: '23514' });
        })
        .finally(() => events.push('answered'));
      await refused;
      // A query that comes and goes leaves time for the answer that must not come yet.
      await knex.raw('select 1');
      events.push('released');
      await holder.rollback();
      await written;

      expect(events).toEqual(['released', 'answered']);
      const stored = (): Promise<unknown[]> =>
        knex(tableName)
          .orderBy('id')
          .select('id', 'data')
          .then((rows) => rows as unknown[]);
      expect(await stored()).toEqual([
        { id: 'locked', data: 'new' },
        { id: 'other', data: 'old' },
      ]);
      await knex(tableName).update({ data: 'old' });
    }

    await table.drop();
    await knex.destroy();
  });
});
