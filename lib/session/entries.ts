/** All live sessions, page by page. */

import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { Calls } from '../resilience/limit';
import { kindOf, type SessionStoreOperation } from '../errors';
import type { Observer } from '../observability/instrument';
import { checkNames } from '../rules';
import { asWholeRow, type WholeRow } from '../batch/changes';
import type { SessionTable } from '../database/table';
import { dateOf, secondOf } from '../ttl';

/** A live session, as `entries` reads it. */
export interface SessionEntry<S extends object = Record<string, any>> {
  /** Of its row: the session's id where that can be a key and is not hashed, else `sha256:` and a digest of it. */
  readonly id: string;
  readonly session: S;
  /** Null where the row does not say. */
  readonly created: Date | null;
  readonly updated: Date | null;
  readonly expires: Date;
}

export interface EntriesOptions {
  /**
   * How many rows are read, and held in memory, at a time.
   * @defaultValue 100
   */
  batchSize?: number;
}

/** What rows hold, for whoever looks at many of them. */
export interface RowReader<S extends object> {
  /** When a session of this row ends, in seconds since the epoch. */
  endOf(this: void, row: WholeRow): number;
  /** Undefined with an `error` event if the row holds no session. */
  decode(this: void, operation: SessionStoreOperation, row: WholeRow): S | undefined;
}

/** The times of a row, as they are told. */
export const timesOf = <S extends object>(
  row: WholeRow,
  { endOf }: RowReader<S>,
): { created: Date | null; updated: Date | null; expires: Date } => ({
  created: row.created === null ? null : dateOf(row.created),
  updated: row.updated === null ? null : dateOf(row.updated),
  expires: dateOf(endOf(row)),
});

/** The most rows of one statement that reads them. */
const largestBatch = 10_000;

/** @throws TypeError that says what is valid */
export const checkBatchSize = (caller: string, batchSize: unknown): number => {
  if (Number.isInteger(batchSize) && (batchSize as number) >= 1 && (batchSize as number) <= largestBatch) {
    return batchSize as number;
  }
  const came = typeof batchSize === 'number' ? batchSize : kindOf(batchSize);
  throw new TypeError(
    `${caller}: batchSize must be a whole number from 1 to ${largestBatch}, but is ${came}`,
  );
};

/**
 * Live rows by ranges of their keys: each page is a statement of its own, so that neither a transaction nor a
 * connection is held between two of them.
 *
 * @param next runs the statement of a page
 * @throws Error if the keys do not come back as they are stored, so that there would be no end
 */
export async function* pages(
  table: Pick<SessionTable, 'page'>,
  batchSize: number,
  next: <T>(work: () => Promise<T>) => Promise<T>,
): AsyncGenerator<WholeRow[], void, undefined> {
  let after = '';
  // Pages that come round again meet this key again, which is another one the longer it takes (Brent's algorithm).
  let met: string | undefined;
  for (let page = 1, milestone = 1; ; page += 1) {
    const from = after;
    const found = await next(() => table.page(from, secondOf(Date.now()), batchSize));
    const rows = found.map(asWholeRow);
    const [first, last] = [rows[0]?.id, rows.at(-1)?.id];
    if (first === undefined || last === undefined) return;
    if (first === met || last === from) {
      throw new Error(
        'the table holds ids that do not come back as they are stored, so that there is no reading on behind them; ' +
          'is the character set of the connection that of the table?',
      );
    }
    if (page === milestone) {
      met = first;
      milestone *= 2;
    }
    yield rows;
    if (rows.length < batchSize) return;
    after = last;
    // better-sqlite3 answers without a turn of the event loop: without this one, reading on would stop the app.
    await turnOfTheLoop();
  }
}

/** @param observe told of each page */
export const createEntries = <S extends object>(
  table: SessionTable,
  calls: Calls,
  reader: RowReader<S>,
  observe: Observer['call'],
) => {
  async function* read(batchSize: number): AsyncGenerator<SessionEntry<S>, void, undefined> {
    const next = <T>(work: () => Promise<T>): Promise<T> =>
      observe('entries', () => calls.atLeisure('entries', () => calls.repeated(work)));
    for await (const rows of pages(table, batchSize, next)) {
      for (const row of rows) {
        const session = reader.decode('entries', row);
        if (session !== undefined) yield { id: row.id, session, ...timesOf(row, reader) };
      }
    }
  }

  /** Not a generator itself: bad options throw at once, not with the first session. */
  return (options: EntriesOptions = {}): AsyncIterableIterator<SessionEntry<S>> => {
    checkNames('entries', options, 'batchSize');
    return read(checkBatchSize('entries', options.batchSize ?? 100));
  };
};
