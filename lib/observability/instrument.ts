/** Counts and traces what a store does: its calls, the statements that they share, sweeps and events. */

import { createHash } from 'node:crypto';
import type { ObserveBatch } from '../batch/batcher';
import type { SessionStoreOperation } from '../errors';
import type { BatchTrace, OperationTrace, StoreStats, SweepTrace } from '../types';
import { createTrace, publish, type EventName, type Trace } from './channels';
import { logIfEnabled } from './debug-log';
import { createCounts, operations, statsOf, type Counts } from './stats';

/** Their first argument is the id of a session. */
const ofSessions: ReadonlySet<SessionStoreOperation> = new Set([
  'get',
  'set',
  'destroy',
  'touch',
  'update',
  'rotate',
]);

/**
 * Names a session in traces and logs. Not the digest that its row lies under, nor the one in its handle: a reader of the
 * log must learn neither.
 *
 * @returns 16 characters of base64url: 96 bits
 */
const nameOf = (sid: string): string =>
  createHash('sha256').update(`trace ${sid}`, 'utf16le').digest('base64url').slice(0, 16);

/** The part of a result that may be published. */
const outcomeOf = (
  operation: SessionStoreOperation,
  result: unknown,
): Pick<OperationTrace, 'found' | 'rows'> => {
  if (operation === 'get' || operation === 'update') return { found: result !== null };
  if (typeof result === 'boolean') return { found: result };
  if (typeof result === 'number') return { rows: result };
  return Array.isArray(result) ? { rows: result.length } : {};
};

const hasSubscribers = ({ channels }: Trace): boolean => {
  for (const channel of channels) if (channel.hasSubscribers) return true;
  return false;
};

/** Counts a statement with this many rows, for this many calls. */
export const countBatch = (batch: Counts['batches']['reads'], rows: number, calls: number): void => {
  batch.statements += 1;
  batch.calls += calls;
  batch.rows += rows;
  batch.largest = Math.max(batch.largest, rows);
  const size = Math.floor(Math.log2(rows));
  while (batch.sizes.length <= size) batch.sizes.push(0);
  batch.sizes[size] = (batch.sizes[size] ?? 0) + 1;
};

export const createInstrument = (tableName: string) => {
  logIfEnabled();
  const counts = createCounts();
  const traces = Object.fromEntries(
    operations.map((operation) => [operation, createTrace(operation)]),
  ) as Record<SessionStoreOperation, Trace>;
  const batchTrace = createTrace('batch');
  const sweepTrace = createTrace('sweep');

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

  /** Runs the work of a call; for `entries`, of a page. @param sid the id of its session, if it has one */
  const run = <T>(operation: SessionStoreOperation, work: () => Promise<T>, sid?: unknown): Promise<T> => {
    counts.calls[operation] += 1;
    const trace = traces[operation];
    const call = hasSubscribers(trace)
      ? trace.run(contextOf(operation, sid), work, (context, value) =>
          Object.assign(context, outcomeOf(operation, value)),
        )
      : work();
    return call.then(
      (result) => {
        if (operation === 'get') counts[result === null ? 'misses' : 'hits'] += 1;
        return result;
      },
      (error: unknown) => {
        counts.failures += 1;
        throw error;
      },
    );
  };

  return {
    run,
    /** A method that is counted and traced. Of its arguments, at most the session is published, by its name. */
    method:
      <A extends unknown[], T>(operation: SessionStoreOperation, method: (...args: A) => Promise<T>) =>
      (...args: A): Promise<T> =>
        run(operation, () => method(...args), ofSessions.has(operation) ? args[0] : undefined),

    batch: ((kind, rows, calls, send) => {
      countBatch(counts.batches[kind === 'read' ? 'reads' : 'writes'], rows, calls);
      if (!hasSubscribers(batchTrace)) return send();
      const context: BatchTrace = { tableName, kind, rows, calls };
      return batchTrace.run(context, send);
    }) satisfies ObserveBatch,

    sweep: async (work: () => Promise<number>): Promise<number> => {
      counts.sweeps.runs += 1;
      const context: SweepTrace = { tableName };
      try {
        const rows = await (hasSubscribers(sweepTrace)
          ? sweepTrace.run(context, work, (swept, removed) => {
              swept.rows = removed;
            })
          : work());
        counts.sweeps.rows += rows;
        return rows;
      } catch (error) {
        counts.sweeps.failures += 1;
        throw error;
      }
    },

    /** A `set` or `touch` that had nothing to write. */
    unchanged: (): void => {
      counts.unchanged += 1;
    },

    conflict: (outcome: keyof Counts['conflicts']): void => {
      counts.conflicts[outcome] += 1;
      publish('conflict', () => ({ tableName, outcome }));
    },

    event: (name: EventName, error?: unknown): void => {
      if (name === 'retry') counts.retries += 1;
      if (name === 'unavailable') counts.outages += 1;
      publish(name, () => (error === undefined ? { tableName } : { tableName, error }));
    },

    stats: (waiting: number): StoreStats => statsOf(counts, waiting),
  };
};
