/** What the tests of the migrations share: apps on both sides, and the programs between them. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import knexModule, { type Knex } from 'knex';
import { startProgram, type Ended, type Running } from '../../cli/support';
import { createClient, startApp, type Answer, type App, type Client } from '../../support/app';
import { mysql, newTableName, postgres } from '../../support/databases';
import { onEachDatabase } from '../../support/each-database';

/** A database as the programs are told of it: `url` is the name of a file for SQLite. */
export interface Place {
  client: string;
  url: string;
}

/** What a test has for itself; all of it goes with the test. */
export interface Scene {
  place: Place;
  knex: Knex;
  /** The table of sessions to come, and the one beside it that connect-session-knex has. */
  tableName: string;
  oldTable: string;
  /** An app in `apps/`. */
  start(this: void, file: string, env: NodeJS.ProcessEnv): Promise<App>;
  /** A program in `examples/migrating`, whose `--options` name the new table. */
  migrate(
    this: void,
    file: string,
    args: readonly string[],
    options?: object,
    env?: NodeJS.ProcessEnv,
  ): Promise<Ended>;
  /** The same, still running. */
  startMigrating: (...program: Parameters<Scene['migrate']>) => Running;
}

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** At the end of the test, before what was there before. */
export const afterwards = (cleanup: () => unknown): void => {
  cleanups.push(cleanup);
};

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'sessions-migrating-'));
  afterwards(() => {
    rmSync(path, { recursive: true });
  });
  return path;
};

export const openScene = (place: Place): Scene => {
  const own = folder();
  const { client, url } = place;
  const database = { DATABASE_CLIENT: client, DATABASE_URL: url };
  const knex = knexModule({ client, connection: url, useNullAsDefault: true });
  const tableName = newTableName();
  const oldTable = newTableName();
  afterwards(async () => {
    for (const name of [tableName, `${tableName}_copy`, oldTable]) await knex.schema.dropTableIfExists(name);
    await knex.destroy();
  });

  const startMigrating: Scene['startMigrating'] = (file, args, options = {}, env = {}) => {
    const optionsFile = join(own, 'options.mjs');
    writeFileSync(optionsFile, `export default ${JSON.stringify({ tableName, ...options })};`);
    const program = resolve('examples/migrating', file);
    const all = [process.execPath, program, '--options', optionsFile, ...args] as [string, ...string[]];
    return startProgram(all, process.cwd(), { ...database, ...env });
  };

  return {
    place,
    knex,
    tableName,
    oldTable,
    start: async (file, env) => {
      const app = await startApp(join('__tests__/examples/migrating/apps', file), {
        env: { ...database, OLD_TABLE: oldTable, STORE_OPTIONS: JSON.stringify({ tableName }), ...env },
      });
      afterwards(() => app.stop());
      return app;
    },
    startMigrating,
    migrate: (...program) => startMigrating(...program).ended,
  };
};

/** A SQLite file that is there for a test alone. */
export const newSqliteFile = (): Place => ({
  client: 'better-sqlite3',
  url: join(folder(), 'sessions.sqlite'),
});

/** Tests on SQLite, PostgreSQL, and MySQL or MariaDB. */
export const describePlaces = (tests: (place: () => Place) => void): void => {
  describe('on SQLite', () => {
    tests(newSqliteFile);
  });
  onEachDatabase([postgres(), mysql()], ({ client, connection }) => {
    tests(() => ({ client, url: String(connection) }));
  });
};

/** A visitor who is logged in under a name. */
export const logIn = async (app: App, user: string): Promise<Client> => {
  const visitor = createClient(app.url);
  expect((await visitor.post(`/login?user=${user}`)).status).toBe(200);
  return visitor;
};

/** The same visitor at another app. */
export const at = (app: App, { cookies }: Client): Client => {
  const visitor = createClient(app.url);
  for (const [name, value] of cookies) visitor.cookies.set(name, value);
  return visitor;
};

/** Whom an app takes a visitor for: a name, or null. */
export const userOf = async (visitor: Client): Promise<unknown> => seen(await visitor.get('/')).user;

export const seen = ({ text }: Answer): { user: unknown; visits?: number } =>
  JSON.parse(text) as { user: unknown; visits?: number };
