/** HAProxy: one address, and behind it those servers that its health checks find fit. */

import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, temporaryFolder } from '../../support/places';
import { createServerProcess, type ServerProcess } from '../../support/server-process';

export interface Haproxy extends ServerProcess {
  port: number;
}

/** How long its first checks take, in ms: until they have failed, it takes every server for fit. */
const firstChecks = 1_000;

/** @param rules what sets one proxy apart: its checks, and its servers as `server NAME ADDRESS check ...` */
export const startHaproxy = async (...rules: string[]): Promise<Haproxy> => {
  const folder = temporaryFolder('haproxy');
  const port = await freePort();
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, configuration(port, rules));
  const server = createServerProcess({
    command: '/usr/sbin/haproxy',
    args: ['-db', '-f', file],
    folder,
    stopSignal: 'SIGUSR1',
    answers: () => connected(port),
  });
  await server.start();
  await delay(firstChecks);
  return { ...server, port };
};

// A connection of a pool may be idle for long. One to a server that is found to be down must end at once: nobody
// else tells the app, which waits for an answer over it.
const configuration = (port: number, rules: readonly string[]): string => `
defaults
  mode tcp
  retries 3
  option redispatch 1
  timeout connect 1s
  timeout client 1h
  timeout server 1h
  default-server inter 200ms fall 2 rise 2 on-marked-down shutdown-sessions
listen database
  bind 127.0.0.1:${port}
${rules.map((rule) => `  ${rule}\n`).join('')}`;

const connected = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
