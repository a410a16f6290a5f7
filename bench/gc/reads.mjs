/** Reads that arrive at a steady rate, as users do: whether or not the earlier ones have been answered. */

import { createHistogram } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';

const newPhase = () => ({ latencies: createHistogram(), pending: 0, whenDone: undefined });

/**
 * A read's latency counts from when it was due. While the event loop is blocked, none can start; those that were
 * due meanwhile have waited, too.
 *
 * @param read one read; resolves when it is answered
 * @param every ms between two reads
 * @returns `mark()`: resolves with latencies (ms) of the reads that were due since the last mark; and `stop()`
 */
export const startReads = (read, every) => {
  let phase = newPhase();
  let due = performance.now();

  const start = async (dueAt, { latencies }) => {
    await read();
    latencies.record(Math.max(1, Math.round((performance.now() - dueAt) * 1000)));
  };

  const startDue = () => {
    const now = performance.now();
    for (; due <= now; due += every) {
      const its = phase;
      its.pending += 1;
      void start(due, its).then(() => {
        its.pending -= 1;
        if (its.pending === 0) its.whenDone?.();
      });
    }
  };
  const timer = setInterval(startDue, 1);

  const mark = async () => {
    startDue();
    const ended = phase;
    phase = newPhase();
    if (ended.pending > 0) await new Promise((resolve) => (ended.whenDone = resolve));
    const { latencies } = ended;
    return {
      reads: latencies.count,
      p50: latencies.percentile(50) / 1000,
      p99: latencies.percentile(99) / 1000,
      max: latencies.max / 1000,
    };
  };

  return { mark, stop: () => clearInterval(timer) };
};
