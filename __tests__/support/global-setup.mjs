/** Before all tests: the servers that many of them share. Their addresses travel to the tests in `process.env`. */

import { hasMariadb, startMariadb, startPostgres } from './servers.mjs';

export default async () => {
  const servers = [];
  const start = async (variable, starter) => {
    const server = await starter();
    servers.push(server);
    process.env[variable] = server.url;
  };
  if (process.env.POSTGRES_URL === undefined) await start('POSTGRES_URL', startPostgres);
  if (process.env.MYSQL_URL === undefined && hasMariadb) await start('MYSQL_URL', startMariadb);
  globalThis.sessionTestServers = servers;
};
