/** A private Redis for tests: on loopback, in a temporary folder, on a free port. */

import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { freePort, temporaryFolder } from './places';
import { createServerProcess, type ServerProcess } from './server-process';

const redisServer = [
  '/usr/bin/redis-server',
  '/usr/local/bin/redis-server',
  '/opt/homebrew/bin/redis-server',
].find((path) => existsSync(path));

/** For `describeOn`: how to get it, if it is not there. */
export const redis = (): { name: string; missing?: string } => ({
  name: 'Redis',
  ...(redisServer === undefined ? { missing: 'install redis-server' } : {}),
});

const answers = (port: number): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('error', reject).once('data', (data) => {
      socket.destroy();
      if (data.toString().startsWith('+PONG')) resolve(undefined);
      else reject(new Error(data.toString()));
    });
  });

/** A server that is not running yet, and its address. */
export const createRedis = async (): Promise<ServerProcess & { url: string }> => {
  const folder = temporaryFolder('redis');
  const port = await freePort();
  const server = createServerProcess({
    command: redisServer ?? 'redis-server',
    args: [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'no',
    ],
    folder,
    stopSignal: 'SIGTERM',
    answers: () => answers(port),
  });
  return { ...server, url: `redis://127.0.0.1:${port}/0` };
};
