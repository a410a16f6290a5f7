/** The table itself in MySQL and MariaDB. */

import { unquote } from '../identifiers';
import type { CreateTableDialect } from './dialect';

export const mysqlTable: CreateTableDialect = (names, { timestamps, users }) => {
  const { qualifiedTable: table, schema, table: bareTable, expiresIndex, userIndex } = names.quoted;
  const {
    id,
    data,
    expires,
    created_at: createdAt,
    updated_at: updatedAt,
    user_id: user,
  } = names.quoted.columns;

  const isThisTable = `TABLE_SCHEMA = ${schema === '' ? 'DATABASE()' : '?'} AND TABLE_NAME = ?`;
  const thisTable = [...(schema === '' ? [] : [unquote(schema)]), unquote(bareTable)];
  const userColumn = `${user} varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL`;
  const addUserIndex = `INDEX ${userIndex} (${user})`;

  return {
    columns: () => ({
      sql: `
SELECT COLUMN_NAME
FROM information_schema.COLUMNS
WHERE ${isThisTable}`,
      bindings: thisTable,
    }),

    // 100 characters of utf8mb4 are 400 bytes: within the 767 that old index formats take.
    createTable: () => ({
      sql: `
CREATE TABLE ${table} (
  ${id} varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  ${data} longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  ${expires} bigint NOT NULL,${
    timestamps
      ? `
  ${createdAt} datetime NULL,
  ${updatedAt} datetime NULL,`
      : ''
  }${
    users
      ? `
  ${userColumn},
  ${addUserIndex},`
      : ''
  }
  PRIMARY KEY (${id}),
  INDEX ${expiresIndex} (${expires})
) ENGINE = InnoDB`,
      bindings: [],
    }),

    ensureIndexes: () => [],

    dropTable: () => ({ sql: `DROP TABLE IF EXISTS ${table}`, bindings: [] }),

    // A column comes with its index, in one statement.
    addColumns: (columns) =>
      columns.map((column) => {
        const added =
          column === 'user_id'
            ? `${userColumn}, ADD ${addUserIndex}`
            : `${names.quoted.columns[column]} datetime NULL`;
        return { sql: `ALTER TABLE ${table} ADD COLUMN ${added}`, bindings: [] };
      }),

    // In a table of the original package: 64 KB, of which sealing takes a third, and the rest may be cut off in silence.
    narrow: () => ({
      sql: `
SELECT DATA_TYPE
FROM information_schema.COLUMNS
WHERE ${isThisTable} AND COLUMN_NAME = ? AND DATA_TYPE NOT IN ('mediumtext', 'longtext')`,
      bindings: [...thisTable, unquote(data)],
    }),

    widen: () => ({
      sql: `ALTER TABLE ${table} MODIFY ${data} longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
      bindings: [],
    }),

    size: () => ({
      sql: `
SELECT DATA_LENGTH + INDEX_LENGTH AS size
FROM information_schema.TABLES
WHERE ${isThisTable}`,
      bindings: thisTable,
    }),

    // mysql and mysql2 escape with backslashes whatever the server says: any value could end its string.
    faults: () => ({
      sql: `
SELECT 'its sql_mode has NO_BACKSLASH_ESCAPES, with which no value is safe: take it out' AS fault
FROM (SELECT @@SESSION.sql_mode AS mode) AS settings
WHERE FIND_IN_SET('NO_BACKSLASH_ESCAPES', mode)`,
      bindings: [],
    }),
  };
};
