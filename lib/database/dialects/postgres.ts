/** The SQL of PostgreSQL 9.5 and later. */

import { hashedPattern } from '../../crypto/row-key';
import { countIn, valuesOf, type CreateDialect, type Row } from './dialect';
import { postgresTable } from './postgres-table';

/** The part of a `pg` result that is read here. */
interface Result {
  rows: unknown[];
}

/** Keys and rows travel as arrays, so that one SQL text serves any number of them. */
export const postgres: CreateDialect = (names, shape) => {
  const { timestamps, users, absoluteLifetime } = shape;
  const { qualifiedTable: table } = names.quoted;
  const {
    id,
    data,
    expires,
    created_at: createdAt,
    updated_at: updatedAt,
    user_id: user,
  } = names.quoted.columns;

  const live = (row = ''): string =>
    absoluteLifetime === undefined
      ? `${row}${expires} > ?`
      : `(${row}${expires} > ?
  AND COALESCE(${row}${createdAt}, CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '${absoluteLifetime} seconds')`;

  const incoming = `unnest(?::text[], ?::text[], ?::bigint[]${users ? ', ?::text[]' : ''})
  AS incoming (id, data, expires${users ? ', user_id' : ''})`;

  const upsert = `
INSERT INTO ${table} AS session (${id}, ${data}, ${expires}${users ? `, ${user}` : ''}${
    timestamps ? `, ${createdAt}, ${updatedAt}` : ''
  })
SELECT incoming.id, incoming.data, incoming.expires${users ? ', incoming.user_id' : ''}${
    timestamps ? ', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP' : ''
  }
FROM ${incoming}
ON CONFLICT (${id}) DO UPDATE SET
  ${data} = excluded.${data},
  ${expires} = excluded.${expires}${
    users
      ? `,
  ${user} = excluded.${user}`
      : ''
  }${
    timestamps
      ? `,
  ${createdAt} = CASE
    WHEN ${live('session.')} THEN COALESCE(session.${createdAt}, excluded.${createdAt})
    ELSE excluded.${createdAt}
  END,
  ${updatedAt} = excluded.${updatedAt}`
      : ''
  }`;

  const touch = timestamps
    ? `,
  ${createdAt} = COALESCE(${createdAt}, CURRENT_TIMESTAMP),
  ${updatedAt} = CURRENT_TIMESTAMP`
    : '';

  const update = `
UPDATE ${table} AS session SET
  ${data} = incoming.data,
  ${expires} = incoming.expires${users ? `,\n  ${user} = incoming.user_id` : ''}${touch}
FROM ${incoming}
WHERE session.${id} = incoming.id AND ${live('session.')}`;

  const lists = (rows: readonly Row[]): (string | number | null)[][] => [
    rows.map((row) => row.id),
    rows.map((row) => row.data),
    rows.map((row) => row.expires),
    ...(users ? [rows.map((row) => row.user ?? null)] : []),
  ];

  const seconds = (column: string, alias: string): string =>
    `${timestamps ? `EXTRACT(EPOCH FROM ${column})` : 'NULL'} AS ${alias}`;
  const wholeRow = `${id}, ${data}, ${expires}, ${users ? user : 'NULL AS user_id'}, ${seconds(createdAt, 'created')}, ${seconds(updatedAt, 'updated')}`;

  return {
    ...postgresTable(names, shape),
    asciiOnly: false,
    maxRows: 500,
    sweepRows: 1_000,
    livesInConnection: false,

    selectMany: (keys, now) => ({
      sql: `
SELECT ${id}, ${data}, ${expires}${users ? `, ${user}` : ''} FROM ${table}
WHERE ${id} = ANY(?) AND ${live()}`,
      bindings: [keys, now],
    }),

    upsertMany: (rows, now) => ({
      sql: upsert,
      bindings: [...lists(rows), ...(timestamps ? [now] : [])],
    }),

    updateMany: (rows, now) => ({ sql: update, bindings: [...lists(rows), now] }),

    touchMany: (keys, newExpires, now) => ({
      sql: `UPDATE ${table} SET ${expires} = ?${touch} WHERE ${id} = ANY(?) AND ${live()}`,
      bindings: [newExpires, keys, now],
    }),

    moveMany: (moves, now) => ({
      sql: `
UPDATE ${table} AS session SET
  ${id} = moved.new_id,
  ${data} = moved.new_data${
    users
      ? `,
  ${user} = moved.user_id`
      : ''
  }
FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]${users ? ', ?::text[]' : ''})
  AS moved (old_id, new_id, old_data, new_data${users ? ', user_id' : ''})
WHERE session.${id} = moved.old_id AND session.${data} = moved.old_data AND ${live('session.')}`,
      bindings: [
        moves.map((move) => move.from),
        moves.map((move) => move.to),
        moves.map((move) => move.before),
        moves.map((move) => move.after),
        ...(users ? [moves.map((move) => move.user ?? null)] : []),
        now,
      ],
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
    deleteEnded: (keys, now) => ({
      sql: `
DELETE FROM ${table}
WHERE ${id} = ANY(ARRAY(
  SELECT ${id} FROM ${table} WHERE ${id} = ANY(?) AND NOT (${live()}) FOR UPDATE SKIP LOCKED
))`,
      bindings: [keys, now],
    }),

    selectPage: (after, now, limit) => ({
      sql: `SELECT ${wholeRow} FROM ${table} WHERE ${id} > ? AND ${live()} ORDER BY ${id} LIMIT ?`,
      bindings: [after, now, limit],
    }),

    selectUser: (owners, now) => ({
      sql: `SELECT ${wholeRow} FROM ${table} WHERE ${user} = ANY(?) AND ${live()}`,
      bindings: [owners, now],
    }),

    deleteUser: (owners, except) => ({
      sql: `DELETE FROM ${table} WHERE ${user} = ANY(?) AND ${id} <> ALL(?)`,
      bindings: [owners, except],
    }),

    countLive: (now) => ({
      sql: `SELECT count(*) FROM ${table} WHERE ${live()}`,
      bindings: [now],
    }),

    countHashed: (now) => ({
      sql: `SELECT count(*) FROM ${table} WHERE ${id} LIKE ? AND ${live()}`,
      bindings: [hashedPattern, now],
    }),

    deleteAll: () => ({ sql: `DELETE FROM ${table}`, bindings: [] }),

    rows: (response) => valuesOf((response as Result).rows),
    deleted: (response) => countIn(response, 'rowcount'),
  };
};
