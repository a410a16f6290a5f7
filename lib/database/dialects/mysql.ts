/** The SQL of MySQL 5.6 and MariaDB 10.2, and later. */

import { hashedPattern } from '../../crypto/row-key';
import { countIn, repeat, valuesOf, type CreateDialect } from './dialect';
import { mysqlTable } from './mysql-table';

/**
 * In a table of the original package, `id` has the database's default collation, which is blind to case. A
 * statement that changes rows therefore compares twice: the first comparison finds rows by the primary key,
 * the second, byte by byte, leaves somebody else's alone.
 */
export const mysql: CreateDialect = (names, shape) => {
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

  // UTC in a column without a time zone, whatever zones the server and the sessions are set to.
  const now = 'UTC_TIMESTAMP()';
  const live =
    absoluteLifetime === undefined
      ? `${expires} > ?`
      : `(${expires} > ? AND COALESCE(${createdAt}, ${now}) > ${now} - INTERVAL ${absoluteLifetime} SECOND)`;
  const insertColumns = [
    id,
    data,
    expires,
    ...(users ? [user] : []),
    ...(timestamps ? [createdAt, updatedAt] : []),
  ];
  // The drivers write a list as its values: a whole row is one binding, which spares Knex much work.
  const insertRow = timestamps ? `(?, ${now}, ${now})` : '(?)';
  // Assignments take effect from left to right: created_at must be decided while expires is the old one.
  const updateTimestamps = timestamps
    ? `
  ${createdAt} = IF(${live}, COALESCE(${createdAt}, VALUES(${createdAt})), VALUES(${createdAt})),
  ${updatedAt} = VALUES(${updatedAt}),`
    : '';
  const touch = timestamps
    ? `,
  ${createdAt} = COALESCE(${createdAt}, ${now}),
  ${updatedAt} = ${now}`
    : '';

  const bytes = `CAST(${id} AS BINARY)`;
  const whereKeys = `${id} IN (?) AND ${bytes} IN (?)`;
  /** Text as it is, whatever the character set of its column. */
  const text = (value: string): string => `CONVERT(${value} USING utf8mb4) COLLATE utf8mb4_bin`;
  /** A row finds its values by the place of its key in the list. */
  const listed = `ELT(FIELD(${bytes}, ?), ?)`;

  const seconds = (column: string, alias: string): string =>
    `${timestamps ? `TIMESTAMPDIFF(SECOND, '1970-01-01', ${column})` : 'NULL'} AS ${alias}`;
  const wholeRow = `${id}, ${data}, ${expires}, ${users ? user : 'NULL AS user_id'}, ${seconds(createdAt, 'created')}, ${seconds(updatedAt, 'updated')}`;

  return {
    ...mysqlTable(names, shape),
    // mysql2 with `charset: 'latin1'` turns some characters into quotes after it has escaped quotes; and tables
    // of the original may be in latin1 themselves.
    asciiOnly: true,
    maxRows: 100,
    // InnoDB keeps rows in the order of their random ids: each of these may lie in a page of its own.
    sweepRows: 200,
    livesInConnection: false,

    selectMany: (keys, second) => ({
      sql: `
SELECT ${id}, ${data}, ${expires}${users ? `, ${user}` : ''} FROM ${table}
WHERE ${id} IN (?) AND ${live}`,
      bindings: [keys, second],
    }),

    // A row that a blind collation takes for this one gets this one's id as well: it is lost to its owner,
    // but never shows one session under the id of another.
    upsertMany: (rows, second) => ({
      sql: `
INSERT INTO ${table} (${insertColumns.join(', ')})
VALUES ${repeat(insertRow, rows)}
ON DUPLICATE KEY UPDATE
  ${id} = VALUES(${id}),${updateTimestamps}
  ${data} = VALUES(${data}),${users ? `\n  ${user} = VALUES(${user}),` : ''}
  ${expires} = VALUES(${expires})`,
      bindings: [
        ...rows.map((row) => [row.id, row.data, row.expires, ...(users ? [row.user ?? null] : [])]),
        ...(timestamps ? [second] : []),
      ],
    }),

    updateMany: (rows, second) => {
      const keys = rows.map((row) => row.id);
      return {
        sql: `
UPDATE ${table} SET
  ${data} = ${listed},${users ? `\n  ${user} = ${listed},` : ''}
  ${expires} = ${listed}${touch}
WHERE ${whereKeys} AND ${live}`,
        bindings: [
          ...[keys, rows.map((row) => row.data)],
          ...(users ? [keys, rows.map((row) => row.user ?? null)] : []),
          ...[keys, rows.map((row) => row.expires)],
          ...[keys, keys, second],
        ],
      };
    },

    touchMany: (keys, newExpires, second) => ({
      sql: `UPDATE ${table} SET ${expires} = ?${touch} WHERE ${whereKeys} AND ${live}`,
      bindings: [newExpires, keys, keys, second],
    }),

    // The key comes last: what stands after it would no longer find its row in the lists.
    moveMany: (moves, second) => {
      const keys = moves.map((move) => move.from);
      return {
        sql: `
UPDATE ${table} SET
  ${data} = ${listed},${users ? `\n  ${user} = ${listed},` : ''}
  ${id} = ${listed}
WHERE ${whereKeys} AND ${text(data)} = ${text(listed)} AND ${live}`,
        bindings: [
          ...[keys, moves.map((move) => move.after)],
          ...(users ? [keys, moves.map((move) => move.user ?? null)] : []),
          ...[keys, moves.map((move) => move.to)],
          ...[keys, keys, keys, moves.map((move) => move.before), second],
        ],
      };
    },

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
    deleteEnded: (keys, second) => ({
      sql: `DELETE FROM ${table} WHERE ${id} IN (?) AND NOT (${live})`,
      bindings: [keys, second],
    }),

    selectPage: (after, second, limit) => ({
      sql: `SELECT ${wholeRow} FROM ${table} WHERE ${id} > ? AND ${live} ORDER BY ${id} LIMIT ?`,
      bindings: [after, second, limit],
    }),

    selectUser: (owners, second) => ({
      sql: `SELECT ${wholeRow} FROM ${table} WHERE ${user} IN (?) AND ${live}`,
      bindings: [owners, second],
    }),

    deleteUser: (owners, except) => ({
      sql: `DELETE FROM ${table} WHERE ${user} IN (?)${except.length > 0 ? ` AND ${bytes} NOT IN (?)` : ''}`,
      bindings: [owners, ...(except.length > 0 ? [except] : [])],
    }),

    countLive: (second) => ({
      sql: `SELECT count(*) FROM ${table} WHERE ${live}`,
      bindings: [second],
    }),

    countHashed: (second) => ({
      sql: `SELECT count(*) FROM ${table} WHERE ${id} LIKE ? AND ${live}`,
      bindings: [hashedPattern, second],
    }),

    deleteAll: () => ({ sql: `DELETE FROM ${table}`, bindings: [] }),

    // The response is [rows, fields]; a postProcessResponse may have turned the rows into an object.
    rows: (response) => valuesOf((response as [unknown])[0]),
    deleted: (response) => countIn((response as [unknown])[0], 'affectedrows'),
  };
};
