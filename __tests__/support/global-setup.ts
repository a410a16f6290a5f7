/** Before all tests: the servers that many of them share. Their addresses travel to the tests in `process.env`. */

import type { DatabaseServer } from './database-server';
import { createMariadb, hasMariadb } from './mariadb-server';
import { createPostgres } from './postgres-server';

declare global {
  var sessionTestServers: DatabaseServer[];
}

export default async (): Promise<void> => {
  globalThis.sessionTestServers = [];
  const start = async (variable: string, create: () => Promise<DatabaseServer>): Promise<void> => {
    const server = await create();
    globalThis.sessionTestServers.push(server);
    await server.start();
    process.env[variable] = server.url;
  };
  if (process.env.POSTGRES_URL === undefined) await start('POSTGRES_URL', createPostgres);
  // Nobody kills this one, so that it need not be careful.
  const careless = ['--innodb-flush-log-at-trx-commit=0'];
  if (process.env.MYSQL_URL === undefined && hasMariadb) {
    await start('MYSQL_URL', () => createMariadb(careless));
  }
};
