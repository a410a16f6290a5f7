/** Runs programs until they end or are stopped. */

import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The timeout of a program, in ms: long enough to compile a driver. */
const patience = 600_000;

const running = new Set();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

const keepTrack = (child) => {
  running.add(child);
  child.once('close', () => running.delete(child));
};

/** The last lines of a program's output, to show why it failed. */
const tail = (text) => text.trim().split('\n').slice(-25).join('\n');

/** @returns its stdout. @throws Error with its output, also as `stdout`, unless it exits with code 0 */
export const run = (file, args, { cwd, env = {} }) =>
  new Promise((resolve, reject) => {
    const options = {
      cwd,
      env: { ...process.env, ...env },
      timeout: patience,
      killSignal: 'SIGKILL',
      maxBuffer: 2 ** 26,
    };
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const how = error.signal ?? `code ${error.code}`;
      return reject(Object.assign(new Error(`ended with ${how}:\n${tail(stdout + stderr)}`), { stdout }));
    });
    keepTrack(child);
  });

/**
 * Starts a program that serves HTTP and prints its address.
 *
 * @returns the address, and `stop`, which sends SIGTERM and throws unless the exit code is 0
 */
export const serve = async (file, args, { cwd, env = {} }) => {
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  keepTrack(child);
  const printed = [];
  const ended = new Promise((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code));
    child.once('error', (error) => resolve(error.message));
  });

  const url = await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        printed.push(line);
        if (line.startsWith('http://')) resolve(line);
      });
    }
    ended.then((how) => reject(new Error(`the app ended with ${how}:\n${tail(printed.join('\n'))}`)));
  });
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      const how = await ended;
      if (how !== 0) throw new Error(`the app ended with ${how}:\n${tail(printed.join('\n'))}`);
    },
  };
};
