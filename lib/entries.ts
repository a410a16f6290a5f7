/** All live sessions, page by page. */

import type { Calls } from './calls';
import { kindOf } from './errors';
import { asWholeRow, type WholeRow } from './statements';
import type { SessionTable } from './table';
import { dateOf, secondOf } from './ttl';

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
 */
export async function* pages(
  table: Pick<SessionTable, 'page'>,
  batchSize: number,
  next: <T>(work: () => Promise<T>) => Promise<T>,
): AsyncGenerator<WholeRow[], void, undefined> {
  let after = '';
  for (;;) {
    const from = after;
    const found = await next(() => table.page(from, secondOf(Date.now()), batchSize));
    const rows = found.map(asWholeRow);
    if (rows.length > 0) yield rows;
    const end = rows.at(-1)?.id;
    if (end === undefined || rows.length < batchSize) return;
    after = end;
  }
}

/** What the listing needs to know of the store. */
export interface EntriesStore<S extends object> {
  /** When a session of this row ends, in seconds since the epoch. */
  endOf(this: void, row: WholeRow): number;
  /** Undefined with an `error` event if the row holds no session. */
  decode(this: void, row: WholeRow): S | undefined;
}

export const createEntries = <S extends object>(
  table: SessionTable,
  calls: Calls,
  { endOf, decode }: EntriesStore<S>,
) => {
  async function* read(batchSize: number): AsyncGenerator<SessionEntry<S>, void, undefined> {
    const next = <T>(work: () => Promise<T>): Promise<T> =>
      calls.atLeisure('entries', () => calls.repeated(work));
    for await (const rows of pages(table, batchSize, next)) {
      for (const row of rows) {
        const session = decode(row);
        if (session === undefined) continue;
        const { id, created, updated } = row;
        yield {
          id,
          session,
          created: dateOf(created),
          updated: dateOf(updated),
          expires: dateOf(endOf(row)),
        };
      }
    }
  }

  /** Not a generator itself: bad options throw at once, not with the first session. */
  return (options: EntriesOptions = {}): AsyncIterableIterator<SessionEntry<S>> => {
    const unknown = Object.keys(options).find((name) => name !== 'batchSize');
    if (unknown !== undefined) {
      throw new TypeError(`entries: unknown option ${JSON.stringify(unknown)}; valid: batchSize`);
    }
    return read(checkBatchSize('entries', options.batchSize ?? 100));
  };
};
