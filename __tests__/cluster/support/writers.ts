/** Stores that write the same sessions from all sides of a cluster, and remember what was acknowledged. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { createKnexStore, type SessionStore } from '../../../lib';

/** A connection to some part of the cluster. */
export interface Side {
  name: string;
  knex: Knex;
}

export interface WritersReport {
  /** Calls that rejected, by side: `code of operation`. */
  failures: Record<string, string[]>;
  /** Whatever must never be: acknowledged writes that are lost. */
  wrong: string[];
  /** How many calls were done. */
  calls: number;
  /** How many statements lost against another node, and had to be sent again. */
  conflicts: number;
}

export interface Writers {
  report: WritersReport;
  /** No further calls; resolves when those under way have ended. */
  stop(this: void): Promise<void>;
  /** Compares what was acknowledged with what a database holds. */
  compareWith(this: void, name: string, knex: Knex): Promise<void>;
}

const sessions = 16;
const day = 86_400_000;
const deadlock = 1213;

interface Counter {
  sid: string;
  attempted: number;
  acknowledged: number;
}

const running: Writers[] = [];

// However a test ends, its writers stop.
afterEach(async () => {
  await Promise.all(running.splice(0).map((writers) => writers.stop()));
});

export const startWriters = async (sides: readonly Side[], tableName: string): Promise<Writers> => {
  const report: WritersReport = { failures: {}, wrong: [], calls: 0, conflicts: 0 };
  let stopped = false;

  const open = ({ name, knex }: Side): { name: string; store: SessionStore } => {
    knex.on('query-error', ({ errno }: { errno?: unknown }) => {
      if (errno === deadlock) report.conflicts += 1;
    });
    const store = createKnexStore(knex, { tableName, gcFrequency: 50 });
    store.on('error', (error) => (report.failures[name] ??= []).push(`${error.code} of a sweep`));
    return { name, store };
  };
  const stores = sides.map(open);
  await Promise.all(stores.map(({ store }) => store.ready()));

  /** @returns what the call resolved with, or undefined if it rejected */
  const call = async <T>(
    { name, store }: (typeof stores)[number],
    what: (store: SessionStore) => Promise<T>,
  ): Promise<{ result: T } | undefined> => {
    try {
      const result = await what(store);
      report.calls += 1;
      return { result };
    } catch (error) {
      const { code, operation } = error as { code?: unknown; operation?: unknown };
      (report.failures[name] ??= []).push(`${String(code)} of ${String(operation)}`);
      return undefined;
    }
  };

  const counters = Array.from({ length: sessions }, (_, n): Counter => ({
    sid: `counter-${n}`,
    attempted: 0,
    acknowledged: 0,
  }));

  /** One writer at a time for each session, but each time on another side; and a reader on yet another. */
  const count = async (counter: Counter): Promise<void> => {
    for (let turn = Math.floor(Math.random() * stores.length); !stopped; turn += 1) {
      const [writer, reader] = [stores[turn % stores.length], stores[(turn + 1) % stores.length]];
      if (writer === undefined || reader === undefined) throw new Error('there are no stores');
      counter.attempted += 1;
      const n = counter.attempted;
      if ((await call(writer, (store) => store.set(counter.sid, { n }, day))) !== undefined) {
        counter.acknowledged = n;
      }
      const { acknowledged } = counter;
      const read = await call(reader, (store) => store.get(counter.sid));
      if (read !== undefined) check(counter, acknowledged, read.result?.n, `read on ${reader.name}`);
      await delay(5);
    }
  };

  const check = ({ sid, attempted }: Counter, acknowledged: number, found: unknown, where: string): void => {
    const n = Number(found ?? 0);
    if (n >= acknowledged && n <= attempted) return;
    report.wrong.push(`${sid}: ${String(found)} ${where} after ${acknowledged} was acknowledged`);
  };

  /** What makes nodes meet on the same rows: expiries of all sessions, and sweeps of those that have ended. */
  const disturb = async (side: (typeof stores)[number]): Promise<void> => {
    for (let turn = 0; !stopped; turn += 1) {
      const touches = counters.map(({ sid }) => call(side, (store) => store.touch(sid, day + turn * 2e6)));
      const ended = Array.from({ length: 5 }, (_, n) =>
        call(side, (store) => store.set(`ended-${turn}-${n}`, {}, 1)),
      );
      await Promise.all([...touches, ...ended]);
      await delay(20);
    }
  };

  const ended = Promise.all([...counters.map(count), ...stores.map(disturb)]);

  const writers: Writers = {
    report,
    stop: async () => {
      stopped = true;
      await ended;
      await Promise.all(stores.map(({ store }) => store.close()));
    },
    compareWith: async (name, knex) => {
      const rows = await knex<{ id: string; data: string }>(tableName).select('id', 'data');
      for (const counter of counters) {
        const row = rows.find(({ id }) => id === counter.sid);
        const found = row === undefined ? undefined : (JSON.parse(row.data) as { n: unknown }).n;
        check(counter, counter.acknowledged, found, `stored on ${name}`);
      }
    },
  };
  running.push(writers);
  return writers;
};
