/** Many processes of one app start at once on a database that has no table yet, as after a first deploy. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexModule, { type Knex } from 'knex';
import { betterSqlite3, mysql, postgres, sqlite3 } from '../support/databases';
import { onEachDatabase } from '../support/each-database';
import { startWorker, type Worker } from '../support/workers';

const processes = 8;
const rounds = 20;
/** The processes of these rounds are new ones. Those of the last one stay for the others, where they start in step. */
const roundsOfNewProcesses = 3;

const startAll = (): Worker[] =>
  Array.from({ length: processes }, () => startWorker('__tests__/processes/apps/first-write.cjs'));

const endAll = async (workers: readonly Worker[]): Promise<void> => {
  expect(await Promise.all(workers.map((worker) => worker.end()))).toEqual(workers.map(() => 0));
};

onEachDatabase([betterSqlite3(), sqlite3(), postgres(), mysql()], (database) => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sessions-first-start-'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Where there is no table yet; on SQLite, no file either. */
  const newPlace = (): Knex.Config & { tableName: string } => {
    const tableName = database.newTable();
    const isFile = typeof database.connection === 'object';
    const connection = isFile ? { filename: join(folder, tableName) } : database.connection;
    return { client: database.client, connection: connection as Knex.StaticConnectionConfig, tableName };
  };

  test(`${processes} processes make one table, and none of them fails, in ${rounds} rounds`, async () => {
    let workers: Worker[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      if (round <= roundsOfNewProcesses) {
        await endAll(workers);
        workers = startAll();
      }
      const place = newPlace();

      const sids = workers.map((_, n) => `sid-${n}`);
      const sessions = await Promise.all(
        workers.map((worker, n) => worker.ask('firstWrite', { ...place, sid: sids[n] })),
      );

      expect(sessions).toEqual(sids.map((sid) => ({ sid })));
      const knex = knexModule({ ...place, useNullAsDefault: true });
      try {
        const rows = await knex<{ id: string }>(place.tableName).select('id').orderBy('id');
        expect(rows.map(({ id }) => id)).toEqual(sids);
        await knex.schema.dropTable(place.tableName);
      } finally {
        await knex.destroy();
      }
    }
    await endAll(workers);
  }, 120_000);
});
