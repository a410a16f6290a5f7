/** Opens the knexfile's database with the app's own Knex and driver, and explains its errors. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Knex } from 'knex';
import { SessionStoreError } from '../errors';
import { placeOf, type Configuration } from './config';
import { codeOf, CommandError, failure, messageOf, usageError } from './failure';

type CreateKnex = (config: Knex.Config) => Knex;

const loadKnex = (folder: string): CreateKnex => {
  try {
    const loaded = createRequire(join(folder, 'knexfile.js'))('knex') as CreateKnex & { knex?: CreateKnex };
    return loaded.knex ?? loaded;
  } catch (error) {
    throw usageError(
      codeOf(error) === 'MODULE_NOT_FOUND'
        ? `the package knex is not installed in ${folder}: npm install knex`
        : `the package knex cannot be loaded from ${folder}: ${messageOf(error)}`,
      error,
    );
  }
};

const sqliteClients: readonly unknown[] = ['sqlite3', 'sqlite', 'better-sqlite3'];

/** SQLite would create a missing file, without the table in it. @throws CommandError */
const checkFile = ({ client, connection }: Knex.Config): void => {
  const { filename } = (typeof connection === 'object' ? connection : { filename: connection }) as {
    filename?: unknown;
  };
  if (!sqliteClients.includes(client) || typeof filename !== 'string') return;
  if (filename === '' || /^(?:file|sqlite3?)?:/.test(filename) || existsSync(filename)) return;
  throw failure(`there is no database file ${resolve(filename)}`);
};

/** In ms. Shorter than Knex's default of a minute: an operator waits at a terminal. */
const acquireConnectionTimeout = 15_000;

/** Knex would log queries with the values in them, and errors that the command prints itself. */
const silent = Object.fromEntries(
  ['debug', 'warn', 'error', 'deprecate'].map((level) => [level, () => undefined]),
);

/**
 * @param creates whether a missing SQLite file may be created
 * @throws CommandError if Knex, the driver or the database file is missing, or the configuration is wrong
 */
export const openDatabase = (configuration: Configuration, creates: boolean): Knex => {
  const folder = dirname(configuration.file);
  const createKnex = loadKnex(folder);
  if (!creates) checkFile(configuration.config);
  try {
    return createKnex({ acquireConnectionTimeout, ...configuration.config, log: silent });
  } catch (error) {
    const driver = /Cannot find (?:module|package) '([^']+)'/.exec(messageOf(error))?.[1];
    throw usageError(
      driver === undefined
        ? `${placeOf(configuration)}: ${messageOf(error)}`
        : `the driver ${driver} is not installed in ${folder}: npm install ${driver}`,
      error,
    );
  }
};

/** Error codes of PostgreSQL, MySQL and MariaDB, SQL Server's driver, and SQLite. */
const codes = {
  login: ['28P01', '28000', 'ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ELOGIN'],
  unknownDatabase: ['3D000', 'ER_BAD_DB_ERROR'],
  unreachable: [
    ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
    ...['EPIPE', 'ESOCKET', 'ENOENT', 'ENOCONNECTION', 'PROTOCOL_CONNECTION_LOST', '57P03', '57P01'],
  ],
};

/** The start of pg's message if there is no password at all. */
const loginMessage = 'SASL: ';
const unreachableMessage = /^(?:Unable to acquire|Knex: Timeout acquiring|Connection terminated)/;

/** @returns the error of a statement, with a hint for the operator */
export const databaseError = (error: unknown, configuration: Configuration): unknown => {
  if (error instanceof CommandError) return error;
  const message = messageOf(error);
  // A fault of the schema, which the library has described already.
  if (error instanceof SessionStoreError) return failure(message, error);
  const code = String(codeOf(error));
  const explained = (what: string, hint: string): CommandError =>
    failure(`${what}: ${message}; ${hint}`, error);
  const check = (what: string): string => `check ${what} in the \`connection\` of ${placeOf(configuration)}`;
  if (codes.login.includes(code) || message.startsWith(loginMessage)) {
    return explained('the database refused the login', check('user and password'));
  }
  if (codes.unknownDatabase.includes(code)) return explained('there is no such database', check('its name'));
  if (codes.unreachable.includes(code) || unreachableMessage.test(message)) {
    return explained('the database cannot be reached', `is it running? If so, ${check('host and port')}`);
  }
  return failure(`the database reported an error: ${message}`, error);
};
