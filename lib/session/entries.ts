/** Iterates over all live sessions, page by page. */

import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { SessionRow, SessionTable } from '../database/rows';
import { kindOf, type SessionStoreOperation } from '../errors';
import { checkNames } from '../options';
import type { Limit } from '../resilience/limit';
import { dateOf, lifetimeInSeconds } from '../ttl';
import type { EntriesOptions, SessionEntry } from '../types';

/** Reads many rows as sessions. */
export interface RowReader<S extends object> {
  /** @returns undefined if the row cannot be read as a session, which has been reported */
  deserialize(this: void, operation: SessionStoreOperation, row: SessionRow): S | undefined;
  /** The times of a row, as users see them. */
  timesOf(this: void, row: SessionRow): { created: Date | null; updated: Date | null; expires: Date };
}

/** @param absoluteLifetime ms */
export const timesWithin =
  (absoluteLifetime = Infinity): RowReader<object>['timesOf'] =>
  ({ created, updated, expires }) => {
    const end = created === null ? Infinity : created + lifetimeInSeconds(absoluteLifetime);
    return {
      created: created === null ? null : dateOf(created),
      updated: updated === null ? null : dateOf(updated),
      expires: dateOf(Math.min(expires, end)),
    };
  };

/** The most rows of one page. */
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
 * Live rows by ranges of their keys. Each page is a statement of its own: no transaction or connection is held between
 * two pages.
 *
 * @param send runs the statement of a page
 * @throws Error if keys do not come back as they are stored: reading on behind them would never end
 */
export async function* pages(
  table: Pick<SessionTable, 'page'>,
  batchSize: number,
  send: <T>(work: () => Promise<T>) => Promise<T>,
): AsyncGenerator<SessionRow[], void, undefined> {
  let after = '';
  // Pages that come round again meet this key again. It is replaced at ever longer distances (Brent's algorithm).
  let met: string | undefined;
  for (let page = 1, milestone = 1; ; page += 1) {
    const from = after;
    const rows = await send(() => table.page(from, batchSize));
    const [first, last] = [rows[0]?.id, rows[rows.length - 1]?.id];
    if (first === undefined || last === undefined) return;
    if (first === met || last === from) {
      throw new Error(
        'the table holds ids that do not come back as they are stored, and reading on behind them would not end; ' +
          'does the connection use the character set of the table?',
      );
    }
    if (page === milestone) {
      met = first;
      milestone *= 2;
    }
    yield rows;
    if (rows.length < batchSize) return;
    after = last;
    // better-sqlite3 answers within the same turn of the event loop: without this one, reading on would block the app.
    await turnOfTheLoop();
  }
}

/** @param observe runs the work for each page */
export const createEntries = <S extends object>(
  table: SessionTable,
  limit: Limit,
  { deserialize, timesOf }: RowReader<S>,
  observe: <T>(operation: 'entries', work: () => Promise<T>) => Promise<T>,
) => {
  async function* read(batchSize: number): AsyncGenerator<SessionEntry<S>, void, undefined> {
    const send = <T>(work: () => Promise<T>): Promise<T> =>
      observe('entries', () => limit.withoutDeadline('entries', () => limit.repeated(work)));
    for await (const rows of pages(table, batchSize, send)) {
      for (const row of rows) {
        const session = deserialize('entries', row);
        if (session !== undefined) yield { id: row.id, session, ...timesOf(row) };
      }
    }
  }

  /** Not a generator itself: bad options throw at once, not with the first session. */
  return (options: EntriesOptions = {}): AsyncIterableIterator<SessionEntry<S>> => {
    checkNames('entries', options, 'batchSize');
    return read(checkBatchSize('entries', options.batchSize ?? 100));
  };
};
