/** Section `latency`: the same apps as in `http`, on a PostgreSQL whose network is 5 ms further away. */

import { measureRow, warmUpLoad } from '../http/row.mjs';
import { rowOf, selectRows } from '../http/rows.mjs';
import { describe, rowsTable } from '../http/tables.mjs';
import { figureOf } from '../report/statistics.mjs';
import { format, targetsTable } from '../report/table.mjs';
import { measureRounds } from '../support/rounds.mjs';
import { moveAway, roundTrip } from './network.mjs';

export const title = 'PostgreSQL with 5 ms of network between';

/**
 * 64 connections as in `http`, which keep the app's processor busy: then most of a latency is waiting for it. And
 * few enough that the network is what there is to wait for.
 */
const connectionCounts = [64, 16];

const fullSettings = { rounds: 5, users: 500, warmup: 2, seconds: 5, addedMs: 5, connectionCounts };
const quickSettings = {
  ...fullSettings,
  rounds: 1,
  users: 64,
  warmup: 0.3,
  seconds: 1,
  connectionCounts: [16],
};

const paths = { reads: '/read', writes: '/write' };

const atMost = 2.5;

export const run = async ({ servers, databases, options }) => {
  const settings = { ...(options.quick ? quickSettings : fullSettings), ...options.overrides, paths };
  if (!databases.includes('postgres')) return { settings, rows: [], targets: [] };
  const stores = [rowOf('memory'), ...['store', 'connect', 'single'].map((name) => rowOf(name, 'postgres'))];
  const rows = settings.connectionCounts.flatMap((connections) =>
    selectRows(stores, options.rows).map((row) => ({
      ...row,
      connections,
      title: `${row.title}, ${connections} connections`,
    })),
  );

  const { url, stop } = await moveAway(servers.postgres.url, settings.addedMs);
  try {
    const roundTripMs = { near: await roundTrip(servers.postgres.url, 200), far: await roundTrip(url, 200) };
    console.log(`  a round trip takes ${format(roundTripMs.far)} ms`);
    await warmUpLoad({ ...settings, connections: settings.connectionCounts[0] });
    const measure = (row) =>
      measureRow(row, { postgres: { url } }, { ...settings, connections: row.connections });
    const measured = await measureRounds(rows, settings.rounds, measure, describe);
    return { settings, roundTripMs, rows: measured, targets: latencyTargets(measured, roundTripMs.far) };
  } finally {
    await stop();
  }
};

const latencyTargets = (rows, roundTripMs) =>
  rows
    .filter(({ id, figures }) => id === 'store-postgres' && figures !== undefined)
    .map(({ title: rowTitle, figures }) =>
      figureOf(`round trips for a read, p50, ${rowTitle}`, figures.reads.p50.median / roundTripMs, {
        atMost,
      }),
    );

export const print = ({ rows, roundTripMs, targets }) =>
  rows.length === 0
    ? ['without PostgreSQL there is nothing to measure']
    : [
        `round trip: ${format(roundTripMs.far)} ms, without the added network ${format(roundTripMs.near)} ms`,
        rowsTable(rows, Object.keys(paths)),
        targetsTable(targets),
      ];
