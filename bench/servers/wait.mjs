/** Waits until a server listens. */

import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How long a server may take to start, in ms. */
const patience = 60_000;

const accepts = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/**
 * @param server the server's process
 * @throws Error if the process ends, or takes too long
 */
export const listening = async (port, server) => {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`the server ended with code ${server.exitCode}`);
    if (await accepts(port)) return;
    await delay(50);
  }
  throw new Error(`the server did not listen within ${patience} ms`);
};
