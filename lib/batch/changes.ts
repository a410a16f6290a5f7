/** Batches and sweeps in terms of the session table: what they read and write, and what two writes of one row come to. */

import type { BatchStatements, KeyedWrite } from './batcher';
import type { Move, Row } from '../database/dialects/dialect';
import type { Chunk } from '../gc';
import { isLocked, isPassing } from '../resilience/transient';
import type { Content } from '../session/serializer';
import type { SessionTable } from '../database/table';
import { secondOf } from '../ttl';

/** What a call does to the row of its key. `expires` is in seconds since the epoch. */
export type Write =
  /** Insert the row, or replace it. */
  | (Content & { readonly kind: 'upsert'; readonly expires: number })
  /** Replace the row if it is live: a session that has ended stays ended. */
  | (Content & { readonly kind: 'update'; readonly expires: number })
  /** Move the expiry of the row if it is live. */
  | { readonly kind: 'touch'; readonly expires: number }
  | { readonly kind: 'remove' }
  /** Give the row another key, or the same, and other content, if it is live and its data is what it was. */
  | (Content & { readonly kind: 'move'; readonly to: string; readonly before: string });

/** What is read of a row. */
export type StoredSession = Omit<Row, 'id'>;

const asStored = ([data, expires, user]: unknown[]): StoredSession => ({
  data: data as string,
  expires: Number(expires),
  ...(user === undefined ? {} : { user: user as string | null }),
});

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

/** Touches share a statement when they move to the same second. */
const groupOf = (write: Write): string => (write.kind === 'touch' ? `touch ${write.expires}` : write.kind);

const bytesOf = (write: Write): number =>
  ('data' in write ? Buffer.byteLength(write.data) : 0) +
  ('before' in write ? Buffer.byteLength(write.before) : 0);

const asRow = ({ key, write }: KeyedWrite<Write>): Row => {
  const { data, expires, user } = write as Extract<Write, { data: string; expires: number }>;
  return { id: key, data, expires, user: user ?? null };
};

const asMove = ({ key, write }: KeyedWrite<Write>): Move => {
  const { to, before, data, user } = write as Extract<Write, { kind: 'move' }>;
  return { from: key, to, before, after: data, user: user ?? null };
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
    return new Map(rows.map(([id, ...content]) => [String(id), asStored(content)]));
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
        return table.move(writes.map(asMove), now);
    }
  },

  groupOf,
  bytesOf,
  merge: mergeWrites,
  isRowsFault: (error) => !isPassing(error),
  isLocked: (error) => repeats && isLocked(error),
});

/** A live row of a page, or of a user's. */
export interface WholeRow extends StoredSession {
  readonly id: string;
  /** In seconds since the epoch; null where nobody knows. */
  readonly created: number | null;
  readonly updated: number | null;
}

export const asWholeRow = ([id, data, expires, user, created, updated]: unknown[]): WholeRow => {
  const seconds = (value: unknown): number | null => (value === null ? null : Math.floor(Number(value)));
  return {
    id: String(id),
    ...asStored([data, expires, user]),
    created: seconds(created),
    updated: seconds(updated),
  };
};

/** One step of a sweep, for `createGc`. */
export const sweepStep = async (table: SessionTable, from: number): Promise<Chunk> => {
  const now = secondOf(Date.now());
  const rows = await table.expired(from, now, table.sweepRows);
  if (rows.length === 0) return { full: false, removed: 0, last: from };
  const keys = rows.map(([id]) => String(id)).sort();
  return {
    full: rows.length === table.sweepRows,
    removed: await table.removeEnded(keys, now),
    last: Number(rows.at(-1)?.[1]),
  };
};
