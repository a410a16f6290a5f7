/** The databases of the cells: those of POSTGRES_URL, MYSQL_URL and MSSQL_URL, or servers started here. */

import { startMariadb } from '../../bench/servers/mariadb.mjs';
import { startPostgres } from '../../bench/servers/postgres.mjs';

const nameMssql = () => {
  if (process.env.MSSQL_URL) return { url: process.env.MSSQL_URL, stop: () => undefined };
  throw new Error('MSSQL_URL is not set');
};

const starts = { postgres: startPostgres, mysql: startMariadb, mssql: nameMssql };

/**
 * @param wanted some of `postgres`, `mysql` and `mssql`
 * @returns `servers`: by name, the `url` or the reason why it is `missing`; `stop`: stops the servers started here
 */
export const startServers = async (wanted) => {
  const servers = {};
  const stops = [];
  for (const name of wanted) {
    try {
      const { url, stop } = await starts[name]({ hasty: true });
      servers[name] = { url };
      stops.push(stop);
    } catch (error) {
      servers[name] = { missing: error.message };
      console.log(`skipped: ${error.message}`);
    }
  }
  return {
    servers,
    stop: async () => {
      for (const stop of stops.splice(0)) await stop();
    },
  };
};
