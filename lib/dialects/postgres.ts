/** The SQL of PostgreSQL 9.5 and later. */

import { countIn, valuesOf, type CreateDialect, type Row } from './dialect';

/** The part of a `pg` result that is read here. */
interface Result {
  rows: unknown[];
}

/** Keys and rows travel as arrays, so that one SQL text serves any number of them. */
export const postgres: CreateDialect = (names, timestamps) => {
  const { qualifiedTable: table, primaryKey, expiresIndex } = names.quoted;
  const { id, data, expires, created_at: createdAt, updated_at: updatedAt } = names.quoted.columns;

  const upsert = timestamps
    ? `
INSERT INTO ${table} AS session (${id}, ${data}, ${expires}, ${createdAt}, ${updatedAt})
SELECT incoming.id, incoming.data, incoming.expires, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
FROM unnest(?::text[], ?::text[], ?::bigint[]) AS incoming (id, data, expires)
ON CONFLICT (${id}) DO UPDATE SET
  ${data} = excluded.${data},
  ${expires} = excluded.${expires},
  ${createdAt} = CASE
    WHEN session.${expires} > ? THEN COALESCE(session.${createdAt}, excluded.${createdAt})
    ELSE excluded.${createdAt}
  END,
  ${updatedAt} = excluded.${updatedAt}`
    : `
INSERT INTO ${table} (${id}, ${data}, ${expires})
SELECT incoming.id, incoming.data, incoming.expires
FROM unnest(?::text[], ?::text[], ?::bigint[]) AS incoming (id, data, expires)
ON CONFLICT (${id}) DO UPDATE SET
  ${data} = excluded.${data},
  ${expires} = excluded.${expires}`;

  const touch = timestamps ? `, ${updatedAt} = CURRENT_TIMESTAMP` : '';

  const update = `
UPDATE ${table} AS session SET
  ${data} = incoming.data,
  ${expires} = incoming.expires${touch}
FROM unnest(?::text[], ?::text[], ?::bigint[]) AS incoming (id, data, expires)
WHERE session.${id} = incoming.id AND session.${expires} > ?`;

  const lists = (rows: readonly Row[]): [string[], string[], number[]] => [
    rows.map((row) => row.id),
    rows.map((row) => row.data),
    rows.map((row) => row.expires),
  ];

  return {
    asciiOnly: false,
    maxRows: 500,
    sweepRows: 1_000,
    livesInConnection: false,

    // to_regclass follows the search path, as the other statements do.
    columns: () => ({
      sql: `
SELECT attname
FROM pg_catalog.pg_attribute
WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped`,
      bindings: [table],
    }),

    // Byte order suits keys, and no update of the system's locales can corrupt such an index. The room that
    // fillfactor leaves lets an update stay in its page. Without bindings, PostgreSQL takes both statements in
    // one message and one transaction: a table without its index is never seen.
    createTable: () => ({
      sql: `
CREATE TABLE ${table} (
  ${id} varchar(100) COLLATE "C" NOT NULL,
  ${data} text NOT NULL,
  ${expires} bigint NOT NULL,${
    timestamps
      ? `
  ${createdAt} timestamptz,
  ${updatedAt} timestamptz,`
      : ''
  }
  CONSTRAINT ${primaryKey} PRIMARY KEY (${id})
) WITH (fillfactor = 70);
CREATE INDEX ${expiresIndex} ON ${table} (${expires})`,
      bindings: [],
    }),

    dropTable: () => ({ sql: `DROP TABLE IF EXISTS ${table}`, bindings: [] }),

    addColumns: (columns) =>
      columns.map((column) => ({
        sql: `ALTER TABLE ${table} ADD COLUMN ${names.quoted.columns[column]} timestamptz`,
        bindings: [],
      })),

    selectMany: (keys, now) => ({
      sql: `SELECT ${id}, ${data}, ${expires} FROM ${table} WHERE ${id} = ANY(?) AND ${expires} > ?`,
      bindings: [keys, now],
    }),

    upsertMany: (rows, now) => ({
      sql: upsert,
      bindings: [...lists(rows), ...(timestamps ? [now] : [])],
    }),

    updateMany: (rows, now) => ({ sql: update, bindings: [...lists(rows), now] }),

    touchMany: (keys, newExpires, now) => ({
      sql: `UPDATE ${table} SET ${expires} = ?${touch} WHERE ${id} = ANY(?) AND ${expires} > ?`,
      bindings: [newExpires, keys, now],
    }),

    moveRow: (from, { to, before, after }, now) => ({
      sql: `
UPDATE ${table} SET ${id} = ?, ${data} = ?
WHERE ${id} = ? AND ${data} = ? AND ${expires} > ?`,
      bindings: [to, after, from, before, now],
    }),

    deleteMany: (keys) => ({
      sql: `DELETE FROM ${table} WHERE ${id} = ANY(?)`,
      bindings: [keys],
    }),

    selectExpired: (from, now, limit) => ({
      sql: `
SELECT ${id}, ${expires} FROM ${table} WHERE ${expires} BETWEEN ? AND ? ORDER BY ${expires} LIMIT ?`,
      bindings: [from, now, limit],
    }),

    // The array is built once, before the deletion; an IN (subquery) may run again and again.
    deleteExpired: (keys, now) => ({
      sql: `
DELETE FROM ${table}
WHERE ${id} = ANY(ARRAY(
  SELECT ${id} FROM ${table} WHERE ${id} = ANY(?) AND ${expires} <= ? FOR UPDATE SKIP LOCKED
))`,
      bindings: [keys, now],
    }),

    countLive: (now) => ({
      sql: `SELECT count(*) FROM ${table} WHERE ${expires} > ?`,
      bindings: [now],
    }),

    deleteAll: () => ({ sql: `DELETE FROM ${table}`, bindings: [] }),

    rows: (response) => valuesOf((response as Result).rows),
    deleted: (response) => countIn(response, 'rowcount'),
  };
};
