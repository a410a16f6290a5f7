/** The SQL of SQL Server 2014 and later, and of Azure SQL. */

import { hashedPattern } from '../../crypto/row-key';
import { placeholders, repeat, valuesOf, type CreateDialect, type Row } from './dialect';
import { binary, mssqlTable } from './mssql-table';

/** A statement takes 2,100 parameters, two of them its own text and types; the hungriest here takes seven for a row. */
const maxRows = 290;

export const mssql: CreateDialect = (names, shape) => {
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

  const now = 'SYSUTCDATETIME()';
  const live = (row = ''): string =>
    absoluteLifetime === undefined
      ? `${row}${expires} > ?`
      : `(${row}${expires} > ? AND COALESCE(${row}${createdAt}, ${now}) > DATEADD(second, -${absoluteLifetime}, ${now}))`;
  const updateTimestamps = timestamps
    ? `,
  ${createdAt} = CASE WHEN ${live('target.')} THEN COALESCE(target.${createdAt}, ${now}) ELSE ${now} END,
  ${updatedAt} = ${now}`
    : '';
  const insertColumns = [
    id,
    data,
    expires,
    ...(users ? [user] : []),
    ...(timestamps ? [createdAt, updatedAt] : []),
  ];
  const sourceColumns = `id, data, expires${users ? ', user_id' : ''}`;
  const insertValues = `${sourceColumns.replace(/\w+/g, 'source.$&')}${timestamps ? `, ${now}, ${now}` : ''}`;
  const touch = timestamps ? `, ${createdAt} = COALESCE(${createdAt}, ${now}), ${updatedAt} = ${now}` : '';

  // By days and then seconds: an int, which DATEDIFF counts in, holds seconds up to 2038 alone.
  const seconds = (column: string, alias: string): string =>
    `${
      timestamps
        ? `CAST(DATEDIFF(day, '19700101', ${column}) AS bigint) * 86400 + DATEDIFF(second, CAST(${column} AS date), ${column})`
        : 'NULL'
    } AS ${alias}`;
  const wholeRow = `${id}, ${data}, ${expires}, ${users ? user : 'NULL AS user_id'}, ${seconds(createdAt, 'created')}, ${seconds(updatedAt, 'updated')}`;

  // One MERGE for a row: a parameter compared with the column takes the column's collation and finds the row
  // by its primary key, whatever that collation is; a column of a many-row source would have its own.
  // Without HOLDLOCK two first writes of one key may both choose to insert; UPDLOCK keeps them from a deadlock.
  const merge = `
MERGE INTO ${table} WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (?, ?, ?${users ? ', ?' : ''})) AS source (${sourceColumns})
ON target.${id} = ?
WHEN MATCHED THEN UPDATE SET
  ${id} = source.id,
  ${data} = source.data,
  ${expires} = source.expires${users ? `,\n  ${user} = source.user_id` : ''}${updateTimestamps}
WHEN NOT MATCHED THEN INSERT (${insertColumns.join(', ')})
VALUES (${insertValues});`;

  const whereKeys = (keys: readonly string[]): string =>
    `${id} IN (${placeholders(keys)}) AND ${id} ${binary} IN (${placeholders(keys)})`;

  const values = (row: Row): (string | number | null)[] => [
    row.id,
    row.data,
    row.expires,
    ...(users ? [row.user ?? null] : []),
  ];

  return {
    ...mssqlTable(names, shape),
    asciiOnly: false,
    maxRows,
    sweepRows: 1_000,
    livesInConnection: false,

    selectMany: (keys, second) => ({
      sql: `
SELECT ${id}, ${data}, ${expires}${users ? `, ${user}` : ''} FROM ${table}
WHERE ${id} IN (${placeholders(keys)}) AND ${live()}`,
      bindings: [...keys, second],
    }),

    upsertMany: (rows, second) => ({
      sql: repeat(merge, rows, ''),
      bindings: rows.flatMap((row) => [...values(row), row.id, ...(timestamps ? [second] : [])]),
    }),

    updateMany: (rows, second) => ({
      sql: repeat(
        `UPDATE ${table} SET ${data} = ?, ${expires} = ?${users ? `, ${user} = ?` : ''}${touch}
WHERE ${id} = ? AND ${id} ${binary} = ? AND ${live()};
`,
        rows,
        '',
      ),
      bindings: rows.flatMap((row) => [...values(row).slice(1), ...[row.id, row.id, second]]),
    }),

    touchMany: (keys, newExpires, second) => ({
      sql: `UPDATE ${table} SET ${expires} = ?${touch} WHERE ${whereKeys(keys)} AND ${live()}`,
      bindings: [newExpires, ...keys, ...keys, second],
    }),

    moveMany: (moves, second) => ({
      sql: repeat(
        `UPDATE ${table} SET ${id} = ?, ${data} = ?${users ? `, ${user} = ?` : ''}
WHERE ${id} = ? AND ${id} ${binary} = ? AND ${data} ${binary} = ? AND ${live()};
`,
        moves,
        '',
      ),
      bindings: moves.flatMap(({ from, to, before, after, user: owner }) => [
        ...[to, after],
        ...(users ? [owner ?? null] : []),
        ...[from, from, before, second],
      ]),
    }),

    deleteMany: (keys) => ({
      sql: `DELETE FROM ${table} WHERE ${whereKeys(keys)}`,
      bindings: [...keys, ...keys],
    }),

    selectExpired: (from, second, limit) => ({
      sql: `
SELECT TOP (?) ${id}, ${expires} FROM ${table} WITH (READPAST)
WHERE ${expires} BETWEEN ? AND ? ORDER BY ${expires}`,
      bindings: [limit, from, second],
    }),

    // Knex tells no count of a raw statement here; returned rows can be counted.
    deleteEnded: (keys, second) => ({
      sql: `
DELETE FROM ${table} WITH (READPAST) OUTPUT deleted.${expires}
WHERE ${id} IN (${placeholders(keys)}) AND NOT (${live()})`,
      bindings: [...keys, second],
    }),

    selectPage: (after, second, limit) => ({
      sql: `SELECT TOP (?) ${wholeRow} FROM ${table} WHERE ${id} > ? AND ${live()} ORDER BY ${id}`,
      bindings: [limit, after, second],
    }),

    selectUser: (owners, second) => ({
      sql: `SELECT ${wholeRow} FROM ${table} WHERE ${user} IN (${placeholders(owners)}) AND ${live()}`,
      bindings: [...owners, second],
    }),

    deleteUser: (owners, except) => ({
      sql: `
DELETE FROM ${table} OUTPUT deleted.${expires}
WHERE ${user} IN (${placeholders(owners)})${
        except.length > 0 ? ` AND ${id} ${binary} NOT IN (${placeholders(except)})` : ''
      }`,
      bindings: [...owners, ...except],
    }),

    countLive: (second) => ({
      sql: `SELECT count_big(*) AS live FROM ${table} WHERE ${live()}`,
      bindings: [second],
    }),

    countHashed: (second) => ({
      sql: `SELECT count_big(*) AS hashed FROM ${table} WHERE ${id} LIKE ? AND ${live()}`,
      bindings: [hashedPattern, second],
    }),

    deleteAll: () => ({ sql: `DELETE FROM ${table}`, bindings: [] }),

    rows: valuesOf,
    deleted: (response) => (response as unknown[]).length,
  };
};
