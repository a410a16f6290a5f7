/** Section `calls`: the store alone, without any HTTP, beside Knex alone and the driver alone. */

import { databaseTitles, inPlace } from '../databases.mjs';
import { ratioOf } from '../report/statistics.mjs';
import { format, formatSummary, table, targetsTable } from '../report/table.mjs';
import { runChild } from '../support/processes.mjs';
import { measureRounds } from '../support/rounds.mjs';
import { callsCharts } from './chart.mjs';

export const title = 'calls of the store alone';

const fullSettings = {
  rounds: 3,
  sessions: 10_000,
  concurrencies: [1, 10, 100, 1000],
  warmup: 1,
  seconds: 3,
};
const quickSettings = { ...fullSettings, rounds: 1, sessions: 2_000, warmup: 0.1, seconds: 0.2 };

const callers = { store: 'this store', knex: 'knex.raw alone', driver: 'driver alone' };

const rowOf = (callerName, database) => ({
  id: `${callerName}-${database}`,
  title: `${callers[callerName]} on ${databaseTitles[database]}`,
  callerName,
  database,
});

export const run = async ({ servers, databases, options }) => {
  const settings = { ...(options.quick ? quickSettings : fullSettings), ...options.overrides };
  const rows = databases.flatMap((database) => Object.keys(callers).map((name) => rowOf(name, database)));

  const measure = ({ callerName, database }) =>
    inPlace(database, servers[database], (place) =>
      runChild(new URL('child.mjs', import.meta.url), { callerName, place, ...settings }),
    );
  const describe = (sample) =>
    Object.entries(sample)
      .map(
        ([name, figures]) =>
          `${name} ${Object.values(figures)
            .map((at) => format(at.perSecond))
            .join(' ')}/s`,
      )
      .join('; ');

  const measured = await measureRounds(rows, settings.rounds, measure, describe);
  return {
    settings,
    rows: measured,
    targets: databases.flatMap((database) => targetsOf(measured, database)),
  };
};

const targetsOf = (rows, database) => {
  const figuresOf = (callerName) => rows.find((row) => row.id === `${callerName}-${database}`).figures;
  const [store, knex, driver] = Object.keys(callers).map(figuresOf);
  if ([store, knex, driver].includes(undefined)) return [];
  const name = databaseTitles[database];
  return ['get', 'set'].flatMap((call) => [
    ratioOf(`${call} alone, latency, ${name}: this store / knex.raw`, store[call][1].p50, knex[call][1].p50, {
      atMost: 1.15,
    }),
    // SQLite's driver answers at once: there is no waiting that batches could share.
    ...(database === 'sqlite'
      ? []
      : [
          ratioOf(
            `${call}, 100 at once, calls/s, ${name}: this store / driver`,
            store[call][100].perSecond,
            driver[call][100].perSecond,
            { atLeast: 3 },
          ),
        ]),
  ]);
};

const figureTable = (head, { rows, settings: { concurrencies } }, cellOf) =>
  table(
    [head, ...concurrencies.map((concurrency) => `${concurrency} at once`)],
    rows.map(({ title: rowTitle, figures }) =>
      figures === undefined
        ? [`${rowTitle}: FAILED`, ...concurrencies.map(() => '')]
        : [rowTitle, ...concurrencies.map((concurrency) => cellOf(figures, concurrency))],
    ),
  );

export const print = (result) => [
  ...['get', 'set'].flatMap((call) => [
    figureTable(`${call}, calls/s`, result, (figures, concurrency) =>
      formatSummary(figures[call][concurrency].perSecond),
    ),
    figureTable(`${call}, latency, p50, ms`, result, (figures, concurrency) =>
      format(figures[call][concurrency].p50.median),
    ),
    figureTable(`${call}, processor, us per call`, result, (figures, concurrency) =>
      format(figures[call][concurrency].cpuMicroseconds.median),
    ),
  ]),
  targetsTable(result.targets),
];

export const charts = callsCharts;
