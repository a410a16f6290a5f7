/** Batches and sweeps in terms of the session table: what they read and write, and what two writes of one row come to. */

import type { BatchStatements, KeyedWrite } from './batch';
import type { Row } from './dialects/dialect';
import type { Chunk } from './gc';
import { isLocked, isPassing } from './passing';
import type { SessionTable } from './table';
import { secondOf } from './ttl';

/** What a call does to the row of its key. `data` is the session's text, `expires` is in seconds since the epoch. */
export type Write =
  /** Insert the row, or replace it. */
  | { readonly kind: 'upsert'; readonly data: string; readonly expires: number }
  /** Replace the row if it is live: a session that has ended stays ended. */
  | { readonly kind: 'update'; readonly data: string; readonly expires: number }
  /** Move the expiry of the row if it is live. */
  | { readonly kind: 'touch'; readonly expires: number }
  | { readonly kind: 'remove' }
  /** Give the row another key, and other data with it, if it is live and holds what it held. */
  | { readonly kind: 'move'; readonly to: string; readonly before: string; readonly after: string };

/** What is read of a row. */
export type StoredSession = Omit<Row, 'id'>;

/**
 * One write that leaves the row as these two would, one after the other.
 *
 * @returns undefined if there is none: a row that is removed and inserted is a new one, with a new `created_at`
 */
export const mergeWrites = (earlier: Write, later: Write): Write | undefined => {
  if (later.kind === 'remove') return later;
  if (earlier.kind === 'move' || later.kind === 'move') return undefined;
  if (earlier.kind === 'remove') return later.kind === 'upsert' ? undefined : earlier;
  if (later.kind === 'upsert') return later;
  if (later.kind === 'touch') return { ...earlier, expires: later.expires };
  return { ...later, kind: earlier.kind === 'upsert' ? 'upsert' : 'update' };
};

/** Touches share a statement when they move to the same second; each move has one of its own. */
const groupOf = (write: Write): string => {
  if (write.kind === 'touch') return `touch ${write.expires}`;
  return write.kind === 'move' ? `move ${write.to}` : write.kind;
};

const bytesOf = (write: Write): number => ('data' in write ? Buffer.byteLength(write.data) : 0);

const asRow = ({ key, write }: KeyedWrite<Write>): Row => {
  const { data, expires } = write as Extract<Write, { data: string }>;
  return { id: key, data, expires };
};

/**
 * The statements of a session table, for `createBatch`.
 *
 * @param repeats whether what fails for a passing reason is tried again at all
 */
export const sessionStatements = (
  table: SessionTable,
  repeats: boolean,
): BatchStatements<StoredSession, Write> => ({
  read: async (keys) => {
    const rows = await table.select(keys, secondOf(Date.now()));
    // By their own id: where the column is blind to case, a row that was found may be another session's.
    return new Map(
      rows.map(([id, data, expires]) => [String(id), { data: data as string, expires: Number(expires) }]),
    );
  },

  write: (writes) => {
    const now = secondOf(Date.now());
    const [first] = writes as [KeyedWrite<Write>];
    const keys = (): string[] => writes.map(({ key }) => key);
    switch (first.write.kind) {
      case 'upsert':
        return table.upsert(writes.map(asRow), now);
      case 'update':
        return table.update(writes.map(asRow), now);
      case 'touch':
        return table.touch(keys(), first.write.expires, now);
      case 'remove':
        return table.remove(keys());
      case 'move':
        return table.move(first.key, first.write, now);
    }
  },

  groupOf,
  bytesOf,
  merge: mergeWrites,
  isRowsFault: (error) => !isPassing(error),
  isLocked: (error) => repeats && isLocked(error),
});

/** One step of a sweep, for `createGc`. */
export const sweepStep = async (table: SessionTable, from: number): Promise<Chunk> => {
  const now = secondOf(Date.now());
  const rows = await table.expired(from, now, table.sweepRows);
  if (rows.length === 0) return { full: false, removed: 0, last: from };
  const keys = rows.map(([id]) => String(id)).sort();
  return {
    full: rows.length === table.sweepRows,
    removed: await table.removeExpired(keys, now),
    last: Number(rows.at(-1)?.[1]),
  };
};
