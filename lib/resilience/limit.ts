/** What every call of the store goes through: it is counted, waits for the table, and ends in time. */

import { messageOf, SessionStoreError, type SessionStoreOperation } from '../errors';
import { isPassing } from './transient';
import { waitingFor, type Retries, type Waiting } from './retry';
import type { Sync } from './readiness';
import { within } from './within';

/** In ms, and in calls. */
export interface CallLimits {
  readonly retryTimeout: number;
  readonly syncTimeout: number;
  readonly maxPending: number;
}

export interface Calls {
  /**
   * A call that somebody waits for: ends by its deadline, whatever the database does.
   *
   * @param work told who waits for it, and until when
   * @throws SessionStoreError `ETIMEDOUT`, `EUNAVAILABLE`, `EOVERLOADED`, `ECLOSED`, `ESYNC`, `ESCHEMA`
   */
  inTime<T>(this: void, operation: SessionStoreOperation, work: (waiting: Waiting) => Promise<T>): Promise<T>;
  /** Work that may take long, on all of a large table say: only its repetitions end by the deadline. */
  atLeisure<T>(this: void, operation: SessionStoreOperation, work: () => Promise<T>): Promise<T>;
  /** A statement of such work. */
  repeated<T>(this: void, work: () => Promise<T>): Promise<T>;
  /** How many calls are under way. */
  waiting(this: void): number;
  /** Takes no more calls. Resolves when these and the background work have ended, or when their time is over. */
  close(this: void, background: Promise<unknown>): Promise<void>;
}

export const createCalls = (
  { retryTimeout, syncTimeout, maxPending }: CallLimits,
  sync: Sync,
  { retry, outage, timedOut }: Retries,
): Calls => {
  let pending = 0;
  let held = 0;
  let isClosed = false;
  let whenIdle: (() => void) | undefined;

  const timeoutError = (operation: SessionStoreOperation, cause: unknown): SessionStoreError => {
    const reason = cause === undefined ? 'it waited for others' : messageOf(cause);
    const message = `${operation}: not done within ${retryTimeout} ms (retryTimeout): ${reason}`;
    return new SessionStoreError('ETIMEDOUT', operation, message, cause);
  };

  /** The store's own error for a failure that was, or could have been, waited out. */
  const failureOf = (operation: SessionStoreOperation, error: unknown): unknown => {
    if (!isPassing(error) || error instanceof SessionStoreError) return error;
    if (retryTimeout > 0) return timeoutError(operation, error);
    const message = `${operation}: failed, and was not tried again, as retryTimeout is 0: ${messageOf(error)}`;
    return new SessionStoreError('EUNAVAILABLE', operation, message, error);
  };

  const admit = (operation: SessionStoreOperation): void => {
    if (isClosed) throw new SessionStoreError('ECLOSED', operation, `${operation}: the store is closed`);
    if (pending >= maxPending) {
      const message = `${operation}: ${maxPending} calls are waiting already (maxPending)`;
      throw new SessionStoreError('EOVERLOADED', operation, message, outage());
    }
  };

  const atLeisure = async <T>(operation: SessionStoreOperation, work: () => Promise<T>): Promise<T> => {
    admit(operation);
    pending += 1;
    try {
      if (held > 0 || !sync.isReady()) {
        // As long as one call is held here, later ones queue up behind it: calls go on in the order they were made.
        held += 1;
        try {
          await sync.ready();
        } finally {
          held -= 1;
        }
      }
      return await work();
    } catch (error) {
      throw failureOf(operation, error);
    } finally {
      pending -= 1;
      if (pending === 0) whenIdle?.();
    }
  };

  const inTime = <T>(operation: SessionStoreOperation, work: (waiting: Waiting) => Promise<T>): Promise<T> =>
    atLeisure(operation, () => {
      const waiting: Waiting & { over: boolean } = { over: false };
      if (retryTimeout === 0) return work(waiting);
      return within(retryTimeout, work(waiting), () => {
        waiting.over = true;
        waiting.onOver?.();
        const cause = timedOut(performance.now() - retryTimeout);
        return timeoutError(operation, waiting.cause ?? cause);
      });
    });

  const repeated = <T>(work: () => Promise<T>): Promise<T> => retry(work, [waitingFor(retryTimeout)]);

  const close = async (background: Promise<unknown>): Promise<void> => {
    isClosed = true;
    const idle = new Promise<void>((resolve) => {
      whenIdle = resolve;
      if (pending === 0) resolve();
    });
    const ended = Promise.all([idle, background]);
    // What may take long may also wait for ever; whoever waits for it learns of it when its connection ends.
    const longest = Math.max(retryTimeout, syncTimeout);
    const inVain = (): Error => new Error('work is still under way');
    await (retryTimeout === 0 ? ended : within(longest, ended, inVain).catch(() => undefined));
  };

  return { inTime, atLeisure, repeated, waiting: () => pending, close };
};
