/** Measures one row, in a process of its own, so that no row's heap and optimised code are another's. */

import { openKnex } from '../databases.mjs';
import { fill, idOf } from '../fill.mjs';
import { measureCalls, random } from '../support/calls.mjs';
import { answerAndEnd, readInput } from '../support/processes.mjs';
import { createCaller } from './callers.mjs';

const { callerName, place, sessions, concurrencies, warmup, seconds } = readInput();

const knex = openKnex(place);
await fill(knex, place, sessions);
await knex.destroy();

const caller = await createCaller(callerName, place);
const ids = Array.from({ length: sessions }, (_, n) => idOf(n, sessions));
let count = 0;
const calls = {
  get: () => caller.get(ids[random(sessions)]),
  set: () => caller.set(ids[random(sessions)], (count += 1)),
};

const figures = {};
for (const [name, call] of Object.entries(calls)) {
  // A single call at a time is too slow to warm up the code by itself.
  await measureCalls(call, 100, { seconds: warmup });
  figures[name] = {};
  for (const concurrency of concurrencies) {
    await measureCalls(call, concurrency, { seconds: warmup });
    figures[name][concurrency] = await measureCalls(call, concurrency, { seconds });
  }
}
await caller.close();
answerAndEnd(figures);
