/** What a store has done since it was made, in numbers. */

import type { SessionStoreOperation } from '../errors';

/** Statements that read, or that write, and how many calls shared them. */
export interface BatchStats {
  /** How many there were, without those that were sent again, whole or in parts. */
  readonly statements: number;
  /**
   * How many calls of `get`, or of `set`, `destroy` and `touch`, they answered. A call that needs several statements
   * counts in each: with `hashIds: 'migrate'`, that is nearly every call.
   */
  readonly calls: number;
  /** How many rows they were about: fewer than calls, where several calls for one session waited for the same statement. */
  readonly rows: number;
  /** The most rows of one statement. */
  readonly largest: number;
  /** How many statements were of 1 row, of 2-3, of 4-7, of 8-15 and so on; as long as there were any that large. */
  readonly sizes: readonly number[];
}

/** A snapshot of a store: counts since it was made, and how many calls are waiting now. */
export interface StoreStats {
  /** Calls of each method; of `entries`, its pages. */
  readonly calls: Readonly<Record<SessionStoreOperation, number>>;
  /** Calls that failed: that rejected or, with `writeErrors: 'emit'`, would have. */
  readonly failures: number;
  /** Calls of `get` that found a session. */
  readonly hits: number;
  /** Calls of `get` that found none. */
  readonly misses: number;
  readonly batches: { readonly reads: BatchStats; readonly writes: BatchStats };
  /** Writes that the database was spared. */
  readonly savedWrites: {
    /** Calls of `set` and `touch` with a loaded session that had not changed, and whose expiry had not moved on. */
    readonly unchanged: number;
    /** Writes that a later one of the same session was merged with. */
    readonly merged: number;
  };
  /** Statements that were sent again, because of failures that pass by themselves. */
  readonly retries: number;
  /** Outages that began, the one under way included. */
  readonly outages: number;
  readonly sweeps: {
    /** How many were begun, by the store itself or by `gc`. */
    readonly runs: number;
    /** Expired rows that they removed. */
    readonly rows: number;
    /** How many of them failed. */
    readonly failures: number;
  };
  /** Calls under way now, of `maxPending` at most. */
  readonly waiting: number;
}

/** All of them. */
export const operations: readonly SessionStoreOperation[] = [
  'get',
  'set',
  'destroy',
  'touch',
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

/** The same, to be counted up; `merged` and `waiting` follow from other numbers. */
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
    retries: 0,
    outages: 0,
    sweeps: { runs: 0, rows: 0, failures: 0 },
  };
};

/** Counts one statement of so many rows, for so many calls. */
export const countBatch = (batch: Counts['batches']['reads'], rows: number, calls: number): void => {
  batch.statements += 1;
  batch.calls += calls;
  batch.rows += rows;
  batch.largest = Math.max(batch.largest, rows);
  const size = Math.floor(Math.log2(rows));
  while (batch.sizes.length <= size) batch.sizes.push(0);
  batch.sizes[size] = (batch.sizes[size] ?? 0) + 1;
};

/** @returns a copy, which counts no further */
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
    sweeps: { ...counts.sweeps },
    waiting,
  };
};
