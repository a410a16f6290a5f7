/** The table: created, upgraded, checked, dropped. */

import type { Knex } from 'knex';
import { SessionStoreError } from './errors';
import { checkKnex } from './knex';
import type { ColumnName } from './names';
import { resolveOptions, type SessionTableOptions } from './options';
import { openTable, type SessionTable } from './table';

const needed = (timestamps: boolean): readonly ColumnName[] =>
  timestamps ? ['id', 'data', 'expires', 'created_at', 'updated_at'] : ['id', 'data', 'expires'];

const missingFrom = (present: readonly ColumnName[], timestamps: boolean): readonly ColumnName[] =>
  needed(timestamps).filter((column) => !present.includes(column));

/**
 * Makes the table fit for sessions: creates it, or adds what it lacks. Safe when many processes do it at
 * once: whoever comes second finds the work done.
 *
 * @throws SessionStoreError `ESCHEMA` if there is a table of that name that is no session table
 */
export const syncTable = async (
  table: SessionTable,
  { tableName, timestamps }: { tableName: string; timestamps: boolean },
): Promise<void> => {
  const present = await table.columns();
  const missing = missingFrom(present, timestamps);
  if (missing.length === 0) return table.ensureIndex();
  if (present.length > 0 && missing.some((column) => !column.endsWith('_at'))) {
    throw schemaError(
      `table '${tableName}' is no session table: it has no column ${missing.join(', ')}; ` +
        'choose another tableName',
    );
  }
  try {
    await (present.length === 0 ? table.create() : table.addColumns(missing));
  } catch (error) {
    // Another process may be at it, too: what it has done need not be done again, and means that this failed.
    const left = await table.columns().then(
      (columns) => missingFrom(columns, timestamps),
      // In a transaction that the failure ended, there is no asking.
      () => missing,
    );
    if (left.length === missing.length) throw error;
    return syncTable(table, { tableName, timestamps });
  }
  return table.ensureIndex();
};

/** @throws SessionStoreError `ESCHEMA` that names the table, or the columns that it lacks */
export const checkTable = async (
  table: SessionTable,
  { tableName, timestamps }: { tableName: string; timestamps: boolean },
): Promise<void> => {
  const present = await table.columns();
  const missing = missingFrom(present, timestamps);
  if (missing.length === 0) return;
  throw schemaError(
    (present.length === 0
      ? `there is no table '${tableName}'`
      : `table '${tableName}' has no column ${missing.join(', ')}`) +
      ', and sync is false; run createSessionTable(knex, options) in a migration, or set sync to true',
  );
};

const schemaError = (message: string): SessionStoreError =>
  new SessionStoreError('ESCHEMA', 'ready', message);

/**
 * Creates the session table with its key and its index, or adds the columns that an existing one lacks: for
 * the `up` of a Knex migration, with `sync: false` in the store's options.
 *
 * @param knex a Knex instance, or the transaction that a migration gets
 * @param opts the store's options; of them, `tableName` and `timestamps` shape the table
 * @throws TypeError for a bad argument
 * @throws SessionStoreError `ESCHEMA` if there is a table of that name that is no session table
 */
export const createSessionTable = async (knex: Knex, opts?: SessionTableOptions | null): Promise<void> => {
  checkKnex(knex, 'createSessionTable');
  const options = resolveOptions(opts);
  await syncTable(openTable(knex, options.tableName, options.timestamps), options);
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
  await openTable(knex, resolveOptions(opts).tableName, false).drop();
};
