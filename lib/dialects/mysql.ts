/** The SQL of MySQL 5.6 and MariaDB 10.2, and later. */

import { unquote } from '../names';
import { countIn, repeat, valuesOf, type CreateDialect } from './dialect';

/**
 * In a table of the original package, `id` has the database's default collation, which is blind to case. A
 * statement that changes rows therefore compares twice: the first comparison finds rows by the primary key,
 * the second, byte by byte, leaves somebody else's alone.
 */
export const mysql: CreateDialect = (names, timestamps) => {
  const { qualifiedTable: table, expiresIndex } = names.quoted;
  const { schema, table: bareTable } = names.quoted;
  const { id, data, expires, created_at: createdAt, updated_at: updatedAt } = names.quoted.columns;

  // UTC in a column without a time zone, whatever zones the server and the sessions are set to.
  const now = 'UTC_TIMESTAMP()';
  const insertColumns = [id, data, expires, ...(timestamps ? [createdAt, updatedAt] : [])].join(', ');
  // The drivers write a list as its values: a whole row is one binding, which spares Knex much work.
  const insertRow = timestamps ? `(?, ${now}, ${now})` : '(?)';
  // Assignments take effect from left to right: created_at must be decided while expires is the old one.
  const updateTimestamps = timestamps
    ? `
  ${createdAt} = IF(${expires} > ?, COALESCE(${createdAt}, VALUES(${createdAt})), VALUES(${createdAt})),
  ${updatedAt} = VALUES(${updatedAt}),`
    : '';
  const touch = timestamps ? `, ${updatedAt} = ${now}` : '';

  const bytes = `CAST(${id} AS BINARY)`;
  const whereKeys = `${id} IN (?) AND ${bytes} IN (?)`;

  return {
    // mysql2 with `charset: 'latin1'` turns some characters into quotes after it has escaped quotes; and tables
    // of the original may be in latin1 themselves.
    asciiOnly: true,
    maxRows: 100,
    // InnoDB keeps rows in the order of their random ids: each of these may lie in a page of its own.
    sweepRows: 200,
    livesInConnection: false,

    columns: () => ({
      sql: `
SELECT COLUMN_NAME
FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = ${schema === '' ? 'DATABASE()' : '?'} AND TABLE_NAME = ?`,
      bindings: [...(schema === '' ? [] : [unquote(schema)]), unquote(bareTable)],
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
  }
  PRIMARY KEY (${id}),
  INDEX ${expiresIndex} (${expires})
) ENGINE = InnoDB`,
      bindings: [],
    }),

    dropTable: () => ({ sql: `DROP TABLE IF EXISTS ${table}`, bindings: [] }),

    addColumns: (columns) =>
      columns.map((column) => ({
        sql: `ALTER TABLE ${table} ADD COLUMN ${names.quoted.columns[column]} datetime NULL`,
        bindings: [],
      })),

    selectMany: (keys, second) => ({
      sql: `SELECT ${id}, ${data}, ${expires} FROM ${table} WHERE ${id} IN (?) AND ${expires} > ?`,
      bindings: [keys, second],
    }),

    // A row that a blind collation takes for this one gets this one's id as well: it is lost to its owner,
    // but never shows one session under the id of another.
    upsertMany: (rows, second) => ({
      sql: `
INSERT INTO ${table} (${insertColumns})
VALUES ${repeat(insertRow, rows)}
ON DUPLICATE KEY UPDATE
  ${id} = VALUES(${id}),${updateTimestamps}
  ${data} = VALUES(${data}),
  ${expires} = VALUES(${expires})`,
      bindings: [...rows.map((row) => [row.id, row.data, row.expires]), ...(timestamps ? [second] : [])],
    }),

    // A row finds its values by the place of its key in the list.
    updateMany: (rows, second) => {
      const keys = rows.map((row) => row.id);
      return {
        sql: `
UPDATE ${table} SET
  ${data} = ELT(FIELD(${bytes}, ?), ?),
  ${expires} = ELT(FIELD(${bytes}, ?), ?)${touch}
WHERE ${whereKeys} AND ${expires} > ?`,
        bindings: [
          keys,
          rows.map((row) => row.data),
          keys,
          rows.map((row) => row.expires),
          keys,
          keys,
          second,
        ],
      };
    },

    touchMany: (keys, newExpires, second) => ({
      sql: `UPDATE ${table} SET ${expires} = ?${touch} WHERE ${whereKeys} AND ${expires} > ?`,
      bindings: [newExpires, keys, keys, second],
    }),

    moveRow: (from, { to, before, after }, second) => ({
      sql: `
UPDATE ${table} SET ${id} = ?, ${data} = ?
WHERE ${id} = ? AND ${bytes} = ? AND ${data} = ? AND ${expires} > ?`,
      bindings: [to, after, from, from, before, second],
    }),

    deleteMany: (keys) => ({
      sql: `DELETE FROM ${table} WHERE ${whereKeys}`,
      bindings: [keys, keys],
    }),

    selectExpired: (from, second, limit) => ({
      sql: `
SELECT ${id}, ${expires} FROM ${table} WHERE ${expires} BETWEEN ? AND ? ORDER BY ${expires} LIMIT ?`,
      bindings: [from, second, limit],
    }),

    // By primary key: a range of `expires` would lock the gaps that others insert into.
    deleteExpired: (keys, second) => ({
      sql: `DELETE FROM ${table} WHERE ${id} IN (?) AND ${expires} <= ?`,
      bindings: [keys, second],
    }),

    countLive: (second) => ({
      sql: `SELECT count(*) FROM ${table} WHERE ${expires} > ?`,
      bindings: [second],
    }),

    deleteAll: () => ({ sql: `DELETE FROM ${table}`, bindings: [] }),

    // The response is [rows, fields]; a postProcessResponse may have turned the rows into an object.
    rows: (response) => valuesOf((response as [unknown])[0]),
    deleted: (response) => countIn((response as [unknown])[0], 'affectedrows'),
  };
};
