/** PgBouncer with transaction pooling, in front of a PostgreSQL server of its own. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import knexModule from 'knex';
import { administer, type DatabaseServer } from '../../support/database-server';
import type { Database } from '../../support/databases';
import { accountOf, freePort, temporaryFolder } from '../../support/places';
import { createPostgres } from '../../support/postgres-server';
import { createServerProcess, type ServerProcess } from '../../support/server-process';
import { needs } from './packages';

/** @returns the address of the server's only database, through PgBouncer */
export const startPgBouncer = async (
  postgres: DatabaseServer,
): Promise<{ url: string; remove: ServerProcess['remove'] }> => {
  // It refuses to be root; the account of PostgreSQL is there.
  const account = accountOf('postgres');
  const folder = temporaryFolder('pgbouncer', account);
  const port = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  // Fewer connections to PostgreSQL than the tests have to PgBouncer: they take turns on them. By default, it leaves
  // a PostgreSQL that was away in peace for 15 s.
  writeFileSync(
    file,
    `[databases]
postgres = host=127.0.0.1 port=${postgres.port} user=postgres password=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 5
server_login_retry = 1
max_client_conn = 500
`,
  );
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const server = createServerProcess({
    command: '/usr/sbin/pgbouncer',
    args: [file],
    folder,
    account,
    stopSignal: 'SIGINT',
    answers: () => administer({ client: 'pg', url }, (knex) => knex.raw('SELECT 1')),
  });
  await server.start();
  return { url, remove: server.remove };
};

/** Starts before the tests of the file that calls this, and ends after them. */
export const pgBouncer = (): Database => {
  const need = needs('pgbouncer');
  const started: ServerProcess['remove'][] = [];
  let url = '';
  if (need.missing === undefined) {
    beforeAll(async () => {
      const postgres = await createPostgres();
      started.unshift(postgres.remove);
      await postgres.start();
      const bouncer = await startPgBouncer(postgres);
      started.unshift(bouncer.remove);
      ({ url } = bouncer);
    });
    afterAll(async () => {
      for (const remove of started) await remove();
    });
  }
  return {
    name: 'PostgreSQL behind PgBouncer, with transaction pooling',
    ...need,
    client: 'pg',
    get connection() {
      return url;
    },
    connect: (config = {}) =>
      knexModule({ client: 'pg', connection: url, pool: { min: 0, max: 10 }, ...config }),
  };
};
