/** The table itself in SQLite. */

import { unquote } from '../identifiers';
import type { CreateTableDialect, Statement } from './dialect';

export const sqliteTable: CreateTableDialect = (names, { timestamps, users }) => {
  const { qualifiedTable: table, schema, table: bareTable, expiresIndex, userIndex } = names.quoted;
  const {
    id,
    data,
    expires,
    created_at: createdAt,
    updated_at: updatedAt,
    user_id: user,
  } = names.quoted.columns;

  const userColumn = `${user} varchar(100)`;

  /** The schema, an attached database, stands before the index's name, not the table's. */
  const createIndex = (index: string, column: string): Statement => ({
    sql: `CREATE INDEX IF NOT EXISTS ${schema === '' ? '' : `${schema}.`}${index} ON ${bareTable} (${column})`,
    bindings: [],
  });

  return {
    columns: () => ({
      sql: 'SELECT name FROM pragma_table_info(?, ?)',
      bindings: [unquote(bareTable), schema === '' ? null : unquote(schema)],
    }),

    // No transaction around the two: it would hold the file's lock over several turns of the event loop, and
    // a second better-sqlite3 connection in this process would block that very loop while it waits for the lock.
    createTable: () => ({
      sql: `
CREATE TABLE IF NOT EXISTS ${table} (
  ${id} varchar(100) NOT NULL PRIMARY KEY,
  ${data} text NOT NULL,
  ${expires} bigint NOT NULL${
    timestamps
      ? `,
  ${createdAt} datetime,
  ${updatedAt} datetime`
      : ''
  }${users ? `,\n  ${userColumn}` : ''}
)`,
      bindings: [],
    }),

    ensureIndexes: () => [
      createIndex(expiresIndex, expires),
      ...(users ? [createIndex(userIndex, user)] : []),
    ],

    dropTable: () => ({ sql: `DROP TABLE IF EXISTS ${table}`, bindings: [] }),

    addColumns: (columns) =>
      columns.map((column) => {
        const added = column === 'user_id' ? userColumn : `${names.quoted.columns[column]} datetime`;
        return { sql: `ALTER TABLE ${table} ADD COLUMN ${added}`, bindings: [] };
      }),

    // Pages that hold rows, keys and long texts, as the builds of both drivers can tell.
    size: () => ({
      sql: `
SELECT sum(pgsize) AS size
FROM dbstat(?)
WHERE name = ? COLLATE NOCASE OR name IN (SELECT name FROM ${schema === '' ? 'main' : schema}.sqlite_master WHERE tbl_name = ? COLLATE NOCASE)`,
      bindings: [schema === '' ? 'main' : unquote(schema), unquote(bareTable), unquote(bareTable)],
    }),
  };
};
