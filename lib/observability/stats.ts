/** Counts what a store does, for `stats()`. */

import type { SessionStoreOperation } from '../errors';
import type { BatchStats, StoreStats } from '../types';

export const operations: readonly SessionStoreOperation[] = [
  'get',
  'set',
  'destroy',
  'touch',
  'update',
  'rotate',
  'gc',
  'length',
  'clear',
  'ready',
  'entries',
  'sessionsOf',
  'destroyAllOf',
  'destroyByHandle',
];

type Writable<T> = { -readonly [K in keyof T]: T[K] extends object ? Writable<T[K]> : T[K] };

/** The same, writable; `merged` and `waiting` follow from other numbers. */
export type Counts = Writable<Omit<StoreStats, 'savedWrites' | 'waiting'>> & { unchanged: number };

export const createCounts = (): Counts => {
  const batch = (): Writable<BatchStats> => ({ statements: 0, calls: 0, rows: 0, largest: 0, sizes: [] });
  return {
    calls: Object.fromEntries(operations.map((operation) => [operation, 0])) as Counts['calls'],
    failures: 0,
    hits: 0,
    misses: 0,
    batches: { reads: batch(), writes: batch() },
    unchanged: 0,
    conflicts: { merged: 0, rejected: 0, retried: 0 },
    retries: 0,
    outages: 0,
    sweeps: { runs: 0, rows: 0, failures: 0 },
  };
};

/** @returns a copy, which does not change afterwards */
export const statsOf = ({ unchanged, ...counts }: Counts, waiting: number): StoreStats => {
  const { reads, writes } = counts.batches;
  return {
    ...counts,
    calls: { ...counts.calls },
    batches: {
      reads: { ...reads, sizes: [...reads.sizes] },
      writes: { ...writes, sizes: [...writes.sizes] },
    },
    savedWrites: { unchanged, merged: writes.calls - writes.rows },
    conflicts: { ...counts.conflicts },
    sweeps: { ...counts.sweeps },
    waiting,
  };
};
