/** Opens the database of a knexfile with the app's own Knex and driver, and says in words why it cannot be used. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import type { Knex } from 'knex';
import { SessionStoreError } from '../errors';
import { CommandError, failure, saidBy, usageError } from './failure';
import { placeOf, type Configuration } from './knexfile';

type CreateKnex = (config: Knex.Config) => Knex;

const loadKnex = (folder: string): CreateKnex => {
  try {
    const loaded = createRequire(resolve(folder, 'knexfile.js'))('knex') as CreateKnex & {
      knex?: CreateKnex;
    };
    return loaded.knex ?? loaded;
  } catch (error) {
    const isMissing = (error as { code?: unknown } | null)?.code === 'MODULE_NOT_FOUND';
    const hint = isMissing
      ? 'is not installed there: npm install knex'
      : `cannot be loaded: ${saidBy(error)}`;
    throw usageError(`the package knex, looked for from ${folder}, ${hint}`, error);
  }
};

/** In ms: who waits at a terminal is told sooner than an app, whose pool may be waiting for itself. */
const longestWaitForConnection = 15_000;

/** Silent: Knex would log queries with their bindings, and what we say of errors ourselves. */
const log = Object.fromEntries(
  ['debug', 'warn', 'error', 'deprecate'].map((level) => [level, () => undefined]),
);

const sqliteClients: readonly unknown[] = ['sqlite3', 'sqlite', 'better-sqlite3'];

/** SQLite makes the file that is not there, and then has no table in it. */
const checkFile = ({ client, connection }: Knex.Config): void => {
  const { filename } = (typeof connection === 'object' ? connection : { filename: connection }) as {
    filename?: unknown;
  };
  if (!sqliteClients.includes(client) || typeof filename !== 'string') return;
  if (filename === '' || /^(?:file|sqlite3?)?:/.test(filename) || existsSync(filename)) return;
  throw failure(`there is no database file ${resolve(filename)}`);
};

/**
 * @param creates whether a SQLite file may be made that is not there yet
 * @throws CommandError if Knex, the driver or the database file is missing, or the configuration is wrong
 */
export const openDatabase = (configuration: Configuration, creates: boolean): Knex => {
  const folder = dirname(configuration.file);
  const createKnex = loadKnex(folder);
  if (!creates) checkFile(configuration.config);
  try {
    return createKnex({
      acquireConnectionTimeout: longestWaitForConnection,
      ...configuration.config,
      log,
    });
  } catch (error) {
    const driver = /Cannot find (?:module|package) '([^']+)'/.exec(saidBy(error))?.[1];
    throw usageError(
      driver === undefined
        ? `${placeOf(configuration)}: ${saidBy(error)}`
        : `the driver ${driver} is not installed in ${folder}: npm install ${driver}`,
      error,
    );
  }
};

/** Codes of PostgreSQL, MySQL and MariaDB, SQL Server's driver, and SQLite. */
const loginCodes: readonly unknown[] = [
  '28P01',
  '28000',
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ELOGIN',
];
const unknownDatabaseCodes: readonly unknown[] = ['3D000', 'ER_BAD_DB_ERROR'];
const unreachableCodes: readonly unknown[] = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['EPIPE', 'ESOCKET', 'ENOENT', 'ENOCONNECTION', 'PROTOCOL_CONNECTION_LOST', '57P03', '57P01'],
];

/** What pg says where there is no password at all. */
const isLoginMessage = (message: string): boolean => message.startsWith('SASL: ');
const isUnreachableMessage = (message: string): boolean =>
  /^(?:Unable to acquire|Knex: Timeout acquiring|Connection terminated)/.test(message);

/** @returns the error that the operator reads, for one that came out of a statement */
export const databaseError = (error: unknown, configuration: Configuration): unknown => {
  if (error instanceof CommandError) return error;
  const { code } = (error ?? {}) as { code?: unknown };
  const message = saidBy(error);
  // What is wrong with the schema is said by the one who looked at it.
  if (error instanceof SessionStoreError) return failure(message, error);
  const check = (what: string): string => `check ${what} in the \`connection\` of ${placeOf(configuration)}`;
  const say = (what: string, hint: string): CommandError => failure(`${what}: ${message}; ${hint}`, error);
  if (loginCodes.includes(code) || isLoginMessage(message)) {
    return say('the database refused the login', check('user and password'));
  }
  if (unknownDatabaseCodes.includes(code)) return say('there is no such database', check('its name'));
  if (unreachableCodes.includes(code) || isUnreachableMessage(message)) {
    return say('the database cannot be reached', `is it running? Then ${check('host and port')}`);
  }
  return failure(`the database refused: ${message}`, error);
};
