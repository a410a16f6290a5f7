/** SQL Server 2014 and later, and Azure SQL. */

import { hashedPattern } from '../../crypto/row-key';
import { returnedRows } from '../execute';
import { unquote } from '../identifiers';
import {
  columnDefinitions,
  columnsOf,
  inPlaceholders,
  placeholders,
  repeat,
  sharedStatements,
  tableOf,
  type Dialect,
} from './shared';

/** A statement takes 2,100 parameters, two of them its own text and types; the largest one here takes seven for a row. */
const maxRows = 290;

const now = 'SYSUTCDATETIME()';

/** Compares by code points. The `id` of a table of the original package has the database's default collation, which ignores case. */
const binary = 'COLLATE Latin1_General_BIN2';

/** Text byte by byte: any collation ignores trailing spaces. */
const bytesOf = (text: string): string => `CAST(CAST(${text} AS nvarchar(max)) AS varbinary(max))`;

export const mssql: Dialect = (context) => {
  const { names, shape, now: second } = context;
  const columns = columnsOf(names, shape, {
    now,
    ago: (seconds) => `DATEADD(second, -${seconds}, ${now})`,
    // By days and then seconds: DATEDIFF returns an int, which holds seconds only until 2038.
    epoch: (column) =>
      `CAST(DATEDIFF(day, '19700101', ${column}) AS bigint) * 86400 + DATEDIFF(second, CAST(${column} AS date), ${column})`,
  });
  const { table, id, data, expires, createdAt, updatedAt, user } = columns;
  const { live, wholeRow, inserted, updateTimes, ifUsers, ifTimestamps, userOf } = columns;

  // One MERGE for each row: a parameter compared with the column takes the column's collation and finds the row by its
  // primary key, whatever that collation is; a column of a source of many rows would have its own. Without HOLDLOCK, two
  // first writes of one key may both choose to insert; UPDLOCK keeps them from a deadlock.
  const merge = `
MERGE INTO ${table} WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (?, ?, ?${ifUsers(', ?')})) AS source (id, data, expires${ifUsers(', user_id')})
ON target.${id} = ?
WHEN MATCHED THEN UPDATE SET
  ${id} = source.id,
  ${data} = source.data,
  ${expires} = source.expires${ifUsers(`,
  ${user} = source.user_id`)}${ifTimestamps(`,
  ${createdAt} = CASE WHEN ${live('target.')} THEN COALESCE(target.${createdAt}, ${now}) ELSE ${now} END,
  ${updatedAt} = ${now}`)}
WHEN NOT MATCHED THEN INSERT (${inserted})
VALUES (source.id, source.data, source.expires${ifUsers(', source.user_id')}${ifTimestamps(`, ${now}, ${now}`)});`;

  const { primaryKey, expiresIndex, userIndex } = names.quoted;
  const { all, definitionOf } = columnDefinitions(names, shape, {
    // nvarchar, because Knex binds strings as such: compared with varchar, every look-up would scan the table.
    id: `nvarchar(100) ${binary} NOT NULL`,
    data: 'nvarchar(max) NOT NULL',
    time: 'datetime2 NULL',
    user: `nvarchar(100) ${binary} NULL`,
  });

  // Knex gives no count of a raw statement here; returned rows can be counted. An `end` and a `claim` return none: a
  // table with triggers refuses OUTPUT. They count as not made, and the batcher reads their rows.
  return tableOf(context, returnedRows, {
    asciiOnly: false,
    maxRows,
    sweepRows: 1_000,
    // Several UPDATEs are several transactions: the first may be made, and the second fail.
    replaces: 'one',

    ...sharedStatements(columns, second, inPlaceholders, (keys) => ({
      sql: `${id} IN (${placeholders(keys)}) AND ${id} ${binary} IN (${placeholders(keys)})`,
      bindings: [...keys, ...keys],
    })),

    upsert: (saved) => ({
      sql: repeat(merge, saved, ''),
      bindings: saved.flatMap(({ key, change }) => [
        ...[key, change.data, change.expires],
        ...userOf(change.user),
        ...[key, ...(shape.timestamps ? [second()] : [])],
      ]),
    }),

    update: (saved) => ({
      sql: repeat(
        `UPDATE ${table} SET ${data} = ?, ${expires} = ?${ifUsers(`, ${user} = ?`)}${updateTimes}
WHERE ${id} = ? AND ${id} ${binary} = ? AND ${live()};
`,
        saved,
        '',
      ),
      bindings: saved.flatMap(({ key, change }) => [
        ...[change.data, change.expires],
        ...userOf(change.user),
        ...[key, key, second()],
      ]),
    }),

    replace: (saved) => ({
      sql: repeat(
        `UPDATE ${table} SET ${data} = ?, ${expires} = COALESCE(?, ${expires})${ifUsers(`, ${user} = ?`)}${updateTimes}
OUTPUT inserted.${id}
WHERE ${id} = ? AND ${id} ${binary} = ? AND ${bytesOf(data)} = ${bytesOf('?')} AND ${live()};
`,
        saved,
        '',
      ),
      bindings: saved.flatMap(({ key, change }) => [
        ...[change.data, change.expires],
        ...userOf(change.user),
        ...[key, key, change.before, second()],
      ]),
    }),

    move: (moved) => ({
      sql: repeat(
        `UPDATE ${table} SET ${id} = ?, ${data} = ?${ifUsers(`, ${user} = ?`)}
WHERE ${id} = ? AND ${id} ${binary} = ? AND ${bytesOf(data)} = ${bytesOf('?')} AND ${live()};
`,
        moved,
        '',
      ),
      bindings: moved.flatMap(({ key, change }) => [
        ...[change.to, change.data],
        ...userOf(change.user),
        ...[key, key, change.before, second()],
      ]),
    }),

    // SQL Server ends the transaction with any error, and with the connection.
    rotate: (rotated) => ({
      sql: repeat(
        `SET XACT_ABORT ON;
BEGIN TRANSACTION;
IF EXISTS (
  SELECT 1 FROM ${table} WITH (UPDLOCK, HOLDLOCK)
  WHERE ${id} = ? AND ${id} ${binary} = ? AND ${bytesOf(data)} = ${bytesOf('?')} AND ${live()}
)
BEGIN
  DELETE FROM ${table} WHERE ${id} = ?;
  UPDATE ${table} SET ${id} = ?, ${data} = ?${ifUsers(`, ${user} = ?`)} WHERE ${id} = ?;
  INSERT INTO ${table} (${id}, ${data}, ${expires}) VALUES (?, ?, ?);
  SELECT ${id} FROM ${table} WHERE ${id} = ?;
END;
COMMIT TRANSACTION;
`,
        rotated,
        '',
      ),
      bindings: rotated.flatMap(({ key, change }) => [
        ...[key, key, change.before, second()],
        ...[change.to, change.to, change.data],
        ...userOf(change.user),
        ...[key, key, change.forward.data, change.forward.expires, key],
      ]),
    }),

    claim: (claimed) => ({
      sql: repeat(
        `UPDATE ${table} SET ${id} = ?, ${expires} = ?
WHERE ${id} = ? AND ${id} ${binary} = ? AND ${live()};
`,
        claimed,
        '',
      ),
      bindings: claimed.flatMap(({ key, change }) => [change.to, change.expires, key, key, second()]),
    }),

    rename: (renamed) => ({
      sql: repeat(
        `UPDATE ${table} SET ${id} = ?, ${data} = ?, ${expires} = ?${ifUsers(`, ${user} = ?`)}${updateTimes}
WHERE ${id} = ? AND ${id} ${binary} = ? AND (${expires} < 0 OR ${live()});
`,
        renamed,
        '',
      ),
      bindings: renamed.flatMap(({ key, change }) => [
        ...[change.to, change.data, change.expires],
        ...userOf(change.user),
        ...[key, key, second()],
      ]),
    }),

    expired: (from, limit) => ({
      sql: `
SELECT TOP (?) ${id}, ${expires} FROM ${table} WITH (READPAST)
WHERE ${expires} BETWEEN ? AND ? ORDER BY ${expires}`,
      bindings: [limit, from, second()],
    }),

    removeExpired: (keys) => ({
      sql: `
DELETE FROM ${table} WITH (READPAST) OUTPUT deleted.${expires}
WHERE ${id} IN (${placeholders(keys)}) AND NOT (${live()})`,
      bindings: [...keys, second()],
    }),

    page: (after, limit) => ({
      sql: `SELECT TOP (?) ${wholeRow} FROM ${table} WHERE ${id} > ? AND ${live()} ORDER BY ${id}`,
      bindings: [limit, after, second()],
    }),

    removeUser: (users, except) => ({
      sql: `
DELETE FROM ${table} OUTPUT deleted.${expires}
WHERE ${user} IN (${placeholders(users)})${
        except.length > 0 ? ` AND ${id} ${binary} NOT IN (${placeholders(except)})` : ''
      }`,
      bindings: [...users, ...except],
    }),

    // count(*) returns an int.
    count: () => ({ sql: `SELECT count_big(*) AS live FROM ${table} WHERE ${live()}`, bindings: [second()] }),

    countHashed: () => ({
      sql: `SELECT count_big(*) AS hashed FROM ${table} WHERE ${id} LIKE ? AND ${live()}`,
      bindings: [hashedPattern, second()],
    }),

    columns: { sql: 'SELECT name FROM sys.columns WHERE object_id = OBJECT_ID(?)', bindings: [table] },

    create: `
CREATE TABLE ${table} (
  ${all},${ifUsers(`
  INDEX ${userIndex} (${user}),`)}
  CONSTRAINT ${primaryKey} PRIMARY KEY (${id}),
  INDEX ${expiresIndex} (${expires})
)`,

    // Not together with its column: SQL Server compiles a batch as a whole, when the column does not exist yet.
    indexes: shape.users
      ? [
          {
            sql: `
IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE object_id = OBJECT_ID(?) AND name = ?)
  CREATE INDEX ${userIndex} ON ${table} (${user})`,
            bindings: [table, unquote(userIndex)],
          },
        ]
      : [],

    drop: { sql: `IF OBJECT_ID(?, N'U') IS NOT NULL DROP TABLE ${table}`, bindings: [table] },

    addColumns: (added) => added.map((column) => `ALTER TABLE ${table} ADD ${definitionOf(column)}`),

    size: {
      sql: `
SELECT SUM(used_page_count) * 8192 AS size FROM sys.dm_db_partition_stats WHERE object_id = OBJECT_ID(?)`,
      bindings: [table],
    },
  });
};
