/** Runs the built command in a folder with a knexfile. */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** The built command. */
export const cli = join(root, 'dist/cli.mjs');

/** `code` is null if the command had to be killed. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command while it runs. */
export interface Running {
  /** Resolves when what it has printed on stderr, or on its terminal, matches; rejects if it ends before. */
  says(pattern: RegExp): Promise<void>;
  interrupt(): void;
  /** Types on the terminal, where it runs on one. */
  type(keys: string): void;
  ended: Promise<Ended>;
}

/** How it is run. */
interface How {
  /** Added to the environment, which has neither `NODE_ENV` nor `DEBUG`. */
  env?: NodeJS.ProcessEnv;
  /** The working directory, within the folder. */
  cwd?: string;
}

/** A folder of an app: with Knex and its drivers, and what a test writes into it. */
export interface Folder {
  path: string;
  write(file: string, text: string): void;
  run(args: readonly string[], how?: How): Promise<Ended>;
  start(args: readonly string[], how?: How): Running;
  remove(): void;
}

/** @param program its file and arguments; killed after 100 s */
export const startProgram = (
  [file, ...args]: readonly [string, ...string[]],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Running => {
  const { NODE_ENV: _environment, DEBUG: _debug, ...inherited } = process.env;
  const child = spawn(file, args, {
    cwd,
    env: { ...inherited, ...env },
    stdio: 'pipe',
    timeout: 100_000,
    killSignal: 'SIGKILL',
  });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      printed[stream] += text;
    });
  }
  const ended = new Promise<Ended>((settle, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      settle({ code, ...printed });
    });
  });
  const says = (pattern: RegExp): Promise<void> =>
    new Promise((settle, reject) => {
      const look = (): void => {
        if (pattern.test(printed.stderr) || pattern.test(printed.stdout)) settle();
      };
      child.stderr.on('data', look);
      child.stdout.on('data', look);
      look();
      void ended.then(({ code }) => {
        reject(
          new Error(`ended with code ${String(code)}, and printed:\n${printed.stdout}${printed.stderr}`),
        );
      }, reject);
    });
  return {
    says,
    interrupt: () => {
      child.kill('SIGINT');
    },
    type: (keys) => {
      child.stdin.write(keys);
    },
    ended,
  };
};

/** Runs the command on a terminal, by util-linux's `script`: all that it prints comes on stdout. */
export const startOnTerminal = (args: readonly string[], cwd: string): Running =>
  startProgram(['script', '-qec', [process.execPath, cli, ...args].join(' '), '/dev/null'], cwd, {
    TERM: 'xterm',
  });

/** @param packages what its node_modules has: packages of the repository's */
export const createFolder = (packages: readonly string[] = ['knex']): Folder => {
  // Where the system's temporary folder is a link, the command would print other paths than these.
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'sessions-cli-')));
  for (const name of packages) {
    mkdirSync(join(path, 'node_modules'), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(path, 'node_modules', name), 'junction');
  }
  const start = (args: readonly string[], { env = {}, cwd = '.' }: How = {}): Running =>
    startProgram([process.execPath, cli, ...args], join(path, cwd), env);
  return {
    path,
    write: (file, text) => {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), text);
    },
    run: (args, how) => start(args, how).ended,
    start,
    remove: () => {
      rmSync(path, { recursive: true });
    },
  };
};

/** The JSON document on stdout: there is nothing else. */
export const documentOf = ({ stdout }: Ended): Record<string, unknown> =>
  JSON.parse(stdout) as Record<string, unknown>;
