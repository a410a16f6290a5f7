/** The ways in which a database server fails and comes back. */

import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseServer } from '../support/database-server';

/** When a database was away, by `performance.now()`. */
export interface Outage {
  /** From when on it served nobody. */
  from: number;
  /** From when on it might have served again: it was told to come back. */
  ending: number;
  /** From when on it could: it accepts connections. */
  over: number;
}

/** Makes a server fail, for so many ms at least. */
export type Failure = (server: DatabaseServer, ms: number) => Promise<Outage>;

type Act = (server: DatabaseServer) => unknown;

const failure =
  (begin: Act, end: Act): Failure =>
  async (server, ms) => {
    const from = performance.now();
    await begin(server);
    await delay(ms);
    const ending = performance.now();
    await end(server);
    return { from, ending, over: performance.now() };
  };

const start: Act = (server) => server.start();

export const killed = failure((server) => server.kill(), start);

export const stopped = failure((server) => server.stop(), start);

export const frozen = failure(
  (server) => {
    server.freeze();
  },
  (server) => {
    server.thaw();
  },
);

/** Ends all connections, again and again; it takes new ones all along. */
export const cutOff: Failure = async (server, ms) => {
  const from = performance.now();
  do await server.terminateConnections();
  while (performance.now() < from + ms);
  const over = performance.now();
  return { from, ending: over, over };
};
