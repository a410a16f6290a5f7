/** Repeats what failed for a reason that passes by itself, for as long as somebody waits for it. Knows no SQL. */

import { setTimeout as delay } from 'node:timers/promises';
import { passing } from './transient';

/** Somebody who waits for the database. */
export interface Waiting {
  /** They wait no longer: their time is over. */
  readonly over: boolean;
  /** The last failure that they waited out. */
  cause?: unknown;
  /** To be called when their time is over. */
  onOver?: () => void;
}

/** Somebody who begins to wait now. @param ms how long; @param isOver whether they have given up before */
export const waitingFor = (ms: number, isOver = () => false): Waiting => {
  const end = performance.now() + ms;
  return {
    get over() {
      return isOver() || performance.now() >= end;
    },
  };
};

/**
 * @param work sends a statement; repeated until it has worked, has failed for good, or nobody waits for it
 * @param isLast whether a failure is better answered in another way than by repeating; thrown after a wait
 * @throws what the last attempt threw
 */
export type Retry = <T>(
  work: () => Promise<T>,
  waiting: readonly Waiting[],
  isLast?: (error: unknown) => boolean,
) => Promise<T>;

export interface Retries {
  retry: Retry;
  /** Sends something once, and learns from how it ends whether the database is there. */
  attempt<T>(this: void, work: () => Promise<T>): Promise<T>;
  /** How long to wait for the answer to a read, in ms. Undefined: for ever. */
  patience(this: void): number | undefined;
  /** Why the database is not there; undefined while it is. */
  outage(this: void): unknown;
  /**
   * Told of a call whose time is over. That no statement at all was answered meanwhile is an outage, too: all may be
   * writes, which nobody gives up.
   *
   * @param since when the call began, by `performance.now()`
   * @returns why the database was not there meanwhile; undefined if it was
   */
  timedOut(this: void, since: number): unknown;
}

/** Told of outages: once when one begins, with the first failure, and once when it is over. */
export interface OutageListener {
  unavailable(this: void, cause: unknown): void;
  available(this: void): void;
  /** Told of each statement that is sent again, with why. */
  again?(this: void, cause: unknown): void;
}

/** The longest waits before the first repetition, and before any, in ms. */
const firstWait = 50;
const longestWait = 500;

/**
 * How long to wait before the nth repetition, in ms: any time up to a bound that doubles ("full jitter"), so that those
 * who failed together do not come back together.
 */
export const backoff = (repetition: number, random: () => number = Math.random): number =>
  random() * Math.min(longestWait, firstWait * 2 ** (repetition - 1));

const noAnswer = (ms: number): Error =>
  Object.assign(new Error(`no statement was answered within ${Math.round(ms)} ms`), { code: 'ETIMEDOUT' });

interface Outage {
  cause: unknown;
  /** How many attempts have failed in it. */
  failures: number;
  /** How many of them got no answer at all. */
  unanswered: number;
  /** When the next attempt may be made, by `performance.now()`. */
  next: number;
  /** The one attempt that is made at a time; resolves when it has ended. */
  probe: Promise<void> | undefined;
}

/**
 * While the database is away, one statement at a time asks whether it is back; the others wait for that one's
 * answer, and all go on as soon as it has one. So a database that comes back meets one statement of each process;
 * and where statements go unanswered, because somebody holds a lock for minutes say, few connections are given up
 * on a server that goes on with each of them.
 *
 * @param timeout how long a call waits at most, in ms; 0: nothing is repeated, and everything waits for ever
 */
export const createRetries = (
  timeout: number,
  { unavailable, available, again = () => undefined }: OutageListener,
): Retries => {
  let outage: Outage | undefined;
  /** How many outages are over, and what the last of them was. */
  let outages = 0;
  let lastOutage = { cause: undefined as unknown, end: -Infinity };
  /** When a statement was answered last. */
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

  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    const begunIn = outages;
    const begunDuring = outage;
    const answered = (): void => {
      lastAnswer = performance.now();
      // What was under way before the outage says nothing of how things are now.
      if (begunDuring === undefined || begunDuring !== outage) return;
      lastOutage = { cause: outage.cause, end: lastAnswer };
      outage = undefined;
      outages += 1;
      available();
    };
    try {
      const result = await work();
      answered();
      return result;
    } catch (error) {
      const kind = passing(error);
      if (kind === 'contention') answered();
      // What was under way before an outage that is over belongs to that one.
      if (kind === 'outage' && begunIn === outages) failed(error);
      throw error;
    }
  };

  /**
   * A quarter of the time that a call has, so that it can be sent again. Longer when it was in vain for as often as a
   * pool has connections by default: these may all have been silent, but then a new one was.
   */
  const patience = (): number => (timeout / 4) * ((outage?.unanswered ?? 0) < 10 ? 1 : 4);

  /** Resolves when an attempt may be made, with what must be called when it has ended. */
  const turn = async (wait: number): Promise<() => void> => {
    if (wait > 0) await delay(wait);
    while (outage?.probe !== undefined) await outage.probe;
    let ended = (): void => undefined;
    if (outage !== undefined) {
      const current = outage;
      current.probe = new Promise<void>((resolve) => {
        // A write may go unanswered for longer than others should wait for it.
        const timer = setTimeout(resolve, longestWait + patience());
        ended = () => {
          clearTimeout(timer);
          resolve();
        };
      }).then(() => {
        current.probe = undefined;
      });
      await delay(current.next - performance.now());
    }
    return ended;
  };

  const retry: Retry = async (work, waiting, isLast = () => false) => {
    const isOver = (): boolean => waiting.every(({ over }) => over);
    let failure: unknown;
    let contentions = 0;
    for (let wait = 0; ;) {
      const ended = wait > 0 || outage !== undefined ? await turn(wait) : undefined;
      try {
        const reason = failure ?? outage?.cause;
        if (reason !== undefined && isOver()) throw reason as Error;
        if (failure !== undefined) again(failure);
        return await attempt(work);
      } catch (error) {
        failure = error;
        for (const one of waiting) one.cause = error;
        const kind = passing(error);
        if (kind === undefined || isOver()) throw error;
        // In an outage, the wait is part of taking turns.
        if (kind === 'contention') contentions += 1;
        wait = kind === 'contention' ? backoff(contentions) : 0;
        if (isLast(error)) {
          await delay(wait);
          throw error;
        }
      } finally {
        ended?.();
      }
    }
  };

  return {
    retry: timeout === 0 ? (work) => attempt(work) : retry,
    attempt,
    patience: () => (timeout === 0 ? undefined : patience()),
    outage: () => outage?.cause,
    timedOut: (since) => {
      if (outage === undefined && lastOutage.end > since) return lastOutage.cause;
      if (outage === undefined && lastAnswer < since) failed(noAnswer(performance.now() - since));
      return outage?.cause;
    },
  };
};
