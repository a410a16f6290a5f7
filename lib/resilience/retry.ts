/** Retries transient failures until the deadline, and learns from statements whether the database is there. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Deadline } from './deadline';
import { isLockTimeout, mayHaveWorked, transientKind } from './transient';

/** The longest waits before the first retry, and before any, in ms. */
const firstWait = 50;
const longestWait = 500;

/**
 * How long to wait before the nth retry, in ms: a random time up to a bound that doubles ("full jitter"), which spreads
 * out the retries of calls that failed together.
 */
export const backoff = (retry: number, random: () => number = Math.random): number =>
  random() * Math.min(longestWait, firstWait * 2 ** (retry - 1));

/**
 * The one retry loop: runs work until it succeeds.
 *
 * @param waitAfter how long to wait after the nth failure, in ms; throws to give up
 * @param timer how to wait: without keeping the process alive, or until a signal
 */
export const repeat = async <T>(
  work: () => Promise<T>,
  waitAfter: (error: unknown, failures: number) => number | Promise<number>,
  timer: { ref?: boolean; signal?: AbortSignal } = {},
): Promise<T> => {
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      const wait = await waitAfter(error, failures);
      if (wait > 0) await delay(wait, undefined, timer);
    }
  }
};

/**
 * Sends a statement, and sends it again after transient failures until the deadline.
 *
 * @param work sends the statement
 * @param isFinal whether the caller has a better answer to a transient failure than a retry; thrown after a wait
 * @throws the last attempt's error
 */
export type Retry = <T>(
  work: () => Promise<T>,
  deadline: Deadline,
  isFinal?: (error: unknown) => boolean,
) => Promise<T>;

/** Notified once when an outage begins, with the first failure, and once when it ends. */
export interface OutageListener {
  unavailable(this: void, cause: unknown): void;
  available(this: void): void;
  /** Called for each statement that is sent again, with the failure. */
  retry?(this: void, cause: unknown): void;
}

interface Outage {
  cause: unknown;
  failures: number;
  /** Failures without any answer. */
  unanswered: number;
  /** When the next attempt may start, by `performance.now()`. */
  next: number;
  /** The attempt under way; resolves when it has ended. */
  probe: Promise<void> | undefined;
}

const noAnswer = (ms: number): Error =>
  Object.assign(new Error(`no statement was answered within ${Math.round(ms)} ms`), { code: 'ETIMEDOUT' });

/**
 * During an outage, one statement at a time probes the database. The others wait for its result, and all continue as soon
 * as one is answered. A database that comes back meets one statement of each process. And if statements go unanswered,
 * because a lock is held for minutes say, few connections are abandoned to them.
 *
 * @param timeout the longest that a call waits, in ms; 0: no retries and no time limits
 */
export const createRetries = (
  timeout: number,
  { unavailable, available, retry: onRetry = () => undefined }: OutageListener,
) => {
  let outage: Outage | undefined;
  let endedOutages = 0;
  let lastOutage = { cause: undefined as unknown, end: -Infinity };
  let lastAnswer = -Infinity;

  const failed = (cause: unknown): void => {
    const isNew = outage === undefined;
    outage ??= { cause, failures: 0, unanswered: 0, next: 0, probe: undefined };
    outage.cause = cause;
    outage.failures += 1;
    outage.next = performance.now() + backoff(outage.failures);
    if ((cause as { code?: unknown }).code === 'ETIMEDOUT') outage.unanswered += 1;
    if (isNew) unavailable(cause);
  };

  /** Sends a statement once, and learns from the result whether the database is there. */
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    const endedBefore = endedOutages;
    const outageBefore = outage;
    const answered = (): void => {
      lastAnswer = performance.now();
      // A statement sent before the outage says nothing of the present.
      if (outageBefore === undefined || outageBefore !== outage) return;
      lastOutage = { cause: outage.cause, end: lastAnswer };
      outage = undefined;
      endedOutages += 1;
      available();
    };
    try {
      const result = await work();
      answered();
      return result;
    } catch (error) {
      const kind = transientKind(error);
      if (kind === 'contention') answered();
      // A failure of a statement sent before an outage that has ended belongs to that outage.
      if (kind === 'outage' && endedBefore === endedOutages) failed(error);
      throw error;
    }
  };

  /**
   * A quarter of the time that a call has: the rest is for another attempt. All of it after ten unanswered attempts, the
   * default size of a pool: all of its connections may have been dead, but then a new one was used.
   */
  const patience = (): number => (timeout / 4) * ((outage?.unanswered ?? 0) < 10 ? 1 : 4);

  /** Waits until this attempt may be the probe. @returns call it when the attempt has ended */
  const becomeProbe = async (): Promise<() => void> => {
    while (outage?.probe !== undefined) await outage.probe;
    if (outage === undefined) return () => undefined;
    const current = outage;
    let ended = (): void => undefined;
    current.probe = new Promise<void>((resolve) => {
      // A write may go unanswered for longer than the others should wait for it.
      const timer = setTimeout(resolve, longestWait + patience());
      ended = () => {
        clearTimeout(timer);
        resolve();
      };
    }).then(() => {
      current.probe = undefined;
    });
    await delay(current.next - performance.now());
    return ended;
  };

  const retry: Retry = (work, deadline, isFinal = () => false) => {
    let failure: unknown;
    let contentions = 0;

    const send = async (): ReturnType<typeof work> => {
      const ended = outage === undefined ? undefined : await becomeProbe();
      try {
        const reason = failure ?? outage?.cause;
        if (reason !== undefined && deadline.expired) throw reason as Error;
        if (failure !== undefined) onRetry(failure);
        return await attempt(work);
      } finally {
        ended?.();
      }
    };

    const waitAfter = async (error: unknown): Promise<number> => {
      failure = error;
      deadline.cause = error;
      const kind = transientKind(error);
      if (kind === undefined || deadline.expired) throw error;
      // In an outage, waiting to become the probe is the wait.
      if (kind === 'contention') contentions += 1;
      const wait = kind === 'contention' ? backoff(contentions) : 0;
      if (!isFinal(error)) return wait;
      await delay(wait);
      throw error;
    };

    return repeat(send, waitAfter);
  };

  /**
   * Called when a call's deadline expires. If no statement at all was answered since the call began, that is an outage,
   * too: all statements may be writes, which are never abandoned early.
   *
   * @param since when the call began, by `performance.now()`
   * @returns the cause of an outage during the call; undefined if there was none
   */
  const timedOut = (since: number): unknown => {
    if (outage === undefined && lastOutage.end > since) return lastOutage.cause;
    if (outage === undefined && lastAnswer < since) failed(noAnswer(performance.now() - since));
    return outage?.cause;
  };

  return {
    retry: timeout === 0 ? <T>(work: () => Promise<T>) => attempt(work) : retry,
    attempt,
    /** The longest that a call waits, in ms; undefined for no limit. */
    timeout: timeout === 0 ? undefined : timeout,
    /** How long to wait for the answer to a read, in ms; undefined for no limit. */
    patience: () => (timeout === 0 ? undefined : patience()),
    /** The cause of the current outage; undefined if there is none. */
    outage: (): unknown => outage?.cause,
    timedOut,
  };
};

export type Retries = ReturnType<typeof createRetries>;

/** What a layer below the batcher reads and writes, several rows at a time. */
interface Batches<K, R, C, W> {
  read(this: void, keys: readonly K[]): Promise<R>;
  /** @param isStale whether it must not be sent any more */
  write(this: void, changes: readonly C[], isStale: () => boolean): Promise<W>;
}

/**
 * The layer that retries the statements of a table until their deadline. A lock timeout is left to the layer above, which
 * sends the rows alone.
 *
 * A change whose caller has gone is not sent, also not by a statement that gets its connection late: others may have been
 * told since that theirs was made.
 */
export const withRetry = <K, R, C extends object, W>({ read, write }: Batches<K, R, C, W>, retry: Retry) => ({
  read: (keys: readonly K[], deadline: Deadline): Promise<R> =>
    retry(() => read(keys), deadline, isLockTimeout),
  write: (changes: readonly C[], deadline: Deadline): Promise<W> => {
    const { isAwaited = () => true } = deadline;
    const send = (): Promise<W> => {
      const awaited = changes.every(isAwaited) ? changes : changes.filter(isAwaited);
      return write(awaited, () => !awaited.every(isAwaited)).catch((error: unknown) => {
        if (mayHaveWorked(error)) deadline.unanswered = error;
        throw error;
      });
    };
    return retry(send, deadline, isLockTimeout);
  },
});
