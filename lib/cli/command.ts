/** Runs a command: loads its files, opens the database, and closes it at the end. */

import { dirname, resolve } from 'node:path';
import type { Knex } from 'knex';
import { basicColumns, type ColumnName } from '../database/identifiers';
import type { SessionTable } from '../database/rows';
import { openTable } from '../database/table';
import { planSync } from '../schema';
import type { StoreOptions } from '../types';
import { findKnexfile, loadKnexfile, loadOptions, type Configuration } from './config';
import { databaseError, openDatabase } from './database';
import { exitCodes, failure, messageOf, usageError, type ExitCode } from './failure';
import type { Output, Result } from './output';

/** The options of the command line, by their names there. */
export interface Arguments {
  readonly knexfile?: string;
  readonly env?: string;
  readonly table?: string;
  readonly options?: string;
  readonly json?: true;
  readonly verbose?: true;
  readonly 'dry-run'?: true;
  /** In rows. */
  readonly 'batch-size'?: number;
}

export interface Context {
  readonly knex: Knex;
  readonly configuration: Configuration;
  readonly options: Readonly<StoreOptions>;
  readonly table: SessionTable;
  readonly output: Output;
}

interface Outcome extends Result {
  /** Default: success. */
  readonly exitCode?: ExitCode;
}

export type Command = (context: Context, args: Arguments) => Promise<Outcome>;

/**
 * @param creates whether the command creates a missing database file
 * @returns the exit code
 * @throws CommandError
 */
export const runCommand = async (
  command: Command,
  args: Arguments,
  output: Output,
  creates: boolean,
): Promise<ExitCode> => {
  // Paths of the command line are relative to the folder it was called in; those in the knexfile to its own folder.
  const knexfile = args.knexfile === undefined ? findKnexfile(process.cwd()) : resolve(args.knexfile);
  const optionsFile = args.options === undefined ? undefined : resolve(args.options);
  const environment = args.env ?? nodeEnvironment();
  changeFolder(dirname(knexfile));
  const configuration = await loadKnexfile(knexfile, environment);
  const options = await loadOptions(optionsFile, args.table);
  const knex = openDatabase(configuration, creates);
  try {
    const table = tableOf(knex, options);
    const context = { knex, configuration, options, table, output };
    const { exitCode = exitCodes.success, ...result } = await command(context, args);
    output.result(result);
    return exitCode;
  } catch (error) {
    throw databaseError(error, configuration);
  } finally {
    await knex.destroy();
  }
};

/** As for Knex, an empty variable counts as unset. */
const nodeEnvironment = (): string => {
  const { NODE_ENV: name = '' } = process.env;
  return name === '' ? 'development' : name;
};

/** A missing folder is reported later, as a missing knexfile. */
const changeFolder = (folder: string): void => {
  try {
    process.chdir(folder);
  } catch {
    return;
  }
};

const tableOf = (knex: Knex, options: Readonly<StoreOptions>): SessionTable => {
  try {
    return openTable(knex, options);
  } catch (error) {
    throw usageError(`the options cannot be used with this database: ${messageOf(error)}`, error);
  }
};

/** The columns of the session table. @throws CommandError if there is no such table, or it holds something else */
export const presentColumns = async ({ table, options }: Context): Promise<readonly ColumnName[]> => {
  const columns = await table.columns();
  const { tableName } = options;
  if (columns.length === 0) {
    throw failure(
      `there is no table '${tableName}' in this database: ` +
        'name it with --table or --options, or create it with `sync`',
    );
  }
  const missing = basicColumns.filter((name) => !columns.includes(name));
  if (missing.length === 0) return columns;
  throw failure(`table '${tableName}' is not a session table: it has no column ${missing.join(', ')}`);
};

/** @throws CommandError if there is no such table, or it lacks what the options need */
export const checkTable = async (context: Context): Promise<void> => {
  await presentColumns(context);
  const { table, options } = context;
  if ((await planSync(table, options)).length === 0) return;
  throw failure(
    `table '${options.tableName}' lacks what the options need: run \`sync\` (\`sync --dry-run\` prints the SQL)`,
  );
};
