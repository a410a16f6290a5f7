/** Brings the rows of a table to what the options ask for: ids hashed, data encrypted with the first secret, users stored. */

import type { Knex } from 'knex';
import { createBatcher, sessionBatches } from '../batch/batcher';
import { createRowKeys, isHashed, keysOfRow } from '../crypto/row-key';
import { isForward, type Row, type SessionRow } from '../database/rows';
import { openTable } from '../database/table';
import { deadlineIn } from '../resilience/deadline';
import { createRetries, withRetry, type OutageListener, type Retry } from '../resilience/retry';
import { isTransient } from '../resilience/transient';
import type { StoreOptions } from '../types';
import { checkBatchSize, pages } from './entries';
import { createMoveRow } from './id-migration';
import { createSerializer } from './serializer';

/** In rows. */
export interface RekeyProgress {
  /** Live when it began, or seen since, if that is more. */
  readonly total: number;
  /** Looked at. Rows that get another key are met again, and not counted twice, as far as that can be told. */
  readonly seen: number;
  /** Changed, of those. */
  readonly changed: number;
  /** Left as they are, of those: not readable as sessions with these options, or the database refused the change. */
  readonly unreadable: number;
}

export interface RekeyOptions {
  /** Rows to read and change at a time; all of them are held in memory. @defaultValue 100 */
  batchSize?: number;
  /** Called after each batch. */
  onProgress?: (progress: RekeyProgress) => void;
  /** Ends it after the current batch. */
  signal?: AbortSignal;
  /** Notified when it waits for a database that is away. */
  outages?: OutageListener;
}

type Outcome = 'right' | 'changed' | 'unreadable';

/** Attempts to change a row that the app keeps saving. */
const attempts = 5;

/**
 * Safe while the app is running, if all its processes find rows under ids and digests (`hashIds: 'migrate'`), have all
 * secrets, and read what is not encrypted yet (`readPlain`). One statement changes each row, and only if it still holds
 * what was read: no save of the app is lost, and no session that it ended comes back. Rows that are already right stay
 * as they are: it can be stopped at any time, and run again. Expired rows are left to the sweep.
 *
 * @param options as `resolveOptions` returns them; without `readPlain`, rows that are not encrypted are unreadable
 * @returns how far it came; all the way, unless it was aborted
 * @throws TypeError for a bad batchSize; the driver's error if the database refuses a statement, or is away for longer
 * than `retryTimeout`
 */
export const rekey = async <S extends object>(
  knex: Knex,
  options: StoreOptions<S>,
  {
    batchSize = 100,
    onProgress,
    signal,
    outages = { unavailable: () => undefined, available: () => undefined },
  }: RekeyOptions = {},
): Promise<RekeyProgress> => {
  checkBatchSize('rekey', batchSize);
  const { retryTimeout, hashIds } = options;
  const retries = createRetries(retryTimeout, outages);
  /** No caller waits for its statements: each is retried for as long as a call of the store would be. */
  const retryForCall: Retry = (work, _deadline, isFinal) =>
    retries.retry(work, deadlineIn(retryTimeout), isFinal);
  const repeated = <T>(work: () => Promise<T>): Promise<T> => retries.retry(work, deadlineIn(retryTimeout));

  const table = openTable(knex, options, retries);
  const rows = createBatcher(withRetry(table, retryForCall), sessionBatches(table, retryTimeout > 0));
  const { rewrite } = createSerializer(options, table.asciiOnly);
  const keysOf = createRowKeys(hashIds);
  const moveRow = createMoveRow(rows, (key) => repeated(() => table.removeExpired([key])));

  /** Gives the row the content, and the key, that it should have. */
  const rewriteRow = async (id: string, row: Row, left = attempts): Promise<Outcome> => {
    const { key } = keysOfRow(id, keysOf);
    const content = rewrite(row, id, key);
    if (content === undefined) return 'right';
    const moved = await moveRow({ from: id, to: key, before: row.data, content });
    if (moved !== undefined && id !== key) {
      // If both rows exist, the one under the digest counts, as for the store; it is met, too.
      await rows.write(id, { kind: 'remove' });
      return 'changed';
    }
    const now = moved ?? (await rows.read(id));
    // It has ended, or the app itself has brought it there.
    if (now === undefined || isForward(now) || now.data === content.data) return 'changed';
    if (left > 1) return rewriteRow(id, now, left - 1);
    throw new Error(`the row was saved each of ${attempts} times that it was to be changed`);
  };

  /** A row that is refused must not stop the others; an outage does. */
  const rewriteOrSkip = ({ id, ...row }: SessionRow): Promise<Outcome> =>
    rewriteRow(id, row).catch((error: unknown) => {
      if (isTransient(error)) throw error;
      return 'unreadable';
    });

  const live = await repeated(table.count);
  const hashedBefore = hashIds === false ? 0 : await repeated(table.countHashed);
  let progress: RekeyProgress = { total: live, seen: 0, changed: 0, unreadable: 0 };
  /** Rows met under ids, and under digests: the latter include rows that have moved ahead. */
  const met = { plain: 0, hashed: 0 };
  const isAborted = (): boolean => signal?.aborted === true;
  if (isAborted()) return progress;
  for await (const page of pages(table, batchSize, repeated)) {
    const results = await Promise.all(page.map(rewriteOrSkip));
    const count = (outcome: Outcome): number => results.filter((result) => result === outcome).length;
    const hashed = hashIds === false ? 0 : page.filter(({ id }) => isHashed(id)).length;
    met.plain += page.length - hashed;
    met.hashed += hashed;
    const seen = met.plain + Math.min(met.hashed, hashedBefore);
    progress = {
      total: Math.max(progress.total, seen),
      seen,
      changed: progress.changed + count('changed'),
      unreadable: progress.unreadable + count('unreadable'),
    };
    onProgress?.(progress);
    if (isAborted()) break;
  }
  return progress;
};
