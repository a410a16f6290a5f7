/** The table made ready: created, upgraded, checked; and dropped. */

import type { Knex } from 'knex';
import { basicColumns, columnsFor, type ColumnName } from './database/identifiers';
import type { SessionTable, Upgrade } from './database/rows';
import { openTable, type TableOptions } from './database/table';
import { SessionStoreError } from './errors';
import { checkKnex, resolveOptions } from './options';
import type { SessionTableOptions } from './types';

const missingFrom = (
  present: readonly ColumnName[],
  { timestamps, userId }: TableOptions,
): readonly ColumnName[] =>
  columnsFor(timestamps, userId !== undefined).filter((column) => !present.includes(column));

/**
 * @returns what the table lacks; undefined if there is no table
 * @throws SessionStoreError `ESCHEMA` if it is not a session table
 */
const inspect = async (table: SessionTable, options: TableOptions): Promise<Upgrade | undefined> => {
  const present = await table.columns();
  if (present.length === 0) return undefined;
  const columns = missingFrom(present, options);
  const basics: readonly string[] = basicColumns;
  if (columns.some((column) => basics.includes(column))) {
    throw schemaError(
      `table '${options.tableName}' is not a session table: it has no column ${columns.join(', ')}; ` +
        'choose another tableName',
    );
  }
  return { columns, widen: options.secret !== undefined && (await table.isNarrow()) };
};

const isDone = (upgrade: Upgrade | undefined): boolean => upgrade?.columns.length === 0 && !upgrade.widen;

/**
 * Creates the table, or adds what it lacks. Safe if many processes do it at once: the second finds the work done.
 *
 * @throws SessionStoreError `ESCHEMA` if there is a table of that name that is not a session table
 */
export const syncTable = async (table: SessionTable, options: TableOptions): Promise<void> => {
  const upgrade = await inspect(table, options);
  try {
    if (upgrade === undefined) await table.create();
    else if (upgrade.columns.length > 0) await table.addColumns(upgrade.columns);
  } catch (error) {
    // It may have failed because another process did the same: is less missing now?
    const left = await table.columns().then(
      (columns) => missingFrom(columns, options),
      // The failure may have ended the transaction.
      () => upgrade?.columns,
    );
    if (left === undefined || left.length === (upgrade?.columns ?? missingFrom([], options)).length)
      throw error;
    return syncTable(table, options);
  }
  if (upgrade?.widen === true) await table.widen();
  return table.ensureIndexes();
};

/**
 * @returns the SQL that {@link syncTable} would run; none if at most indexes are missing
 * @throws SessionStoreError `ESCHEMA` as `syncTable` does
 */
export const planSync = async (table: SessionTable, options: TableOptions): Promise<string[]> => {
  const upgrade = await inspect(table, options);
  return isDone(upgrade) ? [] : table.plan(upgrade);
};

/** @throws SessionStoreError `ESCHEMA` that names the missing table, or its missing columns */
export const checkTable = async (table: SessionTable, options: TableOptions): Promise<void> => {
  const { tableName } = options;
  const upgrade = await inspect(table, options);
  if (isDone(upgrade)) return;
  throw schemaError(
    (upgrade === undefined
      ? `there is no table '${tableName}'`
      : upgrade.columns.length > 0
        ? `table '${tableName}' has no column ${upgrade.columns.join(', ')}`
        : `the column data of table '${tableName}' holds only 64 KB, too little for encrypted sessions`) +
      ', and sync is false; run createSessionTable(knex, options) in a migration, or set sync to true',
  );
};

const schemaError = (message: string): SessionStoreError =>
  new SessionStoreError('ESCHEMA', 'ready', message);

/** A migration may run where the secret is not available, and does not need it. */
const tableOptions = (opts: SessionTableOptions | null | undefined): TableOptions => {
  const { secret: _secret, readPlain: _readPlain, ...others } = opts ?? {};
  return resolveOptions(opts?.secret === undefined ? others : opts);
};

/**
 * Creates the session table with its key and its index, or adds the columns that an existing one lacks: for the `up` of a
 * Knex migration, with `sync: false` in the store's options.
 *
 * @param knex a Knex instance, or the transaction that a migration gets
 * @param opts the store's options, of which `tableName`, `timestamps`, `userId` and `absoluteLifetime` define the table
 * @throws TypeError for a bad argument
 * @throws SessionStoreError `ESCHEMA` if there is a table of that name that is not a session table
 */
export const createSessionTable = async (knex: Knex, opts?: SessionTableOptions | null): Promise<void> => {
  checkKnex(knex, 'createSessionTable');
  const options = tableOptions(opts);
  await syncTable(openTable(knex, options), options);
};

/**
 * Drops the session table with all sessions, if it exists: for the `down` of a Knex migration.
 *
 * @param knex a Knex instance, or the transaction that a migration gets
 * @param opts the store's options, of which `tableName` names the table
 * @throws TypeError for a bad argument
 */
export const dropSessionTable = async (knex: Knex, opts?: SessionTableOptions | null): Promise<void> => {
  checkKnex(knex, 'dropSessionTable');
  const { tableName } = tableOptions(opts);
  await openTable(knex, { tableName, timestamps: false }).drop();
};
