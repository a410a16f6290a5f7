/** What the private database servers of tests have in common. */

import knexModule, { type Knex } from 'knex';
import type { ServerProcess } from './server-process';

/** A database server that is not running yet. Once it was started, the same data is there on each start. */
export interface DatabaseServer extends ServerProcess {
  /** For Knex. */
  client: 'pg' | 'mysql2';
  /** Of an empty database, with the superuser's name and password. */
  url: string;
  port: number;
  /** Where its data lies. */
  data: string;
  /** Ends all connections of others. */
  terminateConnections(this: void): Promise<void>;
}

/** Runs something on a connection of its own. */
export const administer = async <T>(
  { client, url }: Pick<DatabaseServer, 'client' | 'url'>,
  work: (knex: Knex) => Promise<T>,
): Promise<T> => {
  const knex = knexModule({
    client,
    connection: url,
    pool: { min: 0, max: 1 },
    acquireConnectionTimeout: 5_000,
    // It reports every connection that a starting server refuses.
    log: { warn: () => undefined },
  });
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
};
