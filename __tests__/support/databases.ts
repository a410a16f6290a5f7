/** The databases that tests run on: how to reach each, or why it is not there. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexModule, { type Knex } from 'knex';

export interface Database {
  /** What the tests call it. */
  name: string;
  /** Set when it cannot be reached here: how to get it. */
  missing?: string;
  /** Set where the store inserts and updates row by row, for want of SQL of its own. */
  rowByRow?: true;
  /** For Knex's `client` and `connection`, in other processes. */
  client: string;
  connection: unknown;
  /** A new Knex instance on this database, with further settings if the test has any. */
  connect(config?: Knex.Config): Knex;
  /** Once, after the tests. */
  remove?(): void;
}

const pool = { min: 0, max: 10 };

type ClientClass = typeof Knex.Client;

/** The client that Knex itself uses for a driver, as some other driver that the store knows nothing of. */
const otherClient = (driver: string): ClientClass => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Knex names its clients at run time
  const client = require(`knex/lib/dialects/${driver}/index.js`) as ClientClass;
  class OtherClient extends client {}
  Object.assign(OtherClient.prototype, { driverName: 'some-other-driver' });
  return OtherClient;
};

/** A file, not `:memory:`, so that several Knex instances and processes can share it. */
const sqlite = (name: string, client: string, config: Knex.Config = {}): Database => {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-sqlite-'));
  const connection = { filename: join(folder, 'sessions.sqlite') };
  const own = { client, connection, useNullAsDefault: true, pool: { min: 1, max: 1 }, ...config };
  return {
    name,
    client,
    connection,
    connect: (more = {}) => knexModule({ ...own, ...more }),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
};

const server = (
  name: string,
  client: string,
  url: string | undefined,
  howToGetIt: string,
  config: Knex.Config = {},
): Database => ({
  name,
  ...(url === undefined ? { missing: howToGetIt } : {}),
  client,
  connection: url,
  connect: (more = {}) => knexModule({ client, connection: url ?? '', pool, ...config, ...more }),
});

export const betterSqlite3 = (): Database => sqlite('SQLite through better-sqlite3', 'better-sqlite3');

export const sqlite3 = (): Database =>
  sqlite('SQLite through sqlite3', 'sqlite3', {
    pool: {
      min: 1,
      max: 1,
      // better-sqlite3 waits 5 s for a locked file by default; sqlite3 waits for one.
      afterCreate: (
        connection: { configure: (option: 'busyTimeout', ms: number) => void },
        done: (error: unknown, connection: unknown) => void,
      ) => {
        connection.configure('busyTimeout', 5_000);
        done(null, connection);
      },
    },
  });

export const postgres = (): Database =>
  server('PostgreSQL through pg', 'pg', process.env.POSTGRES_URL, 'set POSTGRES_URL');

export const mysql = (): Database =>
  server(
    'MySQL or MariaDB through mysql2',
    'mysql2',
    process.env.MYSQL_URL,
    'install mariadb-server, or set MYSQL_URL (docker compose up -d mysql)',
  );

export const mssql = (): Database => {
  const url = process.env.MSSQL_URL;
  return {
    name: 'SQL Server through tedious',
    ...(url === undefined ? { missing: 'set MSSQL_URL (docker compose up -d mssql)' } : {}),
    client: 'mssql',
    connection: url,
    connect: (config = {}) => {
      const { hostname, port, username, password, pathname } = new URL(url ?? '');
      const connection = {
        server: hostname,
        port: Number(port || 1433),
        user: decodeURIComponent(username),
        password: decodeURIComponent(password),
        database: pathname.slice(1) || 'master',
        options: { encrypt: true, trustServerCertificate: true },
      };
      return knexModule({ client: 'mssql', connection, pool, ...config });
    },
  };
};

export const standardSqlite = (): Database => ({
  ...sqlite('any other Knex client, on SQLite', 'better-sqlite3', { client: otherClient('better-sqlite3') }),
  rowByRow: true,
});

export const standardPostgres = (): Database => ({
  ...server('any other Knex client, on PostgreSQL', 'pg', process.env.POSTGRES_URL, 'set POSTGRES_URL', {
    client: otherClient('postgres'),
  }),
  rowByRow: true,
});

/** The unit lane (jest.unit.config.cjs) starts no servers. */
const needsServers = !('withoutServers' in globalThis);

/**
 * Tests on a database, or one line that says how to get it where it is missing. In CI, PostgreSQL and MariaDB
 * must be there.
 */
export const describeOn = (database: Pick<Database, 'name' | 'missing'>, tests: () => void): void => {
  const { name, missing } = database;
  if (missing === undefined) {
    describe(`on ${name}`, tests);
    return;
  }
  if (needsServers) {
    const mustRun = process.env.CI === 'true' && !name.startsWith('SQL Server');
    if (mustRun) throw new Error(`${name} must not be skipped in CI: ${missing}`);
    process.stderr.write(`skipped: ${name}; to run its tests, ${missing}\n`);
  }
  describe.skip(`on ${name}`, tests);
};

let tables = 0;

/** A table name that no other test uses, in no other process either. */
export const newTableName = (): string => {
  tables += 1;
  return `Sessions_${process.pid}_${Date.now().toString(36)}_${tables}`;
};
