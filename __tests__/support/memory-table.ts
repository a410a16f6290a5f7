/** A session table in memory, for what is tested apart from any database: what each write does to a row. */

import type { Change, KeyedChange, Row } from '../../lib/database/rows';
import { secondOf } from '../../lib/ttl';

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
  write: Change,
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
    case 'replace':
      return isLive && row.data === write.before
        ? { ...row, data: write.data, expires: write.expires ?? row.expires }
        : row;
    case 'remove':
      return undefined;
  }
};

interface MemoryTable {
  read(this: void, keys: readonly string[]): Promise<Map<string, Row>>;
  write(this: void, changes: readonly KeyedChange[]): Promise<ReadonlySet<string> | undefined>;
}

/**
 * @param rows where the sessions are
 * @param check throws for data that no row can hold
 */
export const memoryTable = (
  rows: Map<string, MemoryRow>,
  check: (rows: readonly { id: string; data: string }[]) => void = () => undefined,
): MemoryTable => {
  let created = 0;
  const now = (): number => secondOf(Date.now());

  return {
    read: (keys) => {
      const found = keys.map((key) => [key, rows.get(key)] as const);
      return Promise.resolve(
        new Map(
          found.flatMap(([key, row]) =>
            row !== undefined && row.expires > now() ? [[key, { data: row.data, expires: row.expires }]] : [],
          ),
        ),
      );
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- what `check` throws must be a rejection
    write: async (changes) => {
      check(changes.flatMap(({ key, change }) => ('data' in change ? [{ id: key, data: change.data }] : [])));
      const replaced = new Set<string>();
      for (const { key, change } of changes) {
        const before = rows.get(key);
        const row = rowAfter(before, change, now(), () => (created += 1));
        if (row === undefined) rows.delete(key);
        else rows.set(key, row);
        if (row !== before) replaced.add(key);
      }
      return changes[0]?.change.kind === 'replace' ? replaced : undefined;
    },
  };
};
