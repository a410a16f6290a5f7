/** When to sweep expired rows, and the sweep: chunk after chunk, one at a time. */

import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { SessionTable } from './database/rows';
import { sweptFrom } from './ttl';

/** The result of one step of a sweep. */
export interface Chunk {
  /** Whether there may be more expired rows. */
  full: boolean;
  /** How many rows it deleted. */
  removed: number;
  /** When its last row expired, in seconds since the epoch. */
  last: number;
}

/** Deletes some expired rows, beginning with those that expired at `from`, in seconds since the epoch. */
export const sweepStep = async (
  table: Pick<SessionTable, 'expired' | 'removeExpired' | 'sweepRows'>,
  from: number,
): Promise<Chunk> => {
  const rows = await table.expired(from, table.sweepRows);
  const last = rows[rows.length - 1];
  if (last === undefined) return { full: false, removed: 0, last: from };
  const keys = rows.map(({ id }) => id).sort();
  return {
    full: rows.length === table.sweepRows,
    removed: await table.removeExpired(keys),
    last: last.expires,
  };
};

/**
 * @param frequency about how many calls lie between two sweeps; 0: no sweeps
 * @param deleteChunk deletes some expired rows, beginning with those that expired at `from`, in seconds since the epoch
 * @param onError called when a background sweep fails
 * @param random returns a number from 0 up to 1, as Math.random does
 * @param observe runs each sweep
 */
export const createGc = (
  frequency: number,
  deleteChunk: (from: number) => Promise<Chunk>,
  onError: (error: unknown) => void,
  random: () => number = Math.random,
  observe: (sweep: () => Promise<number>) => Promise<number> = (sweep) => sweep(),
) => {
  let stopped = false;
  let sweeping: Promise<number> | undefined;

  // From half to one and a half times the frequency: processes that start together drift apart.
  const nextWait = (): number =>
    frequency > 0 ? Math.max(1, Math.round(frequency * (0.5 + random()))) : Infinity;
  let wait = nextWait();

  const sweepAll = async (): Promise<number> => {
    let removed = 0;
    // Each step begins where the last one ended: deleted rows may still lie in the index, and need not be read again.
    let from = sweptFrom(Date.now());
    while (!stopped) {
      const chunk = await deleteChunk(from);
      removed += chunk.removed;
      // No progress: another process is sweeping these rows, or holds locks on them.
      if (!chunk.full || !(chunk.removed > 0 || chunk.last > from)) break;
      from = chunk.last;
      // better-sqlite3 answers within the same turn of the event loop: without this one, a sweep would block the app.
      await turnOfTheLoop();
    }
    return removed;
  };

  /** Sweeps now, or joins the running sweep. Resolves with the number of rows deleted. */
  const sweep = (): Promise<number> => {
    sweeping ??= observe(sweepAll).finally(() => {
      sweeping = undefined;
    });
    return sweeping;
  };

  /** Counts one call; starts a sweep in the background when it is time. */
  const count = (): void => {
    wait -= 1;
    if (wait > 0) return;
    wait = nextWait();
    if (!stopped && sweeping === undefined) sweep().catch(onError);
  };

  /** Ends a sweep after its current chunk and starts no other. Resolves when none is running. */
  const stop = async (): Promise<void> => {
    stopped = true;
    await sweeping?.catch(() => undefined);
  };

  return { count, sweep, stop };
};
