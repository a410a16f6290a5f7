/** A statement that fails because of one of its rows, again in parts, until that row stands alone. Knows no SQL. */

/**
 * So many rows that failed alone, before anything has worked, speak for a reason that is in none of them, a
 * missing table say: what is left is tried as it is.
 */
const loneFailures = 8;

/** What is to be known of the rows of a statement, and of its failures. */
export interface Parts<T> {
  /** Sends a statement for these rows, as often as that may help; rejects if it fails. */
  execute(this: void, rows: readonly T[]): Promise<void>;
  /** Whether one of the rows is refused, whichever it is. */
  isRowsFault(this: void, error: unknown): boolean;
  /** Whether somebody else holds a lock on one of the rows, for longer than a statement waits. */
  isLocked(this: void, error: unknown): boolean;
  /** Whether a row need not be tried again. */
  isOver(this: void, row: T): boolean;
  /** Told of the rows that have failed for good. */
  fail(this: void, rows: readonly T[], error: unknown): void;
}

/** How it went so far. */
interface Outcome {
  worked: boolean;
  /** How many rows have failed alone. */
  failedAlone: number;
}

/**
 * Never rejects: what fails is told to `fail`. One refused row among n costs about 2 log2(n) statements; a locked
 * one costs n, which take less time than to wait log2(n) times for its lock.
 */
export const inParts = async <T>(
  rows: readonly T[],
  parts: Parts<T>,
  outcome: Outcome = { worked: false, failedAlone: 0 },
): Promise<void> => {
  try {
    await parts.execute(rows);
    outcome.worked = true;
  } catch (error) {
    if (rows.length === 1) outcome.failedAlone += 1;
    if (rows.length > 1 && parts.isLocked(error)) {
      await oneByOne(rows, parts);
    } else if (
      rows.length > 1 &&
      parts.isRowsFault(error) &&
      (outcome.worked || outcome.failedAlone < loneFailures)
    ) {
      const half = rows.length >> 1;
      await inParts(rows.slice(0, half), parts, outcome);
      await inParts(rows.slice(half), parts, outcome);
    } else {
      parts.fail(rows, error);
    }
  }
};

/** Round after round, so that a row which is locked for long keeps the others waiting for no more than one wait. */
const oneByOne = async <T>(rows: readonly T[], parts: Parts<T>): Promise<void> => {
  let left = rows;
  while (left.length > 0) {
    const locked: T[] = [];
    for (const row of left) {
      try {
        await parts.execute([row]);
      } catch (error) {
        if (parts.isLocked(error) && !parts.isOver(row)) locked.push(row);
        else parts.fail([row], error);
      }
    }
    left = locked;
  }
};
