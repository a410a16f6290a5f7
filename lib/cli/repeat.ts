/** Repeats steps that fail for a reason that passes by itself, and says that it does. */

import { createRetries, waitingFor, type OutageListener } from '../resilience/retry';
import { saidBy } from './failure';
import type { Output } from './output';

export type Repeat = <T>(step: () => Promise<T>) => Promise<T>;

/** Says on stderr that the database is away, and back. */
export const outageNotes = ({ note }: Pick<Output, 'note'>): OutageListener => ({
  unavailable: (cause) => {
    note(`the database is away, waiting for it: ${saidBy(cause)}`);
  },
  available: () => {
    note('the database is back');
  },
});

/**
 * @param timeout how long a step is tried again, in ms; 0: not at all
 * @param signal ends the repetition: the step's failure is thrown
 */
export const createRepeat = (timeout: number, signal: AbortSignal, output: Pick<Output, 'note'>): Repeat => {
  const { retry } = createRetries(timeout, outageNotes(output));
  return (step) => retry(step, [waitingFor(timeout, () => signal.aborted)]);
};
