/** Calls as fast as they go: so many loops at once, each of which waits for its own call only. */

import { createHistogram } from 'node:perf_hooks';

const microseconds = (ms) => Math.max(1, Math.round(ms * 1000));

/**
 * @param call starts one call, on a session of its choice; resolves when it is done
 * @param until `{ seconds }` or `{ count }`
 * @returns calls/s, latency in ms, and the processor time of this process for one call in microseconds
 */
export const measureCalls = async (call, concurrency, { seconds = Infinity, count = Infinity }) => {
  const latencies = createHistogram();
  let started = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  const end = start + seconds * 1000;

  const loop = async () => {
    let before = performance.now();
    while (before < end && started < count) {
      started += 1;
      await call();
      const after = performance.now();
      latencies.record(microseconds(after - before));
      before = after;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, loop));

  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: started / (elapsed / 1000),
    p50: latencies.percentile(50) / 1000,
    p99: latencies.percentile(99) / 1000,
    cpuMicroseconds: (user + system) / started,
  };
};

/** @returns a whole number from 0 to `below` - 1 */
export const random = (below) => Math.floor(Math.random() * below);
