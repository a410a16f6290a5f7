/** Removes the expired half of a large table in one way, while this process and another read the live half. */

import { setTimeout as delay } from 'node:timers/promises';
import { openKnex } from '../databases.mjs';
import { fill } from '../fill.mjs';
import { answerAndEnd, readInput, startChild } from '../support/processes.mjs';
import { halfExpired, openUnderReads } from './live.mjs';

const { place, method, rows, every, calm } = readInput();
const { table } = place;
const second = () => Math.floor(Date.now() / 1000);

const filler = openKnex(place);
await fill(filler, place, rows, halfExpired());
await filler.destroy();

const here = await openUnderReads(place, rows, every);
const there = await startChild(new URL('reader.mjs', import.meta.url), { place, rows, every });
const mark = async () => {
  const [same, other] = await Promise.all([here.mark(), there.ask('mark')]);
  return { same, other };
};

const methods = {
  sweep: () => here.store.gc(),
  delete: () => here.knex.raw(`DELETE FROM ${table} WHERE expires <= ?`, [second()]),
};

// The first reads warm everything up.
await delay(calm);
await mark();
await delay(calm);
const before = await mark();
const start = performance.now();
await methods[method]();
const seconds = (performance.now() - start) / 1000;
const during = await mark();

await there.stop();
const live = await here.store.length();
const { all } = await here.knex(table).count({ all: '*' }).first();
await here.end();
if (live !== rows / 2) throw new Error(`${live} live rows are left of ${rows / 2}`);
answerAndEnd({ seconds, expiredLeft: Number(all) - live, before, during });
