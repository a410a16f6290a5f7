/** The table itself in SQL Server. */

import { unquote } from '../identifiers';
import type { CreateTableDialect } from './dialect';

/**
 * The column and the comparison by which no key is another; `id` alone, in a table of the original package, has the
 * database's default collation, which is blind to case.
 */
export const binary = 'COLLATE Latin1_General_BIN2';

export const mssqlTable: CreateTableDialect = (names, { timestamps, users }) => {
  const { qualifiedTable: table, primaryKey, expiresIndex, userIndex } = names.quoted;
  const {
    id,
    data,
    expires,
    created_at: createdAt,
    updated_at: updatedAt,
    user_id: user,
  } = names.quoted.columns;

  const userColumn = `${user} nvarchar(100) ${binary} NULL`;

  return {
    columns: () => ({
      sql: 'SELECT name FROM sys.columns WHERE object_id = OBJECT_ID(?)',
      bindings: [table],
    }),

    // nvarchar, because that is how Knex binds strings: against varchar every lookup would scan.
    createTable: () => ({
      sql: `
CREATE TABLE ${table} (
  ${id} nvarchar(100) ${binary} NOT NULL,
  ${data} nvarchar(max) NOT NULL,
  ${expires} bigint NOT NULL,${
    timestamps
      ? `
  ${createdAt} datetime2 NULL,
  ${updatedAt} datetime2 NULL,`
      : ''
  }${
    users
      ? `
  ${userColumn},
  INDEX ${userIndex} (${user}),`
      : ''
  }
  CONSTRAINT ${primaryKey} PRIMARY KEY (${id}),
  INDEX ${expiresIndex} (${expires})
)`,
      bindings: [],
    }),

    // Not together with its column: SQL Server compiles a batch as a whole, and knows no column that is to come.
    ensureIndexes: () =>
      users
        ? [
            {
              sql: `
IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE object_id = OBJECT_ID(?) AND name = ?)
  CREATE INDEX ${userIndex} ON ${table} (${user})`,
              bindings: [table, unquote(userIndex)],
            },
          ]
        : [],

    dropTable: () => ({ sql: `IF OBJECT_ID(?, N'U') IS NOT NULL DROP TABLE ${table}`, bindings: [table] }),

    addColumns: (columns) =>
      columns.map((column) => {
        const added = column === 'user_id' ? userColumn : `${names.quoted.columns[column]} datetime2 NULL`;
        return { sql: `ALTER TABLE ${table} ADD ${added}`, bindings: [] };
      }),

    size: () => ({
      sql: `
SELECT SUM(used_page_count) * 8192 AS size FROM sys.dm_db_partition_stats WHERE object_id = OBJECT_ID(?)`,
      bindings: [table],
    }),
  };
};
