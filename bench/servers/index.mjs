/** Starts the servers that a run needs; says in a plain line which of them are missing. */

import { startMariadb } from './mariadb.mjs';
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';
import { startSqlite } from './sqlite.mjs';

const starts = { sqlite: startSqlite, postgres: startPostgres, mariadb: startMariadb, redis: startRedis };

/**
 * @param wanted names of servers
 * @param options for each: `{ hasty: true }` if the disk must not count
 * @returns how to reach each that runs, `{ postgres: { url }, sqlite: { folder } }`, and how to stop them all
 */
export const startServers = async (wanted, options) => {
  const servers = {};
  const stops = [];
  for (const name of wanted) {
    try {
      const { stop, ...server } = await starts[name](options);
      servers[name] = server;
      stops.push(stop);
    } catch (error) {
      console.log(`without ${name}: ${error.message}`);
    }
  }
  return {
    servers,
    stop: async () => {
      for (const stop of stops) await stop();
    },
  };
};
