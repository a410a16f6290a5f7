/** Section `http`: whole apps under load, with this store, with its peers, and without any. */

import { targetsTable } from '../report/table.mjs';
import { measureRounds } from '../support/rounds.mjs';
import { httpCharts } from './chart.mjs';
import { measureRow, warmUpLoad } from './row.mjs';
import { rowOf, selectRows } from './rows.mjs';
import { describe, rowsTable } from './tables.mjs';
import { httpTargets } from './targets.mjs';

export const title = 'Koa 2 with koa-generic-session 2 under load';

const fullSettings = { rounds: 5, connections: 64, users: 500, warmup: 2, seconds: 5 };
const quickSettings = { ...fullSettings, rounds: 1, users: 128, warmup: 0.3, seconds: 1 };

const paths = { reads: '/read', writes: '/write' };

export const run = async ({ servers, databases, options }) => {
  const settings = { ...(options.quick ? quickSettings : fullSettings), ...options.overrides, paths };
  const rows = [
    rowOf('none'),
    rowOf('memory'),
    ...databases.map((database) => rowOf('store', database)),
    ...databases.map((database) => rowOf('hashed', database)),
    ...databases.map((database) => rowOf('sealed', database)),
    ...databases.map((database) => rowOf('connect', database)),
    ...databases.map((database) => rowOf('single', database)),
    ...(servers.redis === undefined ? [] : [rowOf('redis')]),
  ];
  await warmUpLoad(settings);
  const measured = await measureRounds(
    selectRows(rows, options.rows),
    settings.rounds,
    (row) => measureRow(row, servers, settings),
    describe,
  );
  return { settings, rows: measured, targets: httpTargets(measured) };
};

export const print = ({ rows, targets }) => [rowsTable(rows, Object.keys(paths)), targetsTable(targets)];

export const charts = httpCharts;
