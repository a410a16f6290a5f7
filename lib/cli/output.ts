/** What the command prints: its result on stdout; notes and progress on stderr. */

/** What a command has found or done. */
export interface Result {
  /** For people. */
  readonly text: string;
  /** For programs, with `--json`. */
  readonly document: object;
}

export interface Output {
  result(this: void, result: Result): void;
  /** Prints a line about the work in progress. */
  note(this: void, line: string): void;
  /** @param what the work, as in 'deleting'; @param total in rows */
  progress(this: void, what: string, total: number): Progress;
}

export interface Progress {
  /** @param done in rows; may exceed the total, as the app adds rows meanwhile */
  at(this: void, done: number): void;
  end(this: void): void;
}

type Print = (text: string) => void;

/**
 * Reserves stdout for the result: from now on, what a knexfile or a package prints there goes to stderr.
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

/** @param json print the result's JSON document instead of its text */
export const createOutput = (print: Print, json: boolean): Output => {
  const stream = process.stderr;
  let isBarOpen = false;
  return {
    result: ({ text, document }) => {
      const printed = json ? JSON.stringify(document) : text;
      if (printed !== '') print(`${printed}\n`);
    },
    note: (line) => {
      stream.write(`${isBarOpen ? '\n' : ''}${line}\n`);
    },
    progress: (what, total) => {
      if (total === 0) return { at: () => undefined, end: () => undefined };
      if (!stream.isTTY || process.env['TERM'] === 'dumb') return progressLines(what, total, stream);
      const bar = progressBar(what, total, stream);
      isBarOpen = true;
      return {
        at: bar.at,
        end: () => {
          isBarOpen = false;
          bar.end();
        },
      };
    },
  };
};

/** For logs: a line for each tenth of the work. */
const progressLines = (what: string, total: number, stream: NodeJS.WriteStream): Progress => {
  let tenths = 0;
  return {
    at: (done) => {
      const share = Math.min(done / total, 1);
      if (Math.floor(share * 10) <= tenths) return;
      tenths = Math.floor(share * 10);
      stream.write(`${what}: ${counted(done)} of ${rowsOf(total)} (${Math.floor(share * 100)} %)\n`);
    },
    end: () => undefined,
  };
};

const barWidth = 40;

/** Control sequences of terminals. Without line wrap, a narrow window cuts the bar off instead of breaking it. */
const barStart = '\u001B[?25l\u001B[?7l';
const barEnd = '\u001B[?25h\u001B[?7h\n';
const clearRest = '\u001B[K';

/** For terminals: one line that is drawn over again. */
const progressBar = (what: string, total: number, stream: NodeJS.WriteStream): Progress => {
  const start = performance.now();
  const at = (done: number): void => {
    const share = Math.min(done / total, 1);
    const filled = Math.round(share * barWidth);
    const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
    const left = done === 0 ? '' : ` | ${timeLeft(((performance.now() - start) / share) * (1 - share))} left`;
    stream.write(
      `\r${what} ${bar} ${Math.floor(share * 100)}% | ${done} of ${total} rows${left}${clearRest}`,
    );
  };
  stream.write(barStart);
  at(0);
  return {
    at,
    end: () => {
      stream.write(barEnd);
    },
  };
};

/** As in '7s', '2m05s' and '1h30m'. @param ms how long */
const timeLeft = (ms: number): string => {
  const seconds = Math.ceil(ms / 1000);
  const padded = (count: number): string => String(count).padStart(2, '0');
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m${padded(seconds % 60)}s`;
  return `${Math.floor(minutes / 60)}h${padded(minutes % 60)}m`;
};

/** As in '1,000'. */
export const counted = (count: number): string => count.toLocaleString('en');

/** As in '1 row' and '1,000 expired rows'. */
export const rowsOf = (count: number, kind = ''): string =>
  `${counted(count)} ${kind === '' ? '' : `${kind} `}${count === 1 ? 'row' : 'rows'}`;

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** As in '13 bytes' and '1.4 MiB'. */
export const sizeOf = (bytes: number): string => {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${String(units[power])}`;
};
