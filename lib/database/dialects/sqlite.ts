/** The SQL of SQLite 3.35 and later, through better-sqlite3 or sqlite3. */

import { hashedPattern } from '../../crypto/row-key';
import { placeholders, repeat, valuesOf, type CreateDialect, type Row } from './dialect';
import { sqliteTable } from './sqlite-table';

export const sqlite: CreateDialect = (names, shape) => {
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

  const now = 'CURRENT_TIMESTAMP';
  const live = (row = ''): string =>
    absoluteLifetime === undefined
      ? `${row}${expires} > ?`
      : `(${row}${expires} > ? AND COALESCE(${row}${createdAt}, ${now}) > datetime('now', '-${absoluteLifetime} seconds'))`;

  const insertColumns = [
    id,
    data,
    expires,
    ...(users ? [user] : []),
    ...(timestamps ? [createdAt, updatedAt] : []),
  ];
  const incomingRow = users ? '(?, ?, ?, ?)' : '(?, ?, ?)';
  const insertRow = timestamps ? incomingRow.replace(')', `, ${now}, ${now})`) : incomingRow;
  const updateTimestamps = timestamps
    ? `,
  ${createdAt} = CASE
    WHEN ${live('session.')} THEN COALESCE(session.${createdAt}, excluded.${createdAt})
    ELSE excluded.${createdAt}
  END,
  ${updatedAt} = excluded.${updatedAt}`
    : '';
  const touch = timestamps
    ? `,
  ${createdAt} = COALESCE(${createdAt}, ${now}),
  ${updatedAt} = ${now}`
    : '';

  const seconds = (column: string, alias: string): string =>
    `${timestamps ? `CAST(strftime('%s', ${column}) AS INTEGER)` : 'NULL'} AS ${alias}`;
  const wholeRow = `${id}, ${data}, ${expires}, ${users ? user : 'NULL AS user_id'}, ${seconds(createdAt, 'created')}, ${seconds(updatedAt, 'updated')}`;

  const values = (row: Row): (string | number | null)[] => [
    row.id,
    row.data,
    row.expires,
    ...(users ? [row.user ?? null] : []),
  ];

  return {
    ...sqliteTable(names, shape),
    asciiOnly: false,
    maxRows: 500,
    // better-sqlite3 works on the app's own thread, which should not stand still for long.
    sweepRows: 100,
    // As `:memory:` is.
    livesInConnection: true,

    selectMany: (keys, second) => ({
      sql: `
SELECT ${id}, ${data}, ${expires}${users ? `, ${user}` : ''} FROM ${table}
WHERE ${id} IN (${placeholders(keys)}) AND ${live()}`,
      bindings: [...keys, second],
    }),

    upsertMany: (rows, second) => ({
      sql: `
INSERT INTO ${table} AS session (${insertColumns.join(', ')})
VALUES ${repeat(insertRow, rows)}
ON CONFLICT (${id}) DO UPDATE SET
  ${data} = excluded.${data},
  ${expires} = excluded.${expires}${users ? `,\n  ${user} = excluded.${user}` : ''}${updateTimestamps}`,
      bindings: [...rows.flatMap(values), ...(timestamps ? [second] : [])],
    }),

    updateMany: (rows, second) => ({
      sql: `
UPDATE ${table} AS session SET
  ${data} = incoming.column2,
  ${expires} = incoming.column3${users ? `,\n  ${user} = incoming.column4` : ''}${touch}
FROM (VALUES ${repeat(incomingRow, rows)}) AS incoming
WHERE session.${id} = incoming.column1 AND ${live('session.')}`,
      bindings: [...rows.flatMap(values), second],
    }),

    touchMany: (keys, newExpires, second) => ({
      sql: `UPDATE ${table} SET ${expires} = ?${touch} WHERE ${id} IN (${placeholders(keys)}) AND ${live()}`,
      bindings: [newExpires, ...keys, second],
    }),

    moveMany: (moves, second) => ({
      sql: `
UPDATE ${table} AS session SET
  ${id} = moved.column2,
  ${data} = moved.column4${users ? `,\n  ${user} = moved.column5` : ''}
FROM (VALUES ${repeat(users ? '(?, ?, ?, ?, ?)' : '(?, ?, ?, ?)', moves)}) AS moved
WHERE session.${id} = moved.column1 AND session.${data} = moved.column3 AND ${live('session.')}`,
      bindings: [
        ...moves.flatMap(({ from, to, before, after, user: owner }) => [
          ...[from, to, before, after],
          ...(users ? [owner ?? null] : []),
        ]),
        second,
      ],
    }),

    deleteMany: (keys) => ({
      sql: `DELETE FROM ${table} WHERE ${id} IN (${placeholders(keys)})`,
      bindings: [...keys],
    }),

    selectExpired: (from, second, limit) => ({
      sql: `
SELECT ${id}, ${expires} FROM ${table} WHERE ${expires} BETWEEN ? AND ? ORDER BY ${expires} LIMIT ?`,
      bindings: [from, second, limit],
    }),

    // sqlite3 tells no count through knex.raw; returned rows can be counted with both drivers.
    deleteEnded: (keys, second) => ({
      sql: `DELETE FROM ${table} WHERE ${id} IN (${placeholders(keys)}) AND NOT (${live()}) RETURNING 1`,
      bindings: [...keys, second],
    }),

    selectPage: (after, second, limit) => ({
      sql: `SELECT ${wholeRow} FROM ${table} WHERE ${id} > ? AND ${live()} ORDER BY ${id} LIMIT ?`,
      bindings: [after, second, limit],
    }),

    selectUser: (owners, second) => ({
      sql: `SELECT ${wholeRow} FROM ${table} WHERE ${user} IN (${placeholders(owners)}) AND ${live()}`,
      bindings: [...owners, second],
    }),

    deleteUser: (owners, except) => ({
      sql: `
DELETE FROM ${table}
WHERE ${user} IN (${placeholders(owners)}) AND ${id} NOT IN (${placeholders(except)}) RETURNING 1`,
      bindings: [...owners, ...except],
    }),

    countLive: (second) => ({
      sql: `SELECT count(*) FROM ${table} WHERE ${live()}`,
      bindings: [second],
    }),

    countHashed: (second) => ({
      sql: `SELECT count(*) FROM ${table} WHERE ${id} LIKE ? AND ${live()}`,
      bindings: [hashedPattern, second],
    }),

    deleteAll: () => ({ sql: `DELETE FROM ${table}`, bindings: [] }),

    rows: valuesOf,
    deleted: (response) => (response as unknown[]).length,
  };
};
