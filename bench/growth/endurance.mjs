/** A long run of one store, get and set 9 to 1: what its heap and its event loop come to. */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { idOf } from '../fill.mjs';
import { sessionOf } from '../sessions.mjs';
import { createThisStore } from '../stores/this-store.mjs';
import { measureCalls, random } from '../support/calls.mjs';
import { answerAndEnd, readInput } from '../support/processes.mjs';

/** How often the event loop is looked at, in ms; Node counts it into what it reports. */
const resolution = 5;

const { place, rows, concurrency, calls, callsPerSample } = readInput();

const { store, close } = await createThisStore(place);
const session = sessionOf(0);
let count = 0;
const call = () => {
  const id = idOf(random(rows), rows);
  return random(10) > 0 ? store.get(id) : store.set(id, { ...session, count: (count += 1) }, 86_400_000);
};

const delays = monitorEventLoopDelay({ resolution });
const beyondResolution = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolution);

const samples = [];
for (let done = 0; done < calls; done += callsPerSample) {
  delays.reset();
  delays.enable();
  const { perSecond } = await measureCalls(call, concurrency, { count: callsPerSample });
  delays.disable();
  globalThis.gc();
  samples.push({
    calls: done + callsPerSample,
    perSecond,
    heapMB: process.memoryUsage().heapUsed / 1e6,
    delayP50: beyondResolution(delays.percentile(50)),
    delayP99: beyondResolution(delays.percentile(99)),
    delayMax: beyondResolution(delays.max),
  });
}
await close();
answerAndEnd(samples);
