/** What the command prints: its result on stdout, and everything else on stderr. */

import { createProgress, type Progress } from './progress';

/** What a command has come to. */
export interface Result {
  /** For the operator. */
  readonly text: string;
  /** For programs, with `--json`. */
  readonly document: object;
}

export interface Output {
  result(this: void, result: Result): void;
  /** A line about what is going on. */
  note(this: void, line: string): void;
  /** @param what is being done, as in 'deleting'; @param total in rows */
  progress(this: void, what: string, total: number): Progress;
}

export type Print = (text: string) => void;

/**
 * From now on, what others print on stdout (a knexfile, or a package that it loads) goes to stderr.
 *
 * @returns prints on stdout
 */
export const takeStdout = (): Print => {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return (text) => {
    write(text);
  };
};

/** @param json print the one JSON document that programs want */
export const createOutput = (print: Print, json: boolean): Output => {
  let shown: Progress | undefined;
  return {
    result: ({ text, document }) => {
      const printed = json ? JSON.stringify(document) : text;
      if (printed !== '') print(`${printed}\n`);
    },
    note: (line) => {
      process.stderr.write(`${shown?.holdsLine() === true ? '\n' : ''}${line}\n`);
    },
    progress: (what, total) => {
      shown = createProgress(what, total, process.stderr);
      return shown;
    },
  };
};
