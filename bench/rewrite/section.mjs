/** Section `rewrite`: how well PostgreSQL bears sessions that change again and again, with nothing cleaning up. */

import { inPlace } from '../databases.mjs';
import { figureOf } from '../report/statistics.mjs';
import { format, table, targetsTable } from '../report/table.mjs';
import { runChild } from '../support/processes.mjs';
import { measureRounds } from '../support/rounds.mjs';

export const title = 'sessions rewritten on PostgreSQL, without autovacuum';

const fullSettings = { rounds: 3, sessions: 10_000, rewrites: 20, concurrency: 64 };
const quickSettings = { ...fullSettings, rounds: 1, rewrites: 4 };

const rows = [
  { id: 'loaded', title: 'get, change, set', isLoaded: true },
  { id: 'new', title: 'set of a new object', isLoaded: false },
];

export const run = async ({ servers, databases, options }) => {
  const settings = { ...(options.quick ? quickSettings : fullSettings), ...options.overrides };
  if (!databases.includes('postgres')) return { settings, rows: [], targets: [] };

  const measure = ({ isLoaded }) =>
    inPlace('postgres', servers.postgres, (place) =>
      runChild(new URL('child.mjs', import.meta.url), { place, isLoaded, ...settings }),
    );
  const describe = ({ hotShare, growth }) =>
    `${format(100 * hotShare)} % HOT, table ${format(growth.table)} times as large`;

  const measured = await measureRounds(rows, settings.rounds, measure, describe);
  return { settings, rows: measured, targets: measured.flatMap(targetsOf) };
};

const targetsOf = ({ title: rowTitle, figures }) =>
  figures === undefined
    ? []
    : [
        figureOf(`HOT updates, share, ${rowTitle}`, figures.hotShare.median, { atLeast: 0.8 }),
        figureOf(`size of the table, times, ${rowTitle}`, figures.growth.table.median, { atMost: 2 }),
      ];

const cells = ({ perSecond, updates, hotShare, growth, tableMB }) => [
  format(perSecond.median),
  format(updates.median),
  format(100 * hotShare.median),
  format(tableMB.before.median),
  format(tableMB.after.median),
  format(growth.table.median),
  format(growth.indexes.median),
];

export const print = ({ rows: measured, targets }) =>
  measured.length === 0
    ? ['without PostgreSQL there is nothing to measure']
    : [
        table(
          ['', 'rewrites/s', 'updates', 'HOT %', 'MB before', 'MB after', 'table, times', 'indexes, times'],
          measured.map(({ title: rowTitle, figures }) =>
            figures === undefined
              ? [`${rowTitle}: FAILED`, ...Array(7).fill('')]
              : [rowTitle, ...cells(figures)],
          ),
        ),
        targetsTable(targets),
      ];
