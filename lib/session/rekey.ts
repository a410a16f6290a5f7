/** Brings the rows of a table to what the options ask for: ids hashed, data sealed with the first secret, owners named. */

import type { Knex } from 'knex';
import { checkBatchSize, pages } from './entries';
import { isHashed, keysOfRow } from '../crypto/row-key';
import type { StoreOptions } from '../options';
import { createRetries, waitingFor, type OutageListener, type Retry } from '../resilience/retry';
import { isPassing } from '../resilience/transient';
import type { StoredSession, WholeRow } from '../batch/changes';
import { openStorage } from './storage';
import { secondOf } from '../ttl';

/** How far it has come, in rows. */
export interface RekeyProgress {
  /** Live when it began, or seen meanwhile, if that is more. */
  readonly total: number;
  /** Looked at, once each as far as that can be told: those that get another key are met again, and not counted. */
  readonly seen: number;
  /** Changed, of those. */
  readonly changed: number;
  /** Left as they are, of those: they hold no session that can be read with these options, or their change is refused. */
  readonly unreadable: number;
}

export interface RekeyOptions {
  /** Rows that are read, and changed, at a time: all of them are held in memory. @defaultValue 100 */
  batchSize?: number;
  /** Told after each batch. */
  onProgress?: (progress: RekeyProgress) => void;
  /** Ends it after the batch under way. */
  signal?: AbortSignal;
  /** Told when it waits for a database that is away. */
  outages?: OutageListener;
}

type Outcome = 'right' | 'changed' | 'unreadable';

const nobody: OutageListener = { unavailable: () => undefined, available: () => undefined };

/** How often a row is looked at again that the app saves between the look and the change. */
const tries = 5;

/**
 * Safe while the app runs, if all its processes find rows under ids and digests (`hashIds: 'migrate'`), know all secrets
 * and read what is not sealed yet (`readPlain`): each row is changed by one statement, and only if it still holds what
 * was read, so that nothing that the app saves is lost, and no session that it ends comes back. What is right already
 * is left alone: it can be stopped at any time, and run again. Expired rows are left to the sweep.
 *
 * @param options as of `resolveOptions`; rows in the clear are unreadable without `readPlain`, as for the store
 * @returns how far it came; all the way, unless it was aborted
 * @throws TypeError for a bad batchSize; the driver's error when the database refuses a statement, or is away for longer
 * than `retryTimeout`
 */
export const rekey = async <S extends object>(
  knex: Knex,
  options: StoreOptions<S>,
  { batchSize = 100, onProgress, signal, outages = nobody }: RekeyOptions = {},
): Promise<RekeyProgress> => {
  checkBatchSize('rekey', batchSize);
  const { retry, patience } = createRetries(options.retryTimeout, outages);
  /** Nobody waits for a single statement of it; each may be repeated for as long as a call of the store. */
  const inTime: Retry = (work, _waiting, isLast) => retry(work, [waitingFor(options.retryTimeout)], isLast);
  const repeated = <T>(work: () => Promise<T>): Promise<T> => inTime(work, []);
  const { table, records, batch, rows, keysOf } = openStorage(
    knex,
    options,
    { retry: inTime, patience },
    (read) => read(),
  );

  /** The row with what it is to hold, under the key that it is to have. */
  const rewriteRow = async (id: string, row: StoredSession, left = tries): Promise<Outcome> => {
    const { key } = keysOfRow(id, keysOf);
    const content = records.rewrite(row, id, key);
    if (content === undefined) return 'right';
    const moved = await rows.move({ from: id, to: key, before: row.data, content });
    if (moved !== undefined && id !== key) {
      // Where both are there, the one under the digest counts, as for the store; it is met, too.
      await batch.write(id, { kind: 'remove' });
      return 'changed';
    }
    const now = moved ?? (await batch.read(id));
    // It has ended, or the app has brought it there itself.
    if (now === undefined || now.data === content.data) return 'changed';
    if (left > 1) return rewriteRow(id, now, left - 1);
    throw new Error(`the row was saved each of ${tries} times that it was to be changed`);
  };

  /** What one row is refused for must not stop the others; an outage does. */
  const bring = ({ id, ...row }: WholeRow): Promise<Outcome> =>
    rewriteRow(id, row).catch((error: unknown) => {
      if (isPassing(error)) throw error;
      return 'unreadable';
    });

  const countHashed = async (): Promise<number> =>
    options.hashIds === false ? 0 : repeated(() => table.countHashed(secondOf(Date.now())));

  const live = await repeated(() => table.count(secondOf(Date.now())));
  const hashedBefore = await countHashed();
  let progress: RekeyProgress = { total: live, seen: 0, changed: 0, unreadable: 0 };
  /** Rows met under ids, and under digests: among the latter, all that have moved ahead. */
  const met = { plain: 0, hashed: 0 };
  const isAborted = (): boolean => signal?.aborted === true;
  if (isAborted()) return progress;
  for await (const page of pages(table, batchSize, repeated)) {
    const results = await Promise.all(page.map(bring));
    const count = (outcome: Outcome): number => results.filter((result) => result === outcome).length;
    const hashed = options.hashIds === false ? 0 : page.filter(({ id }) => isHashed(id)).length;
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
