/** Many writers in several processes want the same few sessions at once, while expired ones are swept. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { createSessionTable } from '../../lib';
import { betterSqlite3, mysql, postgres } from '../support/databases';
import { onEachDatabase } from '../support/each-database';
import { startWorker } from '../support/workers';

const processes = ['one', 'two', 'three', 'four'];
const writers = 64;
const sids = Array.from({ length: 50 }, (_, n) => `shared-${n}`);
const expiredRows = 5_000;
/** In calls; with jitter, each process sweeps some hundred times. */
const gcFrequency = 40;

interface Report {
  /** By session id, what the process wrote last. */
  last: Record<string, string>;
  written: number;
  /** What callers and listeners of the store were told. */
  failures: string[];
  /** How often the database refused a statement, by the driver's code. */
  refusals: Record<string, number>;
}

/** Rows that have ended long ago, whose ids lie among those of the live ones. */
const addExpiredRows = async (knex: Knex, tableName: string): Promise<void> => {
  const rows = Array.from({ length: expiredRows }, (_, n) => ({
    id: `shared-${n % sids.length}-expired-${n}`,
    data: '{}',
    expires: 1_000 + n,
  }));
  await knex.batchInsert(tableName, rows, 500);
};

/** Rows of somebody else, for transactions of so many changes that the database rather refuses the store's. */
const addOtherRows = async (knex: Knex, tableName: string): Promise<void> => {
  const expires = Math.floor(Date.now() / 1000) + 86_400;
  const rows = Array.from({ length: 200 }, (_, n) => ({ id: `other-${n}`, data: '{}', expires }));
  await knex.batchInsert(tableName, rows, 500);
};

/**
 * Somebody else's transactions lock two sessions, the later one first, which no order of the store's own agrees with.
 *
 * @returns ends them; resolves with how many of them were refused
 */
const lockInOppositeOrder = (knex: Knex, tableName: string): (() => Promise<number>) => {
  const stop = new AbortController();
  let refused = 0;
  const [early, late] = [sids[10], sids[40]];
  const locking = (async () => {
    while (!stop.signal.aborted) {
      try {
        await knex.transaction(async (transaction) => {
          await transaction(tableName)
            .where('id', 'like', 'other-%')
            .update({ data: String(performance.now()) });
          await transaction(tableName).where({ id: late }).forUpdate();
          await delay(5);
          await transaction(tableName).where({ id: early }).forUpdate();
        });
      } catch {
        refused += 1;
      }
      await delay(20);
    }
  })();
  return async () => {
    stop.abort();
    await locking;
    return refused;
  };
};

onEachDatabase([betterSqlite3(), postgres(), mysql()], (database) => {
  beforeEach(async () => {
    await createSessionTable(database.knex, { tableName: database.tableName });
    await addExpiredRows(database.knex, database.tableName);
    await addOtherRows(database.knex, database.tableName);
  });

  test(`${processes.length} processes with ${writers} writers each fail in nothing, and lose no last write`, async () => {
    const workers = processes.map(() => startWorker('__tests__/faults/apps/writers.cjs'));
    const tellAll = <T>(task: string, details: object = {}): Promise<T[]> =>
      Promise.all(
        workers.map((worker, n) => worker.ask<T>(task, { ...details, sids, writers, name: processes[n] })),
      );
    const { client, connection, tableName } = database;
    await tellAll('open', { client, connection, tableName, gcFrequency });

    const hasRowLocks = client !== 'better-sqlite3';
    const endLocking = hasRowLocks ? lockInOppositeOrder(database.knex, tableName) : undefined;
    const begun = performance.now();
    const reports = await tellAll<Report>('write');
    const seconds = (performance.now() - begun) / 1000;
    const others = await endLocking?.();

    const refusals: Record<string, number> = {};
    for (const [code, count] of reports.flatMap((report) => Object.entries(report.refusals))) {
      refusals[code] = (refusals[code] ?? 0) + count;
    }
    const written = reports.reduce((sum, report) => sum + report.written, 0);
    process.stderr.write(
      `${database.name}: ${written} writes in ${seconds.toFixed(1)} s; refused: ${JSON.stringify(refusals)}, others ${others ?? 0}\n`,
    );
    expect(reports.flatMap(({ failures }) => failures)).toEqual([]);
    expect(written).toBe(processes.length * writers * sids.length);

    // Whichever process came last for a session, it is that process's last write of it that is there to stay.
    const stored = await tellAll<(string | null)[]>('read');
    const [first = []] = stored;
    expect(stored).toEqual(processes.map(() => first));
    const lost = sids.filter((sid, n) => !reports.some(({ last }) => last[sid] === first[n]));
    expect(lost).toEqual([]);

    // Sweeps were under way.
    const [left] = await database
      .table()
      .where('expires', '<', 1_000 + expiredRows)
      .count({ rows: '*' });
    expect(Number(left?.rows)).toBe(0);

    await tellAll('close');
    expect(await Promise.all(workers.map((worker) => worker.end()))).toEqual(processes.map(() => 0));
  });
});
