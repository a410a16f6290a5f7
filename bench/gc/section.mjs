/** Section `gc`: a large sweep while users read, beside the one DELETE that would do the same. */

import { databaseTitles, inPlace } from '../databases.mjs';
import { figureOf } from '../report/statistics.mjs';
import { format, formatSummary, table, targetsTable } from '../report/table.mjs';
import { runChild } from '../support/processes.mjs';
import { measureRounds } from '../support/rounds.mjs';
import { gcCharts } from './chart.mjs';

export const title = 'expired rows removed while users read';

/** Half of the rows have expired; `every` and `calm` are in ms. */
const fullSettings = { rounds: 1, rows: 2_000_000, every: 2, calm: 5_000 };
const quickSettings = { ...fullSettings, rows: 20_000, calm: 300 };

const methods = { sweep: 'gc()', delete: 'one DELETE' };

export const run = async ({ servers, databases, options }) => {
  const settings = { ...(options.quick ? quickSettings : fullSettings), ...options.overrides };
  const rows = databases.flatMap((database) =>
    Object.entries(methods).map(([method, name]) => ({
      id: `${method}-${database}`,
      title: `${name} on ${databaseTitles[database]}`,
      method,
      database,
    })),
  );
  const measure = ({ method, database }) =>
    inPlace(database, servers[database], (place) =>
      runChild(new URL('child.mjs', import.meta.url), { place, method, ...settings }),
    );
  const describe = ({ seconds, during }) =>
    `${format(seconds)} s; slowest read ${format(during.same.max)} ms, from another process ${format(during.other.max)} ms`;

  const measured = await measureRounds(rows, settings.rounds, measure, describe);
  const targets = measured
    .filter(({ method, figures }) => method === 'sweep' && figures !== undefined)
    .map(({ title: rowTitle, figures }) =>
      figureOf(`expired rows left, ${rowTitle}`, figures.expiredLeft.max, { atMost: 0 }),
    );
  return { settings, rows: measured, targets };
};

const readsTable = (rows, head, process) =>
  table(
    [head, 'seconds', 'before: p50 ms', 'p99', 'max', 'during: p50 ms', 'p99', 'max'],
    rows.map(({ title: rowTitle, figures }) => {
      if (figures === undefined) return [`${rowTitle}: FAILED`, ...Array(7).fill('')];
      const reads = [figures.before[process], figures.during[process]];
      return [
        rowTitle,
        formatSummary(figures.seconds),
        ...reads.flatMap(({ p50, p99, max }) => [p50, p99, max].map((figure) => format(figure.median))),
      ];
    }),
  );

export const print = ({ rows, targets }) => [
  readsTable(rows, 'reads in the same process', 'same'),
  readsTable(rows, 'reads in another process', 'other'),
  targetsTable(targets),
];

export const charts = gcCharts;
