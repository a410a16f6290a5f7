/** A server that tests kill, freeze, stop and start again. However the tests themselves end, it ends with them. */

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './places';

/** How long a server may take to answer, or to end, in ms. */
const patience = 60_000;

/** How a server is run. */
export interface ServerCommand {
  command: string;
  args: readonly string[];
  /** All that it keeps, see {@link temporaryFolder}: also its log, in `log`. */
  folder: string;
  account?: Account | undefined;
  /** Asks it to end in an orderly way, without waiting for its clients. */
  stopSignal: NodeJS.Signals;
  /** Ends it in a hurry, when nobody needs its data any more; default SIGKILL. */
  discardSignal?: NodeJS.Signals;
  /** Resolves if it answers, as its clients see it; rejects if it does not do so yet. */
  answers(): Promise<unknown>;
}

export interface ServerProcess {
  /** Starts it, also again, with further arguments if there are any; resolves once it answers. */
  start(this: void, args?: readonly string[]): Promise<void>;
  /** Ends it and its child processes with SIGKILL. */
  kill(this: void): Promise<void>;
  /** Lets it end in an orderly way. */
  stop(this: void): Promise<void>;
  /** Stops it and its child processes where they are (SIGSTOP): connections stay, and nothing is ever said. */
  freeze(this: void): void;
  /** Lets it go on. */
  thaw(this: void): void;
  isRunning(this: void): boolean;
  /** Ends it in any way, and deletes its folder. */
  remove(this: void): Promise<void>;
  /** All that it has logged. */
  log(this: void): string;
}

const childrenOf = (pid: number): number[] => {
  const file = `/proc/${pid}/task/${pid}/children`;
  const list = (): string =>
    existsSync('/proc/self')
      ? readFileSync(file, 'utf8')
      : execFileSync('sh', ['-c', `pgrep -P ${pid} || true`], { encoding: 'utf8' });
  return list().split(/\s+/).filter(Boolean).map(Number);
};

/** Killed is not gone: a child process may still hold what the next server needs. */
const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return existsSync('/proc/self') && /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
};

const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
};

/**
 * Waits for the end of its input, that is of the process that wrote it, which may have been killed. Then it ends the
 * server whose pid it read last, and deletes the folder.
 */
const keeper = `
  pid=
  while read -r line; do pid=$line; done
  if [ -n "$pid" ]; then
    kill -KILL $pid $(cat "/proc/$pid/task/$pid/children" 2>/dev/null || pgrep -P "$pid")
    sleep 1
  fi
  rm -rf "$1"
`;

/** A server that is not running yet. */
export const createServerProcess = (server: ServerCommand): ServerProcess => {
  const { command, folder, account, stopSignal, discardSignal = 'SIGKILL' } = server;
  const logFile = join(folder, 'log');
  const guard = spawn('sh', ['-c', keeper, 'keeper', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const guarded = once(guard, 'exit');
  let running: { child: ChildProcess; pid: number; ended: Promise<unknown> } | undefined;

  const log = (): string => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');

  const theRunning = (): NonNullable<typeof running> => {
    if (running === undefined) throw new Error(`${command} is not running; it logged:\n${log()}`);
    return running;
  };

  const start = async (args: readonly string[] = []): Promise<void> => {
    const output = openSync(logFile, 'a');
    const child = spawn(command, [...server.args, ...args], {
      cwd: folder,
      stdio: ['ignore', output, output],
      ...account,
    });
    closeSync(output);
    const ended = once(child, 'exit').finally(() => {
      running = undefined;
      guard.stdin.write('\n');
    });
    running = { child, pid: child.pid ?? 0, ended };
    guard.stdin.write(`${String(child.pid)}\n`);
    const deadline = Date.now() + patience;
    for (;;) {
      theRunning();
      try {
        await server.answers();
        return;
      } catch (cause) {
        if (Date.now() > deadline) throw new Error(`${command} does not answer:\n${log()}`, { cause });
      }
      await delay(10);
    }
  };

  /** The server first, so that it does not start others in place of those that end. */
  const freeze = (): void => {
    const { pid } = theRunning();
    send(pid, 'SIGSTOP');
    for (const child of childrenOf(pid)) send(child, 'SIGSTOP');
  };

  const thaw = (): void => {
    const { pid } = theRunning();
    for (const child of childrenOf(pid)) send(child, 'SIGCONT');
    send(pid, 'SIGCONT');
  };

  const kill = async (): Promise<void> => {
    freeze();
    const { pid, ended } = theRunning();
    const children = childrenOf(pid);
    for (const each of [pid, ...children]) send(each, 'SIGKILL');
    await ended;
    while (!children.every(isGone)) await delay(5);
  };

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const { pid, ended } = theRunning();
    thaw();
    send(pid, signal);
    const timer = setTimeout(send, patience, pid, 'SIGKILL');
    await ended;
    clearTimeout(timer);
  };

  const remove = async (): Promise<void> => {
    if (running !== undefined) await (discardSignal === 'SIGKILL' ? kill() : end(discardSignal));
    guard.stdin.end();
    await guarded;
  };

  return {
    start,
    kill,
    stop: () => end(stopSignal),
    freeze,
    thaw,
    isRunning: () => running !== undefined,
    remove,
    log,
  };
};
