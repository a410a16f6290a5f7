/** A server as a process of ours: on a port of loopback, and never left behind. */

import { spawn } from 'node:child_process';
import { listening } from './wait.mjs';

/**
 * @param folder where it runs
 * @returns how to stop it: asked politely, so that it can write what it has in memory
 */
export const startProcess = async (command, args, { port, folder }) => {
  const server = spawn(command, args, { stdio: 'ignore', cwd: folder });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const killWithUs = () => server.kill('SIGKILL');
  // Before its folder goes.
  process.prependOnceListener('exit', killWithUs);
  await listening(port, server);
  return async () => {
    server.kill('SIGTERM');
    await ended;
    process.off('exit', killWithUs);
  };
};
