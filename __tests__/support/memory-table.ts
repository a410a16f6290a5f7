/** A session table in memory, for what is tested apart from any database: what each write does to a row. */

import type { Write } from '../../lib/batch/changes';
import type { SessionTable } from '../../lib/database/table';

export interface MemoryRow {
  data: string;
  expires: number;
  /** Which insertion made it: a row that is removed and inserted, or written after it has expired, is another one. */
  created: number;
}

/**
 * The row after a write.
 *
 * @param now seconds since the epoch
 * @param create numbers insertions
 */
export const rowAfter = (
  row: MemoryRow | undefined,
  write: Write,
  now: number,
  create: () => number,
): MemoryRow | undefined => {
  const isLive = row !== undefined && row.expires > now;
  switch (write.kind) {
    case 'upsert':
      return { data: write.data, expires: write.expires, created: isLive ? row.created : create() };
    case 'update':
      return isLive ? { ...row, data: write.data, expires: write.expires } : row;
    case 'touch':
      return isLive ? { ...row, expires: write.expires } : row;
    case 'remove':
      return undefined;
  }
};

/** What of a session table its statements use. */
type Statements = Pick<SessionTable, 'select' | 'upsert' | 'update' | 'touch' | 'remove'>;

/**
 * @param rows where the sessions are
 * @param check throws for data that no row can hold
 */
export const memoryTable = (
  rows: Map<string, MemoryRow>,
  check: (rows: readonly { id: string; data: string }[]) => void = () => undefined,
): SessionTable => {
  let created = 0;
  const write = (key: string, change: Write, now: number): void => {
    const row = rowAfter(rows.get(key), change, now, () => (created += 1));
    if (row === undefined) rows.delete(key);
    else rows.set(key, row);
  };

  const statements: Statements = {
    select: (keys, now) => {
      const found = keys.map((key) => [key, rows.get(key)] as const);
      return Promise.resolve(
        found.flatMap(([key, row]) =>
          row !== undefined && row.expires > now ? [[key, row.data, row.expires]] : [],
        ),
      );
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- what `check` throws must be a rejection
    upsert: async (written, now) => {
      check(written);
      for (const { id, data, expires } of written) write(id, { kind: 'upsert', data, expires }, now);
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- as above
    update: async (written, now) => {
      check(written);
      for (const { id, data, expires } of written) write(id, { kind: 'update', data, expires }, now);
    },
    touch: (keys, expires, now) => {
      for (const key of keys) write(key, { kind: 'touch', expires }, now);
      return Promise.resolve();
    },
    remove: (keys) => {
      for (const key of keys) rows.delete(key);
      return Promise.resolve();
    },
  };
  return statements as SessionTable;
};
