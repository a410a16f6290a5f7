/** Measures get and set on a table that has been filled before, in a process of its own. */

import { idOf } from '../fill.mjs';
import { sessionOf } from '../sessions.mjs';
import { createThisStore } from '../stores/this-store.mjs';
import { measureCalls, random } from '../support/calls.mjs';
import { answerAndEnd, readInput } from '../support/processes.mjs';

const { place, rows, concurrency, warmup, seconds } = readInput();

const { store, close } = await createThisStore(place);
const session = sessionOf(0);
let count = 0;
const calls = {
  get: () => store.get(idOf(random(rows), rows)),
  set: () => store.set(idOf(random(rows), rows), { ...session, count: (count += 1) }, 86_400_000),
};

const figures = {};
for (const [name, call] of Object.entries(calls)) {
  await measureCalls(call, concurrency, { seconds: warmup });
  figures[name] = await measureCalls(call, concurrency, { seconds });
}
await close();
answerAndEnd(figures);
