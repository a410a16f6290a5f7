/** PostgreSQL on a network that is further away, and how far that is. */

import pg from 'pg';
import { summarise } from '../report/statistics.mjs';
import { startChild } from '../support/processes.mjs';

/**
 * @param url of a server
 * @param added ms that a round trip takes more
 * @returns another URL of the same server
 */
export const moveAway = async (url, added) => {
  const far = new URL(url);
  const target = { host: far.hostname, port: Number(far.port || 5432), delay: added / 2 };
  const { port, stop } = await startChild(new URL('proxy.mjs', import.meta.url), target);
  far.hostname = '127.0.0.1';
  far.port = port;
  return { url: far.href, stop };
};

/** @returns the median, in ms, of `count` statements of one round trip each, on a connection with nothing else to do */
export const roundTrip = async (url, count) => {
  const client = new pg.Client(url);
  await client.connect();
  const times = [];
  for (let i = 0; i < count; i += 1) {
    const start = performance.now();
    await client.query('SELECT 1');
    times.push(performance.now() - start);
  }
  await client.end();
  return summarise(times).median;
};
