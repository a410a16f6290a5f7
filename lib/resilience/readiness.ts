/** Makes the table ready in the background, however often that must be tried, while calls wait for it. */

import { messageOf, SessionStoreError } from '../errors';
import { within } from './deadline';
import { backoff, repeat } from './retry';

/** How long an attempt may take before the next one starts, in ms: its connection may hang. */
const longestAttempt = 10_000;

/** How many attempts may be under way: each holds a connection, and may wait long for a lock. */
const mostAttempts = 2;

/**
 * @param prepare makes the table ready, or throws why it is not
 * @param timeout how long a call waits, in ms
 * @param onReady called once, when the table is ready
 * @param observe runs each attempt
 * @param attemptTimeout how long an attempt may take before it counts as failed, in ms
 */
export const createReadiness = (
  prepare: () => Promise<void>,
  timeout: number,
  onReady: () => void,
  observe: (attempt: () => Promise<void>) => Promise<void> = (attempt) => attempt(),
  attemptTimeout = longestAttempt,
) => {
  let isReady = false;
  let underWay = 0;
  let lastError: unknown;
  const waiting = new Set<(error?: SessionStoreError) => void>();
  const stopping = new AbortController();
  const { signal } = stopping;

  /** Also called by an attempt that timed out, and succeeds after all. */
  const succeed = (): void => {
    if (signal.aborted || isReady) return;
    isReady = true;
    for (const settle of waiting) settle();
    onReady();
  };

  const lateError = (): Error =>
    Object.assign(new Error(`the database did not answer within ${attemptTimeout} ms`), {
      code: 'ETIMEDOUT',
    });

  const prepareOnce = async (): Promise<void> => {
    underWay += 1;
    try {
      await prepare();
    } finally {
      underWay -= 1;
    }
    succeed();
  };

  const attempt = async (): Promise<void> => {
    if (isReady) return;
    if (underWay >= mostAttempts) throw lastError as Error;
    await observe(() => within(attemptTimeout, prepareOnce(), lateError));
  };

  /** Throws to end the loop once the store is closed. */
  const waitAfter = (error: unknown, failures: number): number => {
    if (signal.aborted) throw error;
    lastError = error;
    if (isFinal(error)) for (const settle of waiting) settle(error);
    return backoff(failures);
  };

  // An idle process may end while its database is away.
  const done = repeat(attempt, waitAfter, { ref: false, signal }).catch(() => undefined);

  const timeoutError = (): SessionStoreError => {
    const reason = lastError === undefined ? 'the database did not answer' : messageOf(lastError);
    return new SessionStoreError(
      'ESYNC',
      'ready',
      `the session table was not ready within ${timeout} ms (syncTimeout): ${reason}; ` +
        'the store keeps trying',
      lastError,
    );
  };

  /**
   * Resolves when the table is ready. Not an async function: calls that wait here, and later ones, must go on in the order
   * in which they came.
   *
   * @throws SessionStoreError `ESYNC` after the timeout, `ESCHEMA` at once
   */
  const ready = (): Promise<void> => {
    if (isReady) return Promise.resolve();
    if (isFinal(lastError)) return Promise.reject(lastError);
    return new Promise<void>((resolve, reject) => {
      const settle = (error?: SessionStoreError): void => {
        clearTimeout(timer);
        waiting.delete(settle);
        if (error === undefined) resolve();
        else reject(error);
      };
      const timer = setTimeout(() => {
        settle(timeoutError());
      }, timeout);
      waiting.add(settle);
    });
  };

  /** Makes no further attempt. Resolves when none is under way, or after so many ms. */
  const stop = async (ms: number): Promise<void> => {
    stopping.abort();
    await within(ms, done, timeoutError).catch(() => undefined);
  };

  return {
    /** The cheap question, asked before every call. */
    get isReady() {
      return isReady;
    },
    ready,
    stop,
  };
};

export type Readiness = ReturnType<typeof createReadiness>;

/** A wrong schema stays wrong until the operator changes it: calls need not wait for that. */
const isFinal = (error: unknown): error is SessionStoreError =>
  error instanceof SessionStoreError && error.code === 'ESCHEMA';
