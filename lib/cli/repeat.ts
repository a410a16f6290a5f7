/** Repeats steps that fail for a reason that passes by itself, and says that it does. */

import { createRetries } from '../retry';
import { saidBy } from './failure';
import type { Output } from './output';

/** How long a step is tried again, in ms. */
const longestStep = 60_000;

export type Repeat = <T>(step: () => Promise<T>) => Promise<T>;

/** @param signal ends the repetition: the step's failure is thrown */
export const createRepeat = ({ note }: Pick<Output, 'note'>, signal: AbortSignal): Repeat => {
  const { retry } = createRetries(longestStep, {
    unavailable: (cause) => {
      note(`the database is away, waiting for it: ${saidBy(cause)}`);
    },
    available: () => {
      note('the database is back');
    },
  });
  return (step) => {
    const end = performance.now() + longestStep;
    const waiting = {
      get over() {
        return signal.aborted || performance.now() >= end;
      },
    };
    return retry(step, [waiting]);
  };
};
