/** Keeps trying to make the table ready, in the background, while calls wait for it. */

import { setTimeout as delay } from 'node:timers/promises';
import { messageOf, SessionStoreError } from './errors';

export interface Sync {
  /** Whether the table is ready: the cheap question, asked before every call. */
  isReady(this: void): boolean;
  /** Resolves when the table is ready. @throws SessionStoreError `ESYNC` after the timeout, `ESCHEMA` at once */
  ready(this: void): Promise<void>;
  /** Tries no more, once no call waits. Resolves when no attempt is under way, or after the timeout. */
  stop(this: void): Promise<void>;
}

/** The waits between attempts grow from the first to the last, in ms. */
const firstWait = 50;
const lastWait = 1_000;

/** How long one attempt may take before the next one starts beside it, in ms: its connection may hang for ever. */
const longestAttempt = 10_000;

interface Waiting {
  resolve: () => void;
  reject: (error: SessionStoreError) => void;
}

/**
 * @param prepare makes the table ready, or throws why it is not
 * @param timeout how long a call waits, in ms
 * @param onReady called once, when the table is ready
 * @param attemptTimeout how long an attempt may take until it counts as failed, in ms
 */
export const createSync = (
  prepare: () => Promise<void>,
  timeout: number,
  onReady: () => void,
  attemptTimeout = longestAttempt,
): Sync => {
  let done = false;
  let stopped = false;
  let wait = firstWait;
  let lastError: unknown;
  let retryTimer: NodeJS.Timeout | undefined;
  const waiting = new Set<Waiting>();

  const attempt = async (): Promise<void> => {
    const answered = new AbortController();
    try {
      await Promise.race([prepare().then(succeed), silence(attemptTimeout, answered.signal)]);
    } catch (error) {
      fail(error);
    } finally {
      answered.abort();
    }
  };

  /** Also called by an attempt that was given up, and succeeds after all. */
  const succeed = (): void => {
    if (stopped || done) return;
    done = true;
    clearTimeout(retryTimer);
    for (const call of waiting) call.resolve();
    onReady();
  };

  const fail = (error: unknown): void => {
    if (stopped || done) return;
    lastError = error;
    if (isFinal(error)) for (const call of waiting) call.reject(error);
    retryLater();
  };

  const retryLater = (): void => {
    // Half of the wait is random, so that processes that failed together do not come back together.
    retryTimer = setTimeout(
      () => {
        attempting = attempt();
      },
      wait * (0.5 + Math.random() / 2),
    );
    // An idle process may end while its database is away.
    retryTimer.unref();
    wait = Math.min(wait * 2, lastWait);
  };

  const timeoutError = (): SessionStoreError => {
    const reason = lastError === undefined ? 'the database did not answer' : messageOf(lastError);
    return new SessionStoreError(
      'ESYNC',
      'ready',
      `the session table was not ready within ${timeout} ms (syncTimeout): ${reason}; ` +
        'the store goes on trying',
      lastError,
    );
  };

  const ready = (): Promise<void> => {
    if (done) return Promise.resolve();
    if (isFinal(lastError)) return Promise.reject(lastError);
    return new Promise<void>((resolve, reject) => {
      const call: Waiting = {
        resolve: () => {
          leave();
          resolve();
        },
        reject: (error) => {
          leave();
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        call.reject(timeoutError());
      }, timeout);
      const leave = (): void => {
        clearTimeout(timer);
        waiting.delete(call);
      };
      waiting.add(call);
    });
  };

  const stop = async (): Promise<void> => {
    stopped = true;
    clearTimeout(retryTimer);
    // An attempt may hang for as long as Knex waits for a connection (a minute); closing need not.
    const giveUp = new AbortController();
    await Promise.race([
      attempting,
      delay(timeout, undefined, { signal: giveUp.signal }).catch(() => undefined),
    ]);
    giveUp.abort();
  };

  let attempting = attempt();

  return { isReady: () => done, ready, stop };
};

/** @throws Error after so many ms, unless the signal comes first */
const silence = async (ms: number, signal: AbortSignal): Promise<never> => {
  await delay(ms, undefined, { signal, ref: false });
  throw new Error(`the database did not answer within ${ms} ms`);
};

/** A wrong schema stays wrong until somebody changes it: no call need wait for that. */
const isFinal = (error: unknown): error is SessionStoreError =>
  error instanceof SessionStoreError && error.code === 'ESCHEMA';
