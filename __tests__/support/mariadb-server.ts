/** A private MariaDB for tests: on loopback, in a temporary folder, on a free port, and free to fail. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { administer, type DatabaseServer } from './database-server';
import { accountOf, freePort, temporaryFolder } from './places';
import { createServerProcess } from './server-process';

const find = (...paths: string[]): string | undefined => paths.find((path) => existsSync(path));
const mariadbd = find(
  '/usr/sbin/mariadbd',
  '/usr/local/sbin/mariadbd',
  '/usr/local/bin/mariadbd',
  '/opt/homebrew/bin/mariadbd',
);
const installDb = find(
  '/usr/bin/mariadb-install-db',
  '/usr/local/bin/mariadb-install-db',
  '/opt/homebrew/bin/mariadb-install-db',
);

export const hasMariadb = mariadbd !== undefined && installDb !== undefined;

/** @param args further arguments of the server */
export const createMariadb = async (args: readonly string[] = []): Promise<DatabaseServer> => {
  if (mariadbd === undefined || installDb === undefined) throw new Error('MariaDB is not installed');
  const account = accountOf('mysql');
  const folder = temporaryFolder('mariadb', account);
  const data = join(folder, 'data');
  const port = await freePort();
  // In the shared one, a server that starts beside this one would remove this one's temporary tables.
  const own = ['--no-defaults', `--datadir=${data}`, `--tmpdir=${folder}`];
  execFileSync(installDb, [...own, '--auth-root-authentication-method=normal'], {
    stdio: 'pipe',
    cwd: folder,
    ...account,
  });

  const access = { client: 'mysql2', url: `mysql://root@127.0.0.1:${port}/test` } as const;
  const server = createServerProcess({
    command: mariadbd,
    args: [
      ...own,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      // A killed server loses nothing by this, only a killed machine.
      '--innodb-flush-log-at-trx-commit=2',
      '--max-connections=300',
      ...args,
    ],
    folder,
    account,
    stopSignal: 'SIGTERM',
    answers: () => administer(access, (knex) => knex.raw('SELECT 1')),
  });
  return {
    ...server,
    ...access,
    port,
    data,
    terminateConnections: () =>
      administer(access, async (knex) => {
        const [rows] = (await knex.raw(
          'SELECT id FROM information_schema.processlist WHERE id <> connection_id() AND user = ?',
          ['root'],
        )) as [{ id: number }[]];
        for (const { id } of rows) await knex.raw(`KILL CONNECTION ${id}`).catch(() => undefined);
      }),
  };
};
