/** When to sweep expired rows, and the sweep: chunk after chunk, one at a time. */

/** Rows that one statement of a sweep deletes at most: few enough that no lock is held for long. */
export const sweepChunk = 1_000;

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
 * @param deleteChunk deletes at most {@link sweepChunk} expired rows, resolves with how many there were
 * @param onError told of a background sweep's failure
 * @param random a number from 0 up to 1, as Math.random
 */
export const createGc = (
  frequency: number,
  deleteChunk: (limit: number) => Promise<number>,
  onError: (error: unknown) => void,
  random: () => number = Math.random,
): Gc => {
  let stopped = false;
  let sweeping: Promise<number> | undefined;

  // From half to one and a half times the frequency: processes that start together drift apart.
  const nextWait = (): number =>
    frequency > 0 ? Math.max(1, Math.round(frequency * (0.5 + random()))) : Infinity;
  let wait = nextWait();

  const sweepAll = async (): Promise<number> => {
    let removed = 0;
    while (!stopped) {
      const count = await deleteChunk(sweepChunk);
      removed += count;
      // Not `<`: if a count were no number, the loop must end, too.
      if (!(count >= sweepChunk)) break;
    }
    return removed;
  };

  const sweep = (): Promise<number> => {
    sweeping ??= sweepAll().finally(() => {
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
