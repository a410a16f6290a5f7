/** The SQL of SQL Server 2014 and later, and of Azure SQL. */

import { placeholders, repeat, valuesOf, type CreateDialect } from './dialect';

/** A statement takes 2,100 parameters; the hungriest here takes five for a row. */
const maxRows = 400;

export const mssql: CreateDialect = (names, timestamps) => {
  const { qualifiedTable: table, primaryKey, expiresIndex } = names.quoted;
  const { id, data, expires, created_at: createdAt, updated_at: updatedAt } = names.quoted.columns;

  // The column and the comparison by which no key is another; `id` alone, in a table of the original package,
  // has the database's default collation, which is blind to case.
  const binary = 'COLLATE Latin1_General_BIN2';
  const now = 'SYSUTCDATETIME()';
  const updateTimestamps = timestamps
    ? `,
  ${createdAt} = CASE WHEN target.${expires} > ? THEN COALESCE(target.${createdAt}, ${now}) ELSE ${now} END,
  ${updatedAt} = ${now}`
    : '';
  const insertColumns = [id, data, expires, ...(timestamps ? [createdAt, updatedAt] : [])].join(', ');
  const insertValues = `source.id, source.data, source.expires${timestamps ? `, ${now}, ${now}` : ''}`;
  const touch = timestamps ? `, ${updatedAt} = ${now}` : '';

  // One MERGE for a row: a parameter compared with the column takes the column's collation and finds the row
  // by its primary key, whatever that collation is; a column of a many-row source would have its own.
  // Without HOLDLOCK two first writes of one key may both choose to insert; UPDLOCK keeps them from a deadlock.
  const merge = `
MERGE INTO ${table} WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (?, ?, ?)) AS source (id, data, expires)
ON target.${id} = ?
WHEN MATCHED THEN UPDATE SET
  ${id} = source.id,
  ${data} = source.data,
  ${expires} = source.expires${updateTimestamps}
WHEN NOT MATCHED THEN INSERT (${insertColumns})
VALUES (${insertValues});`;

  const whereKeys = (keys: readonly string[]): string =>
    `${id} IN (${placeholders(keys)}) AND ${id} ${binary} IN (${placeholders(keys)})`;

  return {
    asciiOnly: false,
    maxRows,
    sweepRows: 1_000,
    livesInConnection: false,

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
  }
  CONSTRAINT ${primaryKey} PRIMARY KEY (${id}),
  INDEX ${expiresIndex} (${expires})
)`,
      bindings: [],
    }),

    dropTable: () => ({ sql: `IF OBJECT_ID(?, N'U') IS NOT NULL DROP TABLE ${table}`, bindings: [table] }),

    addColumns: (columns) =>
      columns.map((column) => ({
        sql: `ALTER TABLE ${table} ADD ${names.quoted.columns[column]} datetime2 NULL`,
        bindings: [],
      })),

    selectMany: (keys, second) => ({
      sql: `SELECT ${id}, ${data}, ${expires} FROM ${table} WHERE ${id} IN (${placeholders(keys)}) AND ${expires} > ?`,
      bindings: [...keys, second],
    }),

    upsertMany: (rows, second) => ({
      sql: repeat(merge, rows, ''),
      bindings: rows.flatMap((row) => [
        row.id,
        row.data,
        row.expires,
        row.id,
        ...(timestamps ? [second] : []),
      ]),
    }),

    updateMany: (rows, second) => ({
      sql: repeat(
        `UPDATE ${table} SET ${data} = ?, ${expires} = ?${touch}
WHERE ${id} = ? AND ${id} ${binary} = ? AND ${expires} > ?;
`,
        rows,
        '',
      ),
      bindings: rows.flatMap((row) => [row.data, row.expires, row.id, row.id, second]),
    }),

    touchMany: (keys, newExpires, second) => ({
      sql: `UPDATE ${table} SET ${expires} = ?${touch} WHERE ${whereKeys(keys)} AND ${expires} > ?`,
      bindings: [newExpires, ...keys, ...keys, second],
    }),

    moveRow: (from, { to, before, after }, now) => ({
      sql: `
UPDATE ${table} SET ${id} = ?, ${data} = ?
WHERE ${whereKeys([from])} AND ${data} = ? AND ${expires} > ?`,
      bindings: [to, after, from, from, before, now],
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
    deleteExpired: (keys, second) => ({
      sql: `
DELETE FROM ${table} WITH (READPAST) OUTPUT deleted.${expires}
WHERE ${id} IN (${placeholders(keys)}) AND ${expires} <= ?`,
      bindings: [...keys, second],
    }),

    countLive: (second) => ({
      sql: `SELECT count_big(*) AS live FROM ${table} WHERE ${expires} > ?`,
      bindings: [second],
    }),

    deleteAll: () => ({ sql: `DELETE FROM ${table}`, bindings: [] }),

    rows: valuesOf,
    deleted: (response) => (response as unknown[]).length,
  };
};
