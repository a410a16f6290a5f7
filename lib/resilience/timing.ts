/** How long statements may take: such on a few rows take long only if something is wrong. */

import type { QueryLimits } from '../database/execute';

/**
 * How long a write may go unanswered, in ms, longer than servers let one wait for a lock by default (InnoDB 50 s). Who
 * gives it up sooner does not know when it ends, and it may yet overwrite what is written, and acknowledged, later.
 */
const longestWrite = 60_000;

/** How long the catalog may take to answer, in ms, and its connection with it: who asks it asks again. */
const longestLook = 10_000;

/** The limits of statements on a few rows. */
export interface StatementLimits {
  look(this: void): QueryLimits;
  read(this: void): QueryLimits | undefined;
  write(this: void): QueryLimits | undefined;
}

/** How long a call waits, in ms; undefined: for ever. */
export interface Timing {
  /** Nobody waits for a statement for longer. */
  readonly timeout: number | undefined;
  /** For the answer to a read. */
  patience(this: void): number | undefined;
}

export const untimed: Timing = { timeout: undefined, patience: () => undefined };

export const limitsFor = ({ timeout, patience }: Timing, livesInConnection: boolean): StatementLimits => {
  const limits = (answer: number): QueryLimits | undefined =>
    // Who gives up its place in the pool's queue before that gets a worse one.
    timeout === undefined
      ? undefined
      : { connection: timeout, answer: livesInConnection ? undefined : answer };
  return {
    look: () => ({ connection: longestLook, answer: livesInConnection ? undefined : longestLook }),
    read: () => limits(patience() ?? longestWrite),
    write: () => limits(Math.max(longestWrite, timeout ?? 0)),
  };
};
