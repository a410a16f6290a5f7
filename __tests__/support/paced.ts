/**
 * A database as batches know it: statements take their time, each its own, and some fail. It watches that what
 * is sent keeps to what was agreed.
 */

import type { BatchOptions, BatchTable } from '../../lib/batch/batcher';

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const turns = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) await turn();
};

/** How a statement goes: the turns until it takes effect, and from then until it is answered. */
export interface Pace {
  before: number;
  after: number;
  /** Fails instead of taking effect, through no fault of its rows. */
  fails: boolean;
}

const atOnce: Pace = { before: 0, after: 0, fails: false };

/** The failure of a whole statement that passes by itself; retry.ts knows it by its code. */
export class PassingFailure extends Error {
  readonly code = 'ECONNRESET';
  constructor(readonly keys: readonly string[]) {
    super('the connection is lost');
  }
}

/** The failure of a statement that holds a row which the database refuses. */
export class RefusedRow extends Error {
  constructor(readonly keys: readonly string[]) {
    super(`refused: ${keys.join(', ')}`);
  }
}

interface Paced<R, W> {
  table: BatchTable<R, W>;
  /** What was sent that should not have been; empty, if all is well. */
  violations: readonly string[];
  sent(): number;
}

/**
 * @param table what takes effect, all at once, when the pace says so; a `RefusedRow` may be thrown then
 * @param options whose limits every statement must keep
 * @param paces one statement after the other takes the next of them, and from the first again
 */
export const atPaces = <R, W>(
  table: Pick<BatchTable<R, W>, 'read' | 'write'>,
  options: BatchOptions<R, W>,
  paces: readonly Pace[],
): Paced<R, W> => {
  const violations: string[] = [];
  const keysUnderWay = new Set<string>();
  const underWay = { read: 0, write: 0 };
  let sent = 0;

  const must = (holds: boolean, rule: string, keys: readonly string[]): void => {
    if (!holds) violations.push(`statement ${sent} of ${keys.join(', ')}: ${rule}`);
  };

  const pass = async <T>(kind: 'read' | 'write', keys: readonly string[], take: () => Promise<T>) => {
    const pace = paces[sent % paces.length] ?? atOnce;
    sent += 1;
    must(keys.length > 0 && keys.length <= options.rows, 'rows', keys);
    must(keys.join() === [...new Set(keys)].sort().join(), 'keys sorted and distinct', keys);
    must(!keys.some((key) => keysUnderWay.has(key)), 'one statement with a key under way', keys);
    keys.forEach((key) => keysUnderWay.add(key));
    underWay[kind] += 1;
    must(underWay[kind] <= options.concurrency, 'concurrency', keys);
    try {
      await turns(pace.before);
      if (pace.fails) throw new PassingFailure(keys);
      return await take();
    } finally {
      await turns(pace.after);
      underWay[kind] -= 1;
      keys.forEach((key) => keysUnderWay.delete(key));
    }
  };

  return {
    violations,
    sent: () => sent,
    table: {
      read: (keys, deadline) => pass('read', keys, () => table.read(keys, deadline)),
      write: (changes, deadline) => {
        const keys = changes.map(({ key }) => key);
        const sizes = changes.map(({ change }) => options.bytesOf(change));
        const bytes = sizes.reduce((sum, size) => sum + size, 0);
        must(bytes <= options.bytes || changes.length === 1, 'bytes', keys);
        must(new Set(changes.map(({ change }) => options.groupOf(change))).size === 1, 'one group', keys);
        return pass('write', keys, () => table.write(changes, deadline));
      },
    },
  };
};
