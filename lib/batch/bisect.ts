/** Sends a failed statement again in parts, until the row that is to blame stands alone. */

/**
 * If this many rows failed alone before any statement worked, the reason is in none of them (a missing table, say): the
 * rest is sent as it is.
 */
const loneFailures = 8;

export interface Bisected<T> {
  /** Sends a statement with these rows. */
  execute(this: void, rows: readonly T[]): Promise<void>;
  /** Called with rows that have failed for good. */
  fail(this: void, rows: readonly T[], error: unknown): void;
  /** Whether the database refuses one of the rows. */
  isRefused(this: void, error: unknown): boolean;
  /** Whether a statement was not carried out because the condition of one of its rows does not hold. */
  isConflict(this: void, error: unknown): boolean;
  /** Called with a row whose condition does not hold. */
  conflict(this: void, row: T): void;
  /** Whether another transaction holds a lock on one of the rows for longer than a statement waits. */
  isLocked(this: void, error: unknown): boolean;
  /** Whether a row has no caller left. */
  isAbandoned(this: void, row: T): boolean;
}

/**
 * One refused row among n, or one whose condition does not hold, costs about 2 log2(n) statements. A locked row costs n statements, which is less time than to
 * wait for its lock log2(n) times.
 *
 * @param rows of a statement that has failed
 * @returns when every row has succeeded or failed; never rejects
 */
export const bisect = async <T>(rows: readonly T[], error: unknown, bisected: Bisected<T>): Promise<void> => {
  const { execute, fail, isRefused, isConflict, conflict, isLocked, isAbandoned } = bisected;
  let hasWorked = false;
  let failedAlone = 0;

  const halve = async (part: readonly T[], failure: unknown): Promise<void> => {
    if (isLocked(failure)) {
      await sendAlone(part);
      return;
    }
    const [first] = part;
    if (part.length === 1 && first !== undefined && isConflict(failure)) {
      conflict(first);
      return;
    }
    if (part.length === 1) failedAlone += 1;
    const isOfOneRow =
      isConflict(failure) || (isRefused(failure) && (hasWorked || failedAlone < loneFailures));
    if (part.length > 1 && isOfOneRow) {
      const middle = part.length >> 1;
      for (const half of [part.slice(0, middle), part.slice(middle)]) {
        try {
          await execute(half);
          hasWorked = true;
        } catch (halfFailure) {
          await halve(half, halfFailure);
        }
      }
    } else {
      fail(part, failure);
    }
  };

  /** Round after round: a row that stays locked delays the others by no more than one wait for its lock. */
  const sendAlone = async (part: readonly T[]): Promise<void> => {
    let left = part;
    while (left.length > 0) {
      const locked: T[] = [];
      for (const row of left) {
        try {
          await execute([row]);
        } catch (failure) {
          if (isConflict(failure)) conflict(row);
          else if (isLocked(failure) && !isAbandoned(row)) locked.push(row);
          else fail([row], failure);
        }
      }
      left = locked;
    }
  };

  await halve(rows, error);
};
