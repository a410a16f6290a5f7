/** Until when a caller waits. */

export interface Deadline {
  /** Whether the caller no longer waits. */
  readonly expired: boolean;
  /** The last failure that was retried, for the error that the caller gets. */
  cause?: unknown;
  /** The failure of a write whose answer was lost: it may have taken effect, before it was sent again. */
  unanswered?: unknown;
  /** Whether the caller of one of several changes still waits. Missing if all have one caller. */
  isAwaited?(this: void, change: object): boolean;
  /** Calls the listener once, when the deadline expires. Missing if that is never announced. */
  onExpired?(this: void, listener: () => void): void;
}

/** The deadline of work that no caller limits. */
export const noDeadline = (): Deadline => ({ expired: false });

/** The end of work that no caller waits for any more. The caller already has an error. */
export const tooLate = (): Error => new Error('the deadline of this call has passed');

/**
 * A deadline that is looked at and never announced: it needs no timer.
 *
 * @param ms from now
 * @param isAborted whether the caller has given up earlier
 */
export const deadlineIn = (ms: number, isAborted = () => false): Deadline => {
  const end = performance.now() + ms;
  return {
    get expired() {
      return isAborted() || performance.now() >= end;
    },
  };
};

/**
 * The result of a promise, if it comes in time.
 *
 * @param ms at most 2147483647
 * @param lateError called when the time is over
 * @throws what the promise rejects with, or the late error
 */
export const within = async <T>(ms: number, promise: PromiseLike<T>, lateError: () => Error): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(lateError());
    }, ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
