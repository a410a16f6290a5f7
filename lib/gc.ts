/** When to sweep expired rows, and the sweep: chunk after chunk, one at a time. */

import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

/** What one step of a sweep did. */
export interface Chunk {
  /** Whether there may be more expired rows. */
  full: boolean;
  /** How many rows it removed. */
  removed: number;
  /** When the last of its rows had expired, in seconds since the epoch. */
  last: number;
}

export interface Gc {
  /** Counts one request; starts a sweep in the background when its time has come. */
  count(this: void): void;
  /** Sweeps now, or joins the sweep under way. Resolves with the number of rows removed. */
  sweep(this: void): Promise<number>;
  /** Ends a sweep after its current chunk and starts no other. Resolves when none is under way. */
  stop(this: void): Promise<void>;
}

/**
 * @param frequency about how many requests lie between two sweeps; 0: none
 * @param deleteChunk deletes some expired rows, beginning with those that ended at a time in seconds since the epoch
 * @param onError told of a background sweep's failure
 * @param random a number from 0 up to 1, as Math.random
 * @param observe told of each sweep, which it makes
 */
export const createGc = (
  frequency: number,
  deleteChunk: (from: number) => Promise<Chunk>,
  onError: (error: unknown) => void,
  random: () => number = Math.random,
  observe: (sweep: () => Promise<number>) => Promise<number> = (sweep) => sweep(),
): Gc => {
  let stopped = false;
  let sweeping: Promise<number> | undefined;

  // From half to one and a half times the frequency: processes that start together drift apart.
  const nextWait = (): number =>
    frequency > 0 ? Math.max(1, Math.round(frequency * (0.5 + random()))) : Infinity;
  let wait = nextWait();

  const sweepAll = async (): Promise<number> => {
    let removed = 0;
    // Each step begins where the last one ended: what it deleted may still lie in the index, and must be passed over.
    let from = Number.MIN_SAFE_INTEGER;
    while (!stopped) {
      const chunk = await deleteChunk(from);
      removed += chunk.removed;
      // No step forward: another process is sweeping these very rows, or holds locks on them.
      if (!chunk.full || !(chunk.removed > 0 || chunk.last > from)) break;
      from = chunk.last;
      // better-sqlite3 answers without a turn of the event loop: without this one, a sweep would stop the app.
      await turnOfTheLoop();
    }
    return removed;
  };

  const sweep = (): Promise<number> => {
    sweeping ??= observe(sweepAll).finally(() => {
      sweeping = undefined;
    });
    return sweeping;
  };

  const count = (): void => {
    wait -= 1;
    if (wait > 0) return;
    wait = nextWait();
    if (!stopped && sweeping === undefined) sweep().catch(onError);
  };

  const stop = async (): Promise<void> => {
    stopped = true;
    await sweeping?.catch(() => undefined);
  };

  return { count, sweep, stop };
};
