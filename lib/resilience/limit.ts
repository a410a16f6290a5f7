/** Limits the calls of a store: how many are pending, and how long each may take. */

import { AsyncResource } from 'node:async_hooks';
import { messageOf, SessionStoreError, type SessionStoreOperation } from '../errors';
import type { StoreOptions } from '../types';
import { deadlineIn, noDeadline, within, type Deadline } from './deadline';
import type { Readiness } from './readiness';
import type { Retries } from './retry';
import { isTransient } from './transient';

export type Limits = Pick<StoreOptions, 'retryTimeout' | 'syncTimeout' | 'maxPending'>;

/** What is left of a call once its arguments are checked. It rejects, and never throws. */
export type Work<T> = (deadline: Deadline) => Promise<T>;

/** A deadline that is announced. Those that are open form a list. */
interface OwnDeadline extends Deadline {
  expired: boolean;
  readonly end: number;
  readonly listeners: (() => void)[];
  earlier: OwnDeadline | undefined;
  later: OwnDeadline | undefined;
}

/** One timer for all deadlines: since all last equally long, they expire in the order in which they began. */
const createDeadlines = (ms: number) => {
  // A list, not a Set, whose removed entries may live on until a full collection.
  let first: OwnDeadline | undefined;
  let last: OwnDeadline | undefined;
  let timer: NodeJS.Timeout | undefined;
  let due = 0;

  const remove = (deadline: OwnDeadline): void => {
    const { earlier, later } = deadline;
    if (earlier !== undefined) earlier.later = later;
    else if (first === deadline) first = later;
    if (later !== undefined) later.earlier = earlier;
    else if (last === deadline) last = earlier;
    deadline.earlier = deadline.later = undefined;
  };

  // The store's own: the timer must not keep the async context of the call that starts it.
  const resource = new AsyncResource('koa-generic-session-knex');
  const wait = (until: number): void => {
    due = until;
    // A listener of an expired deadline may have begun a call, and with it a timer.
    clearTimeout(timer);
    timer = resource.runInAsyncScope(setTimeout, undefined, expire, Math.max(until - performance.now(), 1));
  };

  const expire = (): void => {
    timer = undefined;
    // Timers count whole milliseconds.
    const now = performance.now() + 1;
    while (first !== undefined) {
      const deadline = first;
      if (deadline.end > now) {
        wait(deadline.end);
        return;
      }
      remove(deadline);
      deadline.expired = true;
      for (const listener of deadline.listeners) listener();
    }
  };

  return {
    begin: (): OwnDeadline => {
      const listeners: (() => void)[] = [];
      const begun = performance.now();
      const end = begun + ms;
      const deadline: OwnDeadline = {
        expired: false,
        end,
        listeners,
        onExpired: (listener: () => void) => void listeners.push(listener),
        earlier: last,
        later: undefined,
      };
      if (last === undefined) first = deadline;
      else last.later = deadline;
      last = deadline;
      // A fake clock may have taken the timer with it, or the event loop may have been blocked for long.
      const isLost = begun > due + ms;
      if (timer === undefined || isLost) wait(end);
      else if (first === deadline) timer.ref();
      return deadline;
    },
    /** The call has ended. An idle process may end, too: the timer does not keep it alive. */
    end: (deadline: OwnDeadline): void => {
      remove(deadline);
      if (first === undefined) timer?.unref();
    },
  };
};

export const createLimit = (
  { retryTimeout, syncTimeout, maxPending }: Limits,
  readiness: Readiness,
  { retry, outage, timedOut }: Retries,
) => {
  const deadlines = createDeadlines(retryTimeout);
  let pending = 0;
  let waitingForTable = 0;
  let isClosed = false;
  let onIdle: (() => void) | undefined;

  const timeoutError = (operation: SessionStoreOperation, cause: unknown): SessionStoreError => {
    const reason = cause === undefined ? 'it waited for other calls' : messageOf(cause);
    const message = `${operation}: not done within ${retryTimeout} ms (retryTimeout): ${reason}`;
    return new SessionStoreError('ETIMEDOUT', operation, message, cause);
  };

  /** The store's own error for a failure that was retried, or could have been. */
  const failureOf = (operation: SessionStoreOperation, error: unknown): unknown => {
    if (!isTransient(error) || error instanceof SessionStoreError) return error;
    if (retryTimeout > 0) return timeoutError(operation, error);
    const message = `${operation}: failed, and was not retried because retryTimeout is 0: ${messageOf(error)}`;
    return new SessionStoreError('EUNAVAILABLE', operation, message, error);
  };

  const admit = (operation: SessionStoreOperation): void => {
    if (isClosed) throw new SessionStoreError('ECLOSED', operation, `${operation}: the store is closed`);
    if (pending >= maxPending) {
      const message = `${operation}: ${maxPending} calls are already pending (maxPending)`;
      throw new SessionStoreError('EOVERLOADED', operation, message, outage());
    }
    pending += 1;
  };

  const leave = (): void => {
    pending -= 1;
    if (pending === 0) onIdle?.();
  };

  /** Every call takes this way: one promise for all of it, not an async function for each of its steps. */
  const runUntil = <T>(
    operation: SessionStoreOperation,
    begin: () => OwnDeadline | undefined,
    work: Work<T>,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      admit(operation);
      let deadline: OwnDeadline | undefined;
      let isOver = false;
      const end = (): void => {
        if (deadline !== undefined) deadlines.end(deadline);
        if (!isOver) leave();
        isOver = true;
      };
      const fail = (error: unknown): void => {
        end();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- often passed on unchanged
        reject(failureOf(operation, error));
      };
      const start = (): void => {
        const own = begin();
        deadline = own;
        // Before any listener of the work: the caller gets this error, not one that follows from it.
        own?.listeners.push(() => {
          const cause = timedOut(own.end - retryTimeout);
          fail(timeoutError(operation, own.cause ?? cause));
        });
        // Not `finally`, which makes three promises of each call.
        work(own ?? noDeadline()).then((value) => {
          end();
          resolve(value);
        }, fail);
      };
      if (waitingForTable === 0 && readiness.isReady) {
        start();
        return;
      }
      // While one call waits here, later ones queue up behind it: calls keep their order.
      waitingForTable += 1;
      readiness.ready().then(
        () => {
          waitingForTable -= 1;
          start();
        },
        (error: unknown) => {
          waitingForTable -= 1;
          fail(error);
        },
      );
    });

  const noLimit = (): undefined => undefined;
  const beginDeadline = retryTimeout === 0 ? noLimit : deadlines.begin;

  /** Runs work that may take long, on all of a large table say. Its statements are sent with `repeated`. */
  const withoutDeadline = <T>(operation: SessionStoreOperation, work: () => Promise<T>): Promise<T> =>
    runUntil(operation, noLimit, work);

  /**
   * Runs work that ends by its deadline, whatever the database does. It begins when the table is ready, and the deadline
   * counts from then.
   *
   * @throws SessionStoreError `ETIMEDOUT`, `EUNAVAILABLE`, `EOVERLOADED`, `ECLOSED`, `ESYNC`, `ESCHEMA`
   */
  const run = <T>(operation: SessionStoreOperation, work: Work<T>): Promise<T> =>
    runUntil(operation, beginDeadline, work);

  /** Makes a method of one that checks, and encodes, its arguments at once and returns the work that is left. */
  const withDeadline =
    <A extends unknown[], T>(operation: SessionStoreOperation, prepare: (...args: A) => Work<T>) =>
    (...args: A): Promise<T> => {
      try {
        return run(operation, prepare(...args));
      } catch (error) {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on unchanged
        return Promise.reject(error);
      }
    };

  /** Sends a statement of work without a deadline, and retries it for as long as a call with a deadline would. */
  const repeated = <T>(work: () => Promise<T>): Promise<T> => retry(work, deadlineIn(retryTimeout));

  /** Rejects new calls. Resolves when pending calls and background work have ended, or when their time is over. */
  const close = async (background: Promise<unknown>): Promise<void> => {
    isClosed = true;
    const idle = new Promise<void>((resolve) => {
      onIdle = resolve;
      if (pending === 0) resolve();
    });
    const ended = Promise.all([idle, background]);
    // Work without a deadline may never end; its caller learns of it when its connection ends.
    const longest = Math.max(retryTimeout, syncTimeout);
    const late = (): Error => new Error('work is still under way');
    await (retryTimeout === 0 ? ended : within(longest, ended, late).catch(() => undefined));
  };

  return { run, withDeadline, withoutDeadline, repeated, pending: () => pending, close };
};

export type Limit = ReturnType<typeof createLimit>;
