/** Child processes that get their input on the command line, and answer over IPC. */

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How long a child may take to end once it has been told to, in ms. */
const patience = 10_000;

/**
 * @param file URL of a module
 * @param input anything that JSON can hold; the child finds it with {@link readInput}
 * @returns the child's first message, how to ask it for another, and how to end it: it sees `disconnect`
 */
const start = (file, input, execArgv = []) => {
  const child = fork(fileURLToPath(file), [JSON.stringify(input)], { execArgv });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const answer = new Promise((resolve, reject) => {
    child.once('message', resolve);
    void ended.then((code) => reject(new Error(`${fileURLToPath(file)} ended with code ${code}`)));
  });
  const stop = async () => {
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    await ended;
    clearTimeout(timer);
  };
  const ask = (question) =>
    new Promise((resolve, reject) => {
      child.once('message', resolve);
      void ended.then((code) => reject(new Error(`${fileURLToPath(file)} ended with code ${code}`)));
      child.send(question);
    });
  return { answer, ask, stop };
};

/** Starts a server, and resolves with its first message, how to ask for the next ones, and how to stop it. */
export const startChild = async (file, input) => {
  const { answer, ask, stop } = start(file, input);
  return { ...(await answer), ask, stop };
};

/** Runs a module to its end, and resolves with what it answered. */
export const runChild = async (file, input, execArgv) => {
  const { answer, stop } = start(file, input, execArgv);
  try {
    return await answer;
  } finally {
    await stop();
  }
};

/** In the child: the input that it was started with. */
export const readInput = () => JSON.parse(process.argv[2]);

/** In the child: answers, and lets go of the parent, so that the child can end. */
export const answerAndEnd = (message) => process.send(message, () => process.disconnect());
