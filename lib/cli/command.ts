/** What every command goes through: files are loaded, the database is opened, and closed again at the end. */

import { dirname } from 'node:path';
import type { Knex } from 'knex';
import { basicColumns, type ColumnName } from '../database/identifiers';
import type { StoreOptions } from '../options';
import { planSync } from '../schema';
import { openTable, type SessionTable } from '../database/table';
import { databaseError, openDatabase } from './database';
import { failure, fine, saidBy, usageError, type ExitCode } from './failure';
import { knexfileOf, loadConfiguration, type Configuration } from './knexfile';
import type { Output, Result } from './output';
import { loadSettings, optionsFileOf } from './settings';

/** What all commands take. */
export interface Arguments {
  readonly knexfile?: string;
  readonly env?: string;
  readonly table?: string;
  readonly options?: string;
  readonly json?: true;
  readonly verbose?: true;
}

export interface Context {
  readonly knex: Knex;
  readonly configuration: Configuration;
  /** The store's options, all of them. */
  readonly options: Readonly<StoreOptions>;
  readonly table: SessionTable;
  readonly output: Output;
}

/** A command's end: what it prints, and its exit code if all is not well. */
interface Outcome extends Result {
  readonly exitCode?: ExitCode;
}

export type Command<A extends Arguments = Arguments> = (context: Context, args: A) => Promise<Outcome>;

/**
 * @param creates whether the command makes a database file that is missing
 * @returns the exit code
 * @throws CommandError that says what to do
 */
export const runCommand = async <A extends Arguments>(
  command: Command<A>,
  args: A,
  output: Output,
  creates: boolean,
): Promise<ExitCode> => {
  const knexfile = knexfileOf(args.knexfile);
  const optionsFile = optionsFileOf(args.options);
  const environment = args.env ?? nodeEnvironment();
  // As Knex does: relative paths in a knexfile, of SQLite files say, begin in its folder.
  enter(dirname(knexfile));
  const configuration = await loadConfiguration(knexfile, environment);
  const options = await loadSettings(optionsFile, args.table);
  const knex = openDatabase(configuration, creates);
  try {
    const table = open(knex, options);
    const { exitCode = fine, ...result } = await command(
      { knex, configuration, options, table, output },
      args,
    );
    output.result(result);
    return exitCode;
  } catch (error) {
    throw databaseError(error, configuration);
  } finally {
    await knex.destroy();
  }
};

/** A variable that is set to nothing counts as not set, as for Knex. */
const nodeEnvironment = (): string => {
  const { NODE_ENV: name = '' } = process.env;
  return name === '' ? 'development' : name;
};

/** A folder that is not there is said where its file is looked for. */
const enter = (folder: string): void => {
  try {
    process.chdir(folder);
  } catch {
    return;
  }
};

const open = (knex: Knex, options: Readonly<StoreOptions>): SessionTable => {
  try {
    return openTable(knex, options);
  } catch (error) {
    throw usageError(`the options cannot be used with this database: ${saidBy(error)}`, error);
  }
};

/** The columns of a table that is there, and holds sessions. @throws CommandError that says what is missing */
export const columnsOf = async ({ table, options }: Context): Promise<readonly ColumnName[]> => {
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
  throw failure(`table '${tableName}' is no session table: it has no column ${missing.join(', ')}`);
};

/** @throws CommandError if the table is not there, or not as the options ask for */
export const checkColumns = async (context: Context): Promise<void> => {
  await columnsOf(context);
  const { table, options } = context;
  if ((await planSync(table, options)).length === 0) return;
  throw failure(
    `table '${options.tableName}' is not yet as the options need it: bring it there with \`sync\` ` +
      '(`sync --dry-run` shows what it would do)',
  );
};
