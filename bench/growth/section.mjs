/** Section `growth`: tables of growing size, and a long run. */

import { databaseTitles, newPlace, openKnex, removePlace } from '../databases.mjs';
import { fill } from '../fill.mjs';
import { format, formatSummary, table } from '../report/table.mjs';
import { runChild } from '../support/processes.mjs';
import { measureRounds } from '../support/rounds.mjs';
import { growthCharts } from './chart.mjs';

export const title = 'tables that grow, and a long run';

const fullSettings = {
  rounds: 3,
  sizes: [10_000, 100_000, 1_000_000],
  concurrency: 100,
  warmup: 2,
  seconds: 5,
  calls: 1_000_000,
  callsPerSample: 100_000,
};
const quickSettings = {
  ...fullSettings,
  rounds: 1,
  sizes: [1_000, 10_000],
  warmup: 0.2,
  seconds: 0.5,
  calls: 50_000,
  callsPerSample: 10_000,
};

const fillAll = async (places) => {
  for (const [row, place] of places) {
    const knex = openKnex(place);
    await fill(knex, place, row.size);
    await knex.destroy();
    console.log(`  filled: ${row.title}`);
  }
};

export const run = async ({ servers, databases, options }) => {
  const settings = { ...(options.quick ? quickSettings : fullSettings), ...options.overrides };
  const rows = databases.flatMap((database) =>
    settings.sizes.map((size) => ({
      title: `${databaseTitles[database]}, ${size.toLocaleString('en')} rows`,
      database,
      size,
    })),
  );
  const places = new Map(rows.map((row) => [row, newPlace(row.database, servers[row.database])]));
  try {
    await fillAll(places);
    const inputOf = (row) => ({ place: places.get(row), rows: row.size, ...settings });
    const measured = await measureRounds(
      rows,
      settings.rounds,
      (row) => runChild(new URL('cell.mjs', import.meta.url), inputOf(row)),
      ({ get, set }) => `get ${format(get.perSecond)}/s, set ${format(set.perSecond)}/s`,
    );
    const longRuns = [];
    for (const row of rows.filter(({ size }) => size === settings.sizes.at(-1))) {
      const samples = await runChild(new URL('endurance.mjs', import.meta.url), inputOf(row), [
        '--expose-gc',
      ]);
      longRuns.push({ title: row.title, database: row.database, samples });
      console.log(`  ${row.title}: ${settings.calls.toLocaleString('en')} calls`);
    }
    return { settings, rows: measured, longRuns };
  } finally {
    for (const place of places.values()) await removePlace(place);
  }
};

const sizeTable = (rows) =>
  table(
    ['', 'get/s', 'us per get', 'p99 ms', 'set/s', 'us per set', 'p99 ms'],
    rows.map(({ title: rowTitle, figures }) =>
      figures === undefined
        ? [`${rowTitle}: FAILED`, ...Array(6).fill('')]
        : [
            rowTitle,
            ...[figures.get, figures.set].flatMap(({ perSecond, cpuMicroseconds, p99 }) => [
              formatSummary(perSecond),
              format(cpuMicroseconds.median),
              format(p99.median),
            ]),
          ],
    ),
  );

const longRunTable = ({ title: rowTitle, samples }) =>
  table(
    [`${rowTitle}, after`, 'calls/s', 'heap MB', 'event loop late by: p50 ms', 'p99 ms', 'max ms'],
    samples.map(({ calls, perSecond, heapMB, delayP50, delayP99, delayMax }) => [
      calls.toLocaleString('en'),
      ...[perSecond, heapMB, delayP50, delayP99, delayMax].map(format),
    ]),
  );

export const print = ({ rows, longRuns }) => [sizeTable(rows), ...longRuns.map(longRunTable)];

export const charts = growthCharts;
