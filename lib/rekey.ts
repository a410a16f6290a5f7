/** Brings the rows of a table to what the options ask for: ids hashed, data sealed with the first secret, owners named. */

import type { Knex } from 'knex';
import { checkBatchSize, pages } from './entries';
import { isHashed, keysOfRow } from './id';
import type { StoreOptions } from './options';
import { createRetries, waitingFor, type Retry } from './retry';
import type { StoredSession } from './statements';
import { openStorage } from './storage';
import { secondOf } from './ttl';

/** How far it has come, in rows. */
export interface RekeyProgress {
  /** Live when it began. */
  readonly total: number;
  /** Looked at. */
  readonly seen: number;
  /** Changed, of those. */
  readonly changed: number;
  /** Left as they are, of those: they hold no session that can be read with these options. */
  readonly unreadable: number;
}

export interface RekeyOptions {
  /** Rows that are read, and changed, at a time. @defaultValue 500 */
  batchSize?: number;
  /** Told after each batch. */
  onProgress?: (progress: RekeyProgress) => void;
  /** Ends it after the batch under way. */
  signal?: AbortSignal;
}

type Outcome = 'right' | 'changed' | 'unreadable';

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
  { batchSize = 500, onProgress, signal }: RekeyOptions = {},
): Promise<RekeyProgress> => {
  checkBatchSize('rekey', batchSize);
  const nobody = { unavailable: () => undefined, available: () => undefined };
  const { retry, patience } = createRetries(options.retryTimeout, nobody);
  /** Nobody waits for a single statement of it; each may be repeated for as long as a call of the store. */
  const inTime: Retry = (work, _waiting, isLast) => retry(work, [waitingFor(options.retryTimeout)], isLast);
  const repeated = <T>(work: () => Promise<T>): Promise<T> => inTime(work, []);
  const { table, records, batch, rows, keysOf } = openStorage(
    knex,
    options,
    { retry: inTime, patience },
    (read) => read(),
  );

  const bring = async (id: string, row: StoredSession, left = tries): Promise<Outcome> => {
    const { key } = keysOfRow(id, keysOf);
    let content;
    try {
      content = records.rewrite(row, id, key);
    } catch {
      return 'unreadable';
    }
    if (content === undefined) return 'right';
    const moved = await rows.move(id, key, row.data, content, { over: false });
    if (moved !== undefined && (id !== key || records.rewrite(moved, key, key) === undefined)) {
      // Both were there: the one under the digest counts, as for the store.
      if (id !== key) await batch.write(id, { kind: 'remove' });
      return 'changed';
    }
    const now = await batch.read(id);
    // It has ended, or the app has brought it there itself.
    if (now === undefined) return 'changed';
    if (left > 1) return bring(id, now, left - 1);
    throw new Error(
      `a row was saved ${tries} times while it was to be changed; try again when less is going on`,
    );
  };

  let progress: RekeyProgress = {
    total: await repeated(() => table.count(secondOf(Date.now()))),
    seen: 0,
    changed: 0,
    unreadable: 0,
  };
  /** Rows that have moved to where they will be met again. */
  let ahead = 0;
  for await (const page of pages(table, batchSize, repeated)) {
    const results = await Promise.all(page.map((row) => bring(row.id, row)));
    const count = (outcome: Outcome): number => results.filter((result) => result === outcome).length;
    const again = Math.min(ahead, page.filter(({ id }, n) => results[n] === 'right' && isHashed(id)).length);
    const moved = page.filter(({ id }, n) => results[n] === 'changed' && keysOfRow(id, keysOf).key > id);
    ahead += moved.length - again;
    progress = {
      total: progress.total,
      seen: progress.seen + page.length - again,
      changed: progress.changed + count('changed'),
      unreadable: progress.unreadable + count('unreadable'),
    };
    onProgress?.(progress);
    if (signal?.aborted === true) break;
  }
  return progress;
};
