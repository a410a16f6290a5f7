/** The SQL of SQLite 3.35 and later, through better-sqlite3 or sqlite3. */

import { unquote } from '../names';
import { placeholders, repeat, valuesOf, type CreateDialect } from './dialect';

export const sqlite: CreateDialect = (names, timestamps) => {
  const { qualifiedTable: table, expiresIndex } = names.quoted;
  const { schema, table: bareTable } = names.quoted;
  const { id, data, expires, created_at: createdAt, updated_at: updatedAt } = names.quoted.columns;

  const insertColumns = [id, data, expires, ...(timestamps ? [createdAt, updatedAt] : [])].join(', ');
  const insertRow = timestamps ? '(?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)' : '(?, ?, ?)';
  const updateTimestamps = timestamps
    ? `,
  ${createdAt} = CASE
    WHEN session.${expires} > ? THEN COALESCE(session.${createdAt}, excluded.${createdAt})
    ELSE excluded.${createdAt}
  END,
  ${updatedAt} = excluded.${updatedAt}`
    : '';
  const touch = timestamps ? `, ${updatedAt} = CURRENT_TIMESTAMP` : '';

  return {
    asciiOnly: false,
    maxRows: 500,
    // better-sqlite3 works on the app's own thread, which should not stand still for long.
    sweepRows: 100,
    // As `:memory:` is.
    livesInConnection: true,

    columns: () => ({
      sql: 'SELECT name FROM pragma_table_info(?, ?)',
      bindings: [unquote(bareTable), schema === '' ? null : unquote(schema)],
    }),

    // No transaction around the two: it would hold the file's lock over several turns of the event loop, and
    // a second better-sqlite3 connection in this process would block that very loop while it waits for the lock.
    // The schema, an attached database, stands before the index's name, not the table's.
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
  }
)`,
      bindings: [],
    }),

    ensureIndex: () => ({
      sql: `CREATE INDEX IF NOT EXISTS ${schema === '' ? '' : `${schema}.`}${expiresIndex} ON ${bareTable} (${expires})`,
      bindings: [],
    }),

    dropTable: () => ({ sql: `DROP TABLE IF EXISTS ${table}`, bindings: [] }),

    addColumns: (columns) =>
      columns.map((column) => ({
        sql: `ALTER TABLE ${table} ADD COLUMN ${names.quoted.columns[column]} datetime`,
        bindings: [],
      })),

    selectMany: (keys, now) => ({
      sql: `SELECT ${id}, ${data}, ${expires} FROM ${table} WHERE ${id} IN (${placeholders(keys)}) AND ${expires} > ?`,
      bindings: [...keys, now],
    }),

    upsertMany: (rows, now) => ({
      sql: `
INSERT INTO ${table} AS session (${insertColumns})
VALUES ${repeat(insertRow, rows)}
ON CONFLICT (${id}) DO UPDATE SET
  ${data} = excluded.${data},
  ${expires} = excluded.${expires}${updateTimestamps}`,
      bindings: [...rows.flatMap((row) => [row.id, row.data, row.expires]), ...(timestamps ? [now] : [])],
    }),

    updateMany: (rows, now) => ({
      sql: `
UPDATE ${table} AS session SET
  ${data} = incoming.column2,
  ${expires} = incoming.column3${touch}
FROM (VALUES ${repeat('(?, ?, ?)', rows)}) AS incoming
WHERE session.${id} = incoming.column1 AND session.${expires} > ?`,
      bindings: [...rows.flatMap((row) => [row.id, row.data, row.expires]), now],
    }),

    touchMany: (keys, newExpires, now) => ({
      sql: `UPDATE ${table} SET ${expires} = ?${touch} WHERE ${id} IN (${placeholders(keys)}) AND ${expires} > ?`,
      bindings: [newExpires, ...keys, now],
    }),

    moveRow: (from, { to, before, after }, now) => ({
      sql: `
UPDATE ${table} SET ${id} = ?, ${data} = ?
WHERE ${id} = ? AND ${data} = ? AND ${expires} > ?`,
      bindings: [to, after, from, before, now],
    }),

    deleteMany: (keys) => ({
      sql: `DELETE FROM ${table} WHERE ${id} IN (${placeholders(keys)})`,
      bindings: [...keys],
    }),

    selectExpired: (from, now, limit) => ({
      sql: `
SELECT ${id}, ${expires} FROM ${table} WHERE ${expires} BETWEEN ? AND ? ORDER BY ${expires} LIMIT ?`,
      bindings: [from, now, limit],
    }),

    // sqlite3 tells no count through knex.raw; returned rows can be counted with both drivers.
    deleteExpired: (keys, now) => ({
      sql: `DELETE FROM ${table} WHERE ${id} IN (${placeholders(keys)}) AND ${expires} <= ? RETURNING 1`,
      bindings: [...keys, now],
    }),

    countLive: (now) => ({
      sql: `SELECT count(*) FROM ${table} WHERE ${expires} > ?`,
      bindings: [now],
    }),

    deleteAll: () => ({ sql: `DELETE FROM ${table}`, bindings: [] }),

    rows: valuesOf,
    deleted: (response) => (response as unknown[]).length,
  };
};
