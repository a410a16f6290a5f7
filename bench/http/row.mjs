/** One row: an app in a fresh process, users who log in, load that reads, load that writes, and a look back. */

import { setTimeout as delay } from 'node:timers/promises';
import { inPlace } from '../databases.mjs';
import { startChild } from '../support/processes.mjs';
import { load } from './load.mjs';
import { anonymous, checkVisitors, logIn } from './visitors.mjs';

/** Requests that autocannon has given up at its end are over by then, in ms. */
const settling = 250;

/**
 * The process is fresh in every round: what a row did before must not help or harm it, and optimised code differs
 * a little from process to process, which shows in the range from round to round.
 *
 * @param servers how to reach each, by name
 * @returns for reads and writes each what `load` returns
 */
export const measureRow = async ({ storeName, database }, servers, settings) => {
  // MemoryStore has no server, koa-redis has one of its own, all others a table in a database.
  if (database === undefined) return measureApp(storeName, servers[storeName], settings);
  return inPlace(database, servers[database], (place) => measureApp(storeName, place, settings));
};

const measureApp = async (storeName, place, settings) => {
  const { users, warmup, seconds, paths } = settings;
  const isWithoutSessions = storeName === 'none';
  const app = await startChild(new URL('server.mjs', import.meta.url), { storeName, place });
  try {
    const url = `http://127.0.0.1:${app.port}`;
    const visitors = isWithoutSessions ? anonymous(users) : await logIn(url, users);
    const figures = {};
    for (const [name, path] of Object.entries(paths)) {
      await load(url, path, visitors, { ...settings, seconds: warmup });
      await delay(settling);
      figures[name] = await load(url, path, visitors, { ...settings, seconds });
      await delay(settling);
    }
    if (!isWithoutSessions) await checkVisitors(url, visitors);
    return figures;
  } finally {
    await app.stop();
  }
};

/** A row whose figures nobody keeps: the load generator's own code is warm when the first row comes. */
export const warmUpLoad = (settings) =>
  measureApp('none', undefined, { ...settings, seconds: settings.warmup });
