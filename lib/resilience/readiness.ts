/** Keeps trying to make the table ready, in the background, while calls wait for it. */

import { messageOf, SessionStoreError } from '../errors';
import { backoff } from './retry';
import { within } from './within';

export interface Sync {
  /** Whether the table is ready: the cheap question, asked before every call. */
  isReady(this: void): boolean;
  /** Resolves when the table is ready. @throws SessionStoreError `ESYNC` after the timeout, `ESCHEMA` at once */
  ready(this: void): Promise<void>;
  /** Tries no more, once no call waits. Resolves when no attempt is under way, or after so many ms. */
  stop(this: void, ms: number): Promise<void>;
}

/** How long one attempt may take before the next one starts beside it, in ms: its connection may hang for ever. */
const longestAttempt = 10_000;

/** How many attempts may be under way: each has a connection, and what it has sent may wait for a lock for long. */
const mostAttempts = 2;

interface WaitingCall {
  resolve: () => void;
  reject: (error: SessionStoreError) => void;
}

/**
 * @param prepare makes the table ready, or throws why it is not
 * @param timeout how long a call waits, in ms
 * @param onReady called once, when the table is ready
 * @param observe told of each attempt, which it makes
 * @param attemptTimeout how long an attempt may take until it counts as failed, in ms
 */
export const createSync = (
  prepare: () => Promise<void>,
  timeout: number,
  onReady: () => void,
  observe: (attempt: () => Promise<void>) => Promise<void> = (attempt) => attempt(),
  attemptTimeout = longestAttempt,
): Sync => {
  let done = false;
  let stopped = false;
  let failures = 0;
  let underWay = 0;
  let lastError: unknown;
  let retryTimer: NodeJS.Timeout | undefined;
  const waiting = new Set<WaitingCall>();

  const attempt = (): Promise<void> =>
    observe(() => within(attemptTimeout, counted().then(succeed), noAnswer)).catch(fail);

  const counted = async (): Promise<void> => {
    underWay += 1;
    try {
      await prepare();
    } finally {
      underWay -= 1;
    }
  };

  const noAnswer = (): Error =>
    Object.assign(new Error(`the database did not answer within ${attemptTimeout} ms`), {
      code: 'ETIMEDOUT',
    });

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
    failures += 1;
    retryTimer = setTimeout(() => {
      if (underWay < mostAttempts) attempting = attempt();
      else retryLater();
    }, backoff(failures));
    // An idle process may end while its database is away.
    retryTimer.unref();
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
      const call: WaitingCall = {
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

  const stop = async (ms: number): Promise<void> => {
    stopped = true;
    clearTimeout(retryTimer);
    await within(ms, attempting, timeoutError).catch(() => undefined);
  };

  let attempting = attempt();

  return { isReady: () => done, ready, stop };
};

/** A wrong schema stays wrong until somebody changes it: no call need wait for that. */
const isFinal = (error: unknown): error is SessionStoreError =>
  error instanceof SessionStoreError && error.code === 'ESCHEMA';
