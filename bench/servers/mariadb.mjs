/** A private MariaDB with its default durability, or the server that MYSQL_URL names. */

import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import getPort from 'get-port';
import { find } from '../support/find.mjs';
import { temporaryFolder } from '../support/folder.mjs';
import { startProcess } from './process.mjs';

const isRoot = process.getuid?.() === 0;

/**
 * @param hasty for who does not measure: what it has answered may be lost, as nothing need reach the disk
 * @throws Error with what to install, if the server is not there
 */
export const startMariadb = async ({ hasty = false } = {}) => {
  if (process.env.MYSQL_URL) return { url: process.env.MYSQL_URL, stop: () => undefined };
  const mariadbd = find('mariadbd');
  const installDb = find('mariadb-install-db');
  if (!mariadbd || !installDb) throw new Error('install mariadb-server, or set MYSQL_URL');

  const folder = temporaryFolder('mariadb');
  // The server gives up root; others on this machine need not read the folder.
  const user = isRoot ? ['--user=mysql'] : [];
  if (isRoot) execFileSync('chown', ['mysql', folder]);
  chmodSync(folder, 0o700);
  const data = `--datadir=${join(folder, 'data')}`;
  const install = ['--no-defaults', ...user, data, '--auth-root-authentication-method=normal'];
  execFileSync(installDb, [...install, '--skip-test-db'], { stdio: 'pipe' });

  const port = await getPort();
  const args = [
    '--no-defaults',
    ...user,
    data,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    // In /tmp, another server that starts takes this one's temporary tables for its own leftovers.
    `--tmpdir=${folder}`,
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--log-error=${join(folder, 'log')}`,
    ...(hasty ? ['--innodb-flush-log-at-trx-commit=0'] : []),
  ];
  const stop = await startProcess(mariadbd, args, { port, folder });
  return { url: `mysql://root@127.0.0.1:${port}/mysql`, stop };
};
