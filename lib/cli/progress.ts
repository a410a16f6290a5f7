/** How far a long command has come: a bar on a terminal, a line now and then elsewhere. */

import { SingleBar } from 'cli-progress';
import { counted, rowsOf } from './numbers';

export interface Progress {
  /** Whether it holds the line of the terminal on which the cursor is. */
  holdsLine(this: void): boolean;
  /** @param done in rows; may come to more than the total, as an app in use adds to it */
  at(this: void, done: number): void;
  /** No more is to come. */
  end(this: void): void;
}

const bar = (what: string, total: number, stream: NodeJS.WriteStream): Progress => {
  const single = new SingleBar({
    stream,
    format: `${what} {bar} {percentage}% | {value} of {total} rows | {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    // The command itself decides when it ends.
    gracefulExit: false,
  });
  single.start(total, 0);
  let done = 0;
  return {
    holdsLine: () => single.isActive,
    at: (rows) => {
      done = rows;
      single.update(rows);
    },
    end: () => {
      single.update(done);
      single.stop();
    },
  };
};

/** One line for each tenth of the work. */
const lines = (what: string, total: number, stream: NodeJS.WriteStream): Progress => {
  let tenths = 0;
  return {
    holdsLine: () => false,
    at: (done) => {
      const share = Math.min(done / total, 1);
      if (Math.floor(share * 10) <= tenths) return;
      tenths = Math.floor(share * 10);
      stream.write(`${what}: ${counted(done)} of ${rowsOf(total)} (${Math.floor(share * 100)} %)\n`);
    },
    end: () => undefined,
  };
};

/** Nothing at all where there is nothing to do. */
const none: Progress = { holdsLine: () => false, at: () => undefined, end: () => undefined };

/** @param what is being done, as in 'deleting'; @param total in rows */
export const createProgress = (what: string, total: number, stream: NodeJS.WriteStream): Progress => {
  if (total === 0) return none;
  return (stream.isTTY && process.env['TERM'] !== 'dumb' ? bar : lines)(what, total, stream);
};
