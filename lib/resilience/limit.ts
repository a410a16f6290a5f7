/** Limits the calls of a store: how many are pending, and how long each may take. */

import { AsyncResource } from 'node:async_hooks';
import { messageOf, SessionStoreError, type SessionStoreOperation } from '../errors';
import type { StoreOptions } from '../types';
import { deadlineIn, noDeadline, within, type Deadline } from './deadline';
import type { Readiness } from './readiness';
import type { Retries } from './retry';
import { isTransient } from './transient';

export type Limits = Pick<StoreOptions, 'retryTimeout' | 'syncTimeout' | 'maxPending'>;

/** What is left of a call once its arguments are checked. */
export type Work<T> = (deadline: Deadline) => Promise<T>;

/** A deadline that is announced. */
interface OwnDeadline extends Deadline {
  expired: boolean;
  readonly end: number;
  readonly listeners: (() => void)[];
}

/** One timer for all deadlines: since all last equally long, they expire in the order in which they began. */
const createDeadlines = (ms: number) => {
  const open = new Set<OwnDeadline>();
  let timer: NodeJS.Timeout | undefined;
  let due = 0;

  // The store's own: the timer must not keep the async context of the call that starts it.
  const resource = new AsyncResource('koa-generic-session-knex');
  const wait = (until: number): void => {
    due = until;
    timer = resource.runInAsyncScope(setTimeout, undefined, expire, Math.max(until - performance.now(), 1));
  };

  const expire = (): void => {
    timer = undefined;
    // Timers count whole milliseconds.
    const now = performance.now() + 1;
    for (const deadline of open) {
      if (deadline.end > now) {
        wait(deadline.end);
        return;
      }
      open.delete(deadline);
      deadline.expired = true;
      for (const listener of deadline.listeners) listener();
    }
  };

  return {
    begin: (): OwnDeadline => {
      const listeners: (() => void)[] = [];
      const begun = performance.now();
      const end = begun + ms;
      const deadline = {
        expired: false,
        end,
        listeners,
        onExpired: (listener: () => void) => void listeners.push(listener),
      };
      open.add(deadline);
      // A fake clock may have taken the timer with it, or the event loop may have been blocked for long.
      const isLost = begun > due + ms;
      if (timer === undefined || isLost) {
        clearTimeout(timer);
        wait(end);
      } else if (open.size === 1) {
        timer.ref();
      }
      return deadline;
    },
    /** The call has ended. An idle process may end, too: the timer does not keep it alive. */
    end: (deadline: OwnDeadline): void => {
      open.delete(deadline);
      if (open.size === 0) timer?.unref();
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
    if (pending < maxPending) return;
    const message = `${operation}: ${maxPending} calls are already pending (maxPending)`;
    throw new SessionStoreError('EOVERLOADED', operation, message, outage());
  };

  /** Runs work that may take long, on all of a large table say. Its statements are sent with `repeated`. */
  const withoutDeadline = async <T>(operation: SessionStoreOperation, work: () => Promise<T>): Promise<T> => {
    admit(operation);
    pending += 1;
    try {
      if (waitingForTable > 0 || !readiness.isReady) {
        // While one call waits here, later ones queue up behind it: calls keep their order.
        waitingForTable += 1;
        try {
          await readiness.ready();
        } finally {
          waitingForTable -= 1;
        }
      }
      return await work();
    } catch (error) {
      throw failureOf(operation, error);
    } finally {
      pending -= 1;
      if (pending === 0) onIdle?.();
    }
  };

  const untilDeadline = <T>(operation: SessionStoreOperation, work: Work<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const deadline = deadlines.begin();
      // Before any listener of the work: the caller gets this error, not one that follows from it.
      deadline.listeners.push(() => {
        const cause = timedOut(deadline.end - retryTimeout);
        reject(timeoutError(operation, deadline.cause ?? cause));
      });
      // Not `finally`, which makes three promises of each call.
      work(deadline).then(
        (value) => {
          deadlines.end(deadline);
          resolve(value);
        },
        (error: unknown) => {
          deadlines.end(deadline);
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on unchanged
          reject(error);
        },
      );
    });

  /**
   * Runs work that ends by its deadline, whatever the database does. It begins when the table is ready, and the deadline
   * counts from then.
   *
   * @throws SessionStoreError `ETIMEDOUT`, `EUNAVAILABLE`, `EOVERLOADED`, `ECLOSED`, `ESYNC`, `ESCHEMA`
   */
  const run = <T>(operation: SessionStoreOperation, work: Work<T>): Promise<T> =>
    withoutDeadline(operation, () =>
      retryTimeout === 0 ? work(noDeadline()) : untilDeadline(operation, work),
    );

  /** Makes a method of one that checks, and encodes, its arguments at once and returns the work that is left. */
  const withDeadline =
    <A extends unknown[], T>(operation: SessionStoreOperation, prepare: (...args: A) => Work<T>) =>
    async (...args: A): Promise<T> =>
      run(operation, prepare(...args));

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
