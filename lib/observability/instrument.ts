/** What goes on in a store, told to whoever looks: counted for `stats`, and published on channels. */

import { createHash } from 'node:crypto';
import {
  createTrace,
  publish,
  type BatchTrace,
  type EventName,
  type OperationTrace,
  type SweepTrace,
  type Trace,
} from './channels';
import { logIfAsked } from './debug-log';
import type { SessionStoreOperation } from '../errors';
import { countBatch, createCounts, operations, statsOf, type StoreStats } from './stats';

export interface Observer {
  /**
   * A call of one of the store's methods; for `entries`, of a page.
   *
   * @param sid of its session, if it has one
   * @returns what `work` does
   */
  call<T>(this: void, operation: SessionStoreOperation, work: () => Promise<T>, sid?: unknown): Promise<T>;
  /** A statement about so many rows, for so many calls. */
  batch(
    this: void,
    kind: BatchTrace['kind'],
    rows: number,
    calls: number,
    work: () => Promise<void>,
  ): Promise<void>;
  sweep(this: void, work: () => Promise<number>): Promise<number>;
  /** A `set` that had nothing to write. */
  unchanged(this: void): void;
  event(this: void, name: EventName, error?: unknown): void;
  stats(this: void, waiting: number): StoreStats;
}

/**
 * Not the digest that a row lies under, nor the one that a handle begins with: who reads a log shall know neither.
 *
 * @returns 16 characters of base64url: 96 bits
 */
const nameOf = (sid: string): string =>
  createHash('sha256').update(`trace ${sid}`, 'utf16le').digest('base64url').slice(0, 16);

/** What an operation came to, as far as it may be told. */
const outcomeOf = (
  operation: SessionStoreOperation,
  result: unknown,
): Pick<OperationTrace, 'found' | 'rows'> => {
  if (operation === 'get') return { found: result !== null };
  if (typeof result === 'boolean') return { found: result };
  if (typeof result === 'number') return { rows: result };
  return Array.isArray(result) ? { rows: result.length } : {};
};

export const createObserver = (tableName: string): Observer => {
  logIfAsked();
  const counts = createCounts();
  const traces = Object.fromEntries(
    operations.map((operation) => [operation, createTrace(operation)]),
  ) as Record<SessionStoreOperation, Trace>;
  const traceBatch = createTrace('batch');
  const traceSweep = createTrace('sweep');

  const contextOf = (operation: SessionStoreOperation, sid: unknown): OperationTrace => {
    if (typeof sid !== 'string') return { operation, tableName };
    let name: string | undefined;
    return {
      operation,
      tableName,
      get session() {
        name ??= nameOf(sid);
        return name;
      },
    };
  };

  return {
    call: async (operation, work, sid) => {
      counts.calls[operation] += 1;
      try {
        const result = await traces[operation](
          () => contextOf(operation, sid),
          work,
          (context, result) => Object.assign(context, outcomeOf(operation, result)),
        );
        if (operation === 'get') counts[result === null ? 'misses' : 'hits'] += 1;
        return result;
      } catch (error) {
        counts.failures += 1;
        throw error;
      }
    },

    batch: (kind, rows, calls, work) => {
      countBatch(counts.batches[kind === 'read' ? 'reads' : 'writes'], rows, calls);
      return traceBatch(() => ({ tableName, kind, rows, calls }), work);
    },

    sweep: async (work) => {
      counts.sweeps.runs += 1;
      try {
        const newContext = (): SweepTrace => ({ tableName });
        const rows = await traceSweep(newContext, work, (context, removed) => {
          context.rows = removed;
        });
        counts.sweeps.rows += rows;
        return rows;
      } catch (error) {
        counts.sweeps.failures += 1;
        throw error;
      }
    },

    unchanged: () => {
      counts.unchanged += 1;
    },

    event: (name, error) => {
      if (name === 'retry') counts.retries += 1;
      if (name === 'unavailable') counts.outages += 1;
      publish(name, () => (error === undefined ? { tableName } : { tableName, error }));
    },

    stats: (waiting) => statsOf(counts, waiting),
  };
};
