/** A statement that fails because of one of its rows, again in halves, until that row stands alone. Knows no SQL. */

/**
 * So many rows that failed alone, before anything has worked, speak for a reason that is in none of them, a
 * missing table say: what is left is tried as it is.
 */
const loneFailures = 8;

/** How it went so far. */
interface Outcome {
  worked: boolean;
  /** How many rows have failed alone. */
  failedAlone: number;
}

/**
 * Never rejects: what fails is told to `fail`. One culprit among n rows costs about 2 log2(n) statements.
 *
 * @param rows of one statement
 * @param execute sends a statement for these rows, and rejects if it fails
 * @param isRowsFault whether that was because of one of its rows
 * @param fail told of the rows that are not to be tried again
 */
export const inHalves = async <T>(
  rows: readonly T[],
  execute: (rows: readonly T[]) => Promise<void>,
  isRowsFault: (error: unknown) => boolean,
  fail: (rows: readonly T[], error: unknown) => void,
  outcome: Outcome = { worked: false, failedAlone: 0 },
): Promise<void> => {
  try {
    await execute(rows);
    outcome.worked = true;
  } catch (error) {
    if (rows.length === 1) outcome.failedAlone += 1;
    if (rows.length > 1 && isRowsFault(error) && (outcome.worked || outcome.failedAlone < loneFailures)) {
      const half = rows.length >> 1;
      await inHalves(rows.slice(0, half), execute, isRowsFault, fail, outcome);
      await inHalves(rows.slice(half), execute, isRowsFault, fail, outcome);
    } else {
      fail(rows, error);
    }
  }
};
