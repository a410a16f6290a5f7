/** The table: created, upgraded, checked, dropped. */

import type { Knex } from 'knex';
import { SessionStoreError } from './errors';
import { checkKnex } from './knex';
import { basicColumns, columnsFor, type ColumnName } from './database/identifiers';
import { resolveOptions, type SessionTableOptions } from './options';
import { openTable, type SessionTable, type TableOptions, type Upgrade } from './database/table';

const needed = ({ timestamps, userId }: TableOptions): readonly ColumnName[] =>
  columnsFor(timestamps, userId !== undefined);

const missingFrom = (present: readonly ColumnName[], options: TableOptions): readonly ColumnName[] =>
  needed(options).filter((column) => !present.includes(column));

/**
 * What the table lacks, if it is one for sessions and the database is safe to use.
 *
 * @returns undefined if there is no table
 * @throws SessionStoreError `ESCHEMA`
 */
const lookAt = async (table: SessionTable, options: TableOptions): Promise<Upgrade | undefined> => {
  const fault = await table.fault();
  if (fault !== undefined) throw schemaError(`the database cannot be used: ${fault}`);
  const present = await table.columns();
  if (present.length === 0) return undefined;
  const columns = missingFrom(present, options);
  const basics: readonly string[] = basicColumns;
  if (columns.some((column) => basics.includes(column))) {
    throw schemaError(
      `table '${options.tableName}' is no session table: it has no column ${columns.join(', ')}; ` +
        'choose another tableName',
    );
  }
  return { columns, widen: options.secret !== undefined && (await table.isNarrow()) };
};

const isDone = (upgrade: Upgrade | undefined): boolean => upgrade?.columns.length === 0 && !upgrade.widen;

/**
 * Makes the table fit for sessions: creates it, or adds what it lacks. Safe when many processes do it at
 * once: whoever comes second finds the work done.
 *
 * @throws SessionStoreError `ESCHEMA` if there is a table of that name that is no session table
 */
export const syncTable = async (table: SessionTable, options: TableOptions): Promise<void> => {
  const upgrade = await lookAt(table, options);
  try {
    if (upgrade === undefined) await table.create();
    else if (upgrade.columns.length > 0) await table.addColumns(upgrade.columns);
  } catch (error) {
    // Another process may be at it, too: what it has done need not be done again, and means that this failed.
    const left = await table.columns().then(
      (columns) => missingFrom(columns, options),
      // In a transaction that the failure ended, there is no asking.
      () => upgrade?.columns,
    );
    if (left === undefined || left.length === (upgrade?.columns ?? needed(options)).length) throw error;
    return syncTable(table, options);
  }
  if (upgrade?.widen === true) await table.widen();
  return table.ensureIndexes();
};

/**
 * @returns the SQL that {@link syncTable} would run; none if it has nothing to do, or only indexes to look for
 * @throws SessionStoreError `ESCHEMA` as `syncTable` does
 */
export const planSync = async (table: SessionTable, options: TableOptions): Promise<string[]> => {
  const upgrade = await lookAt(table, options);
  return isDone(upgrade) ? [] : table.plan(upgrade);
};

/** @throws SessionStoreError `ESCHEMA` that names the table, or the columns that it lacks */
export const checkTable = async (table: SessionTable, options: TableOptions): Promise<void> => {
  const { tableName } = options;
  const upgrade = await lookAt(table, options);
  if (isDone(upgrade)) return;
  throw schemaError(
    (upgrade === undefined
      ? `there is no table '${tableName}'`
      : upgrade.columns.length > 0
        ? `table '${tableName}' has no column ${upgrade.columns.join(', ')}`
        : `the column data of table '${tableName}' ends at 64 KB, too soon for sessions that are sealed`) +
      ', and sync is false; run createSessionTable(knex, options) in a migration, or set sync to true',
  );
};

const schemaError = (message: string): SessionStoreError =>
  new SessionStoreError('ESCHEMA', 'ready', message);

/** A migration may run where the secret is not at hand, and has no use for it. */
const tableOptions = (opts: SessionTableOptions | null | undefined): TableOptions =>
  resolveOptions(opts?.secret === undefined ? without(opts, 'secret', 'readPlain') : opts);

const without = (opts: SessionTableOptions | null | undefined, ...names: string[]): SessionTableOptions =>
  Object.fromEntries(Object.entries(opts ?? {}).filter(([name]) => !names.includes(name)));

/**
 * Creates the session table with its key and its index, or adds the columns that an existing one lacks: for
 * the `up` of a Knex migration, with `sync: false` in the store's options.
 *
 * @param knex a Knex instance, or the transaction that a migration gets
 * @param opts the store's options; of them, `tableName`, `timestamps`, `userId` and
 * `absoluteLifetime` shape the table
 * @throws TypeError for a bad argument
 * @throws SessionStoreError `ESCHEMA` if there is a table of that name that is no session table
 */
export const createSessionTable = async (knex: Knex, opts?: SessionTableOptions | null): Promise<void> => {
  checkKnex(knex, 'createSessionTable');
  const options = tableOptions(opts);
  await syncTable(openTable(knex, options), options);
};

/**
 * Drops the session table, sessions and all, if it exists: for the `down` of a Knex migration.
 *
 * @param knex a Knex instance, or the transaction that a migration gets
 * @param opts the store's options; of them, `tableName` names the table
 * @throws TypeError for a bad argument
 */
export const dropSessionTable = async (knex: Knex, opts?: SessionTableOptions | null): Promise<void> => {
  checkKnex(knex, 'dropSessionTable');
  const { tableName } = tableOptions(opts);
  await openTable(knex, { tableName, timestamps: false }).drop();
};
