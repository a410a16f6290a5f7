/** Random histories: several processes change one session at once, by `set` and `update`. Nothing of it is lost. */

import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import knexModule from 'knex';
import { createKnexStore, type CreateKnexStoreOptions, type StoreStats } from '../../lib';
import { createChaos } from '../support/chaos';
import { betterSqlite3, describeOn, mssql, mysql, newTableName, postgres } from '../support/databases';
import type { DatabaseServer } from '../support/database-server';
import { onEachDatabase } from '../support/each-database';
import { createMariadb, hasMariadb } from '../support/mariadb-server';
import { createPostgres } from '../support/postgres-server';
import { seededRandom } from '../support/random';
import { everyRun } from '../support/runs';
import { startWorker, type Worker } from '../support/workers';

const quiet = { warn: () => undefined, error: () => undefined };

const processes = 3;
const sid = 'koa:sess:shared';

interface Writer {
  name: string;
  rounds: number;
  /** Between reading and writing, in ms. */
  pauses: number[];
}

interface Report {
  name: string;
  /** The last value of its own key that was acknowledged, and the last one that it tried to save. */
  saved: number;
  attempted: number;
  /** Updates that were acknowledged, and those that failed and may have taken effect. */
  incremented: number;
  unknown: number;
  /** What its updates made of everybody's counter. */
  counts: number[];
}

interface Answer {
  reports: Report[];
  conflicts: StoreStats['conflicts'];
}

const startAll = (): Worker[] =>
  Array.from({ length: processes }, () => startWorker('__tests__/conflicts/apps/writers.cjs'));

/** Each process has the writers of one list. */
const writeAll = (
  workers: readonly Worker[],
  place: object,
  writers: readonly Writer[][],
): Promise<Answer[]> =>
  Promise.all(
    workers
      .slice(0, writers.length)
      .map((worker, n) => worker.ask<Answer>('write', { ...place, sid, writers: writers[n] })),
  );

/** @param session as it is stored in the end */
const expectNothingLost = (session: Record<string, number>, answers: readonly Answer[]): void => {
  const reports = answers.flatMap((answer) => answer.reports);
  let ofAll = 0;
  for (const { name, saved, attempted, incremented, unknown } of reports) {
    expect(session[name] ?? 0).toBeGreaterThanOrEqual(saved);
    expect(session[name] ?? 0).toBeLessThanOrEqual(attempted);
    const own = session[`count ${name}`] ?? 0;
    expect(own).toBeGreaterThanOrEqual(incremented);
    expect(own).toBeLessThanOrEqual(incremented + unknown);
    ofAll += own;
  }
  // Each update changed both counters, or neither, and no two made the same number of it.
  expect(session.count).toBe(ofAll);
  const counts = reports.flatMap((report) => report.counts);
  expect(new Set(counts).size).toBe(counts.length);
};

const sum = (answers: readonly Answer[], outcome: keyof StoreStats['conflicts']): number =>
  answers.reduce((total, { conflicts }) => total + conflicts[outcome], 0);

const secret = 'histories: c2f0a94b7d1e6853c4b7a96e0d5f1823';
const anyOptions = fc.constantFrom<CreateKnexStoreOptions[]>(
  {},
  { secret },
  { hashIds: true },
  { hashIds: 'migrate', secret },
);

onEachDatabase([betterSqlite3(), postgres(), mysql(), mssql()], (database) => {
  let workers: Worker[] = [];

  beforeAll(() => {
    workers = startAll();
  });

  afterAll(async () => {
    expect(await Promise.all(workers.map((worker) => worker.end()))).toEqual(workers.map(() => 0));
  });

  test('two and three processes, each with several writers of one session', async () => {
    const total = { merged: 0, retried: 0 };
    const anyWriter = fc.record({
      rounds: fc.integer({ min: 1, max: 8 }),
      pauses: fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }),
    });
    const anyWriters = fc.array(fc.array(anyWriter, { minLength: 1, maxLength: 5 }), {
      minLength: 2,
      maxLength: processes,
    });
    const property = fc.asyncProperty(anyOptions, anyWriters, async (options, writers) => {
      const tableName = database.newTable();
      const place = {
        client: database.client,
        connection: database.connection,
        options: { ...options, tableName },
      };
      const store = database.open<Record<string, number>>({ ...options, tableName });
      await store.set(sid, { count: 0 });
      const named = writers.map((own, n) => own.map((writer, m) => ({ ...writer, name: `${n}.${m}` })));
      const answers = await writeAll(workers, place, named);
      expectNothingLost((await store.get(sid)) ?? {}, answers);
      expect(answers.flatMap(({ reports }) => reports.map(({ unknown }) => unknown))).not.toContain(1);
      for (const outcome of ['merged', 'retried'] as const) total[outcome] += sum(answers, outcome);
    });
    await fc.assert(property, everyRun(12));
    // Else it would have tested nothing.
    expect(total.merged).toBeGreaterThan(0);
    expect(total.retried).toBeGreaterThan(0);
  });
});

describe('while the database restarts, and the network fails', () => {
  const servers: [string, boolean, () => Promise<DatabaseServer>][] = [
    ['PostgreSQL', true, createPostgres],
    ['MariaDB', hasMariadb, createMariadb],
  ];

  for (const [name, isThere, create] of servers) {
    const missing = isThere ? {} : { missing: 'install mariadb-server' };
    describeOn({ name, ...missing }, () => {
      let server: DatabaseServer;
      let workers: Worker[] = [];

      beforeAll(async () => {
        server = await create();
        await server.start();
        workers = startAll();
      });

      afterAll(async () => {
        await Promise.all(workers.map((worker) => worker.end()));
        await server.remove();
      });

      test.each(Object.entries({ plain: {}, encrypted: { secret } }))('%s', async (_name, options) => {
        const seed = Date.now() % 2 ** 31;
        const random = seededRandom(seed);
        const tableName = newTableName();
        const chaos = await createChaos(server.url, random);
        const knex = knexModule({ client: server.client, connection: server.url, log: quiet });
        const store = createKnexStore<Record<string, number>>(knex, { ...options, tableName });
        try {
          await store.set(sid, { count: 0 });
          const writers = Array.from({ length: processes }, (_, n) =>
            Array.from({ length: 4 }, (__, m) => ({
              name: `${n}.${m}`,
              rounds: 40,
              pauses: Array.from({ length: 8 }, () => Math.floor(random() * 30)),
            })),
          );
          const place = {
            client: server.client,
            connection: chaos.url,
            options: { ...options, tableName, retryTimeout: 15_000 },
          };
          const written = writeAll(workers, place, writers);
          for (let restart = 0; restart < 2; restart += 1) {
            await delay(1_500);
            await server.kill();
            await server.start();
          }
          await delay(1_500);
          chaos.calm();
          const answers = await written;
          const session = (await store.get(sid)) ?? {};
          const unknown = answers
            .flatMap(({ reports }) => reports)
            .reduce((all, report) => all + report.unknown, 0);
          process.stderr.write(
            `${name}: ${String(session.count)} updates, ${unknown} with an unknown outcome, ${sum(answers, 'merged')} saves ` +
              `merged, ${sum(answers, 'retried')} updates run again (seed ${seed}); ${JSON.stringify(chaos.faults)}\n`,
          );
          expect({ seed, enough: (session.count ?? 0) > 100 }).toEqual({ seed, enough: true });
          expectNothingLost(session, answers);
        } finally {
          await store.close();
          await knex.destroy();
          await chaos.close();
        }
      });
    });
  }
});
