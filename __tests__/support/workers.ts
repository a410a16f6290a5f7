/** Processes beside the test, each of which does what it is asked. */

import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** A process that waits to be asked; what it can do is in its file, which hands it to `answer.cjs`. */
export interface Worker {
  /**
   * Has it do one thing; one at a time.
   *
   * @returns what came of it
   * @throws Error if it threw, or if the process has ended, with all that it printed
   */
  ask<T = unknown>(task: string, details?: object): Promise<T>;
  /** Nothing is left to ask; resolves when it has ended by itself. @returns its exit code; null if a signal ended it */
  end(): Promise<number | null>;
}

interface Answer {
  answer?: unknown;
  error?: string;
}

const running = new Set<ChildProcess>();

// However a test file ends, no worker outlives it.
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** @param file a JavaScript file, relative to the repository */
export const startWorker = (file: string): Worker => {
  const child = fork(resolve(root, file), { cwd: root, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  running.add(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  // Not 'close', which does not come where the parent has ended the channel.
  const ended = new Promise<number | null>((settle) => {
    child.once('exit', (code) => {
      running.delete(child);
      settle(code);
    });
  });

  return {
    ask: async <T>(task: string, details: object = {}) => {
      const answered = new Promise<Answer>((settle, reject) => {
        child.once('message', settle);
        void ended.then((code) => {
          reject(new Error(`${file} ended with code ${String(code)} on '${task}'; it printed:\n${printed}`));
        });
      });
      child.send({ task, details });
      const { answer, error } = await answered;
      if (error !== undefined) throw new Error(`${file} failed on '${task}': ${error}`);
      return answer as T;
    },

    end: () => {
      if (child.connected) child.disconnect();
      return ended;
    },
  };
};
