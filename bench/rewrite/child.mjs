/** Rewrites every row of a table many times through the store, and asks PostgreSQL what that did to the table. */

import { idOf } from '../fill.mjs';
import { sessionOf } from '../sessions.mjs';
import { createThisStore } from '../stores/this-store.mjs';
import { measureCalls } from '../support/calls.mjs';
import { answerAndEnd, readInput } from '../support/processes.mjs';

const { place, isLoaded, sessions, rewrites, concurrency } = readInput();
const { table } = place;
const ttl = 86_400_000;

const { store, knex, close } = await createThisStore(place);

let next = 0;
/** Goes round all rows, in an order that is not that of the table. */
const nextRow = () => {
  next += 1;
  return (next * 7919) % sessions;
};

const create = () => {
  const n = nextRow();
  return store.set(idOf(n, sessions), sessionOf(n), ttl);
};

/** As a middleware does it for a request. */
const change = async () => {
  const id = idOf(nextRow(), sessions);
  const session = await store.get(id);
  session.count += 1;
  await store.set(id, session, ttl);
};

/** As for a session that the store has not seen before. */
const replace = () => {
  const count = 1 + Math.floor(next / sessions);
  const n = nextRow();
  return store.set(idOf(n, sessions), sessionOf(n, count), ttl);
};

const sizes = async () => {
  const { rows } = await knex.raw(`
SELECT pg_table_size('${table}') AS "table", pg_relation_size('${table}') AS heap, pg_indexes_size('${table}') AS indexes`);
  return Object.fromEntries(Object.entries(rows[0]).map(([name, bytes]) => [name, Number(bytes)]));
};

/** The statistics of a connection arrive some time after its work; each connection of the pool has some. */
const updates = async () => {
  await Promise.all(
    Array.from({ length: 10 }, () => knex.raw('SELECT pg_stat_force_next_flush(), pg_sleep(0.1)')),
  );
  const { rows } = await knex.raw(
    `SELECT n_tup_upd AS all, n_tup_hot_upd AS hot FROM pg_stat_user_tables WHERE relname = '${table}'`,
  );
  return { all: Number(rows[0].all), hot: Number(rows[0].hot) };
};

await knex.raw(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
await measureCalls(create, concurrency, { count: sessions });
const [sizesBefore, updatesBefore] = [await sizes(), await updates()];

const { perSecond } = await measureCalls(isLoaded ? change : replace, concurrency, {
  count: sessions * rewrites,
});
const [sizesAfter, updatesAfter] = [await sizes(), await updates()];
await close();

const updated = updatesAfter.all - updatesBefore.all;
answerAndEnd({
  perSecond,
  updates: updated,
  hotShare: (updatesAfter.hot - updatesBefore.hot) / updated,
  growth: Object.fromEntries(
    Object.entries(sizesAfter).map(([name, bytes]) => [name, bytes / sizesBefore[name]]),
  ),
  tableMB: { before: sizesBefore.table / 1e6, after: sizesAfter.table / 1e6 },
});
