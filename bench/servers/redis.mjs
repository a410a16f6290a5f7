/** A private Redis with its default durability, or the one that REDIS_URL names. */

import getPort from 'get-port';
import { find } from '../support/find.mjs';
import { temporaryFolder } from '../support/folder.mjs';
import { startProcess } from './process.mjs';

/** @throws Error with what to install, if the server is not there */
export const startRedis = async () => {
  if (process.env.REDIS_URL) return { url: process.env.REDIS_URL, stop: () => undefined };
  const command = find('redis-server');
  if (!command) throw new Error('install redis-server, or set REDIS_URL');
  const port = await getPort();
  const folder = temporaryFolder('redis');
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const stop = await startProcess(command, args, { port, folder });
  return { url: `redis://127.0.0.1:${port}`, stop };
};
