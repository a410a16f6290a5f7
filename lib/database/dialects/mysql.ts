/**
 * MySQL 5.6 and MariaDB 10.2, and later.
 *
 * In a table of the original package, `id` has the database's default collation, which ignores case. A statement that
 * changes rows therefore compares twice: the first comparison finds rows by the primary key, the second compares bytes
 * and leaves the row of another session alone.
 */

import { countIn, valuesOf, type Responses } from '../execute';
import { unquote } from '../identifiers';
import type { KeyedChange } from '../rows';
import {
  columnDefinitions,
  columnsOf,
  repeat,
  rotateStatement,
  sharedStatements,
  tableOf,
  type Dialect,
  type InList,
} from './shared';

// UTC in a column without a time zone, whatever the time zones of the server and the connection.
const now = 'UTC_TIMESTAMP()';
/** The drivers write a list as its values. */
const inListBinding: InList = (column, values) => ({ sql: `${column} IN (?)`, bindings: [values] });
/** The response is [rows, fields]; a postProcessResponse may have turned the rows into an object. */
const responses: Responses = {
  rows: (response) => valuesOf((response as [unknown])[0]),
  removed: (response) => countIn((response as [unknown])[0], 'affectedrows'),
  // Of several that were replaced, some may be gone; it does not tell which.
  made: (response, keys, kind) =>
    (kind === 'replace' && keys.length > 1) ||
    countIn((response as [unknown])[0], 'affectedrows') >= keys.length
      ? undefined
      : new Set(),
};

/**
 * The drivers escape with backslashes, which `NO_BACKSLASH_ESCAPES` takes for text, and convert to the connection's
 * character set afterwards, which makes quotes of other characters: text could end its string. What needs no escape is
 * bound as it is; anything else goes in hexadecimal, which reads the same in any mode and character set.
 */
const needsNoEscape = /^[ !#-&(-[\]-~]*$/;
const literal = (value: string): unknown =>
  needsNoEscape.test(value)
    ? value
    : { toSqlString: () => `_utf8mb4 X'${Buffer.from(value).toString('hex')}'` };

const binaryText = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

export const mysql: Dialect = (context) => {
  const { names, shape, now: second } = context;
  const columns = columnsOf(names, shape, {
    now,
    ago: (seconds) => `${now} - INTERVAL ${seconds} SECOND`,
    epoch: (column) => `TIMESTAMPDIFF(SECOND, '1970-01-01', ${column})`,
  });
  const { table, id, data, expires, createdAt, updatedAt, user } = columns;
  const { live, inserted, updateTimes, ifUsers, ifTimestamps, userOf } = columns;

  const bytes = `CAST(${id} AS BINARY)`;
  const whereKeys = `${id} IN (?) AND ${bytes} IN (?)`;
  /** Text byte by byte, whatever the character set of its column: collations ignore trailing spaces. */
  const bytesOf = (text: string): string => `CAST(CONVERT(${text} USING utf8mb4) AS BINARY)`;
  /** A row finds its values by the position of its key in the list. */
  const listed = `ELT(FIELD(${bytes}, ?), ?)`;
  const usersOf = (keys: string[], changes: readonly KeyedChange<{ user?: string | null }>[]) =>
    shape.users ? [keys, changes.map(({ change }) => change.user ?? null)] : [];

  // A whole row is one binding, too, which saves Knex much work.
  const newRow = shape.timestamps ? `(?, ${now}, ${now})` : '(?)';

  const { schema, table: bareTable, expiresIndex, userIndex } = names.quoted;
  const isThisTable = `TABLE_SCHEMA = ${schema === '' ? 'DATABASE()' : '?'} AND TABLE_NAME = ?`;
  const thisTable = [...(schema === '' ? [] : [unquote(schema)]), unquote(bareTable)];
  const addUserIndex = `INDEX ${userIndex} (${user})`;
  const { all, definitionOf } = columnDefinitions(names, shape, {
    // 100 characters of utf8mb4 are 400 bytes: within the 767 that old index formats take.
    id: `varchar(100) ${binaryText} NOT NULL`,
    data: `longtext ${binaryText} NOT NULL`,
    time: 'datetime NULL',
    user: `varchar(100) ${binaryText} NULL`,
  });

  return tableOf(context, responses, {
    // Connections, and tables of the original package, may have another character set.
    asciiOnly: true,
    literal,
    maxRows: 100,
    // InnoDB keeps rows in the order of their random ids: each of these may lie in a page of its own.
    sweepRows: 200,
    replaces: 'all',
    // Out of range.
    isConflict: (error) => (error as { errno?: unknown }).errno === 1690,

    ...sharedStatements(columns, second, inListBinding, (keys) => ({
      sql: whereKeys,
      bindings: [keys, keys],
    })),

    // A row that a case-insensitive collation takes for this one gets this one's id as well: its owner loses it, but no
    // session is ever found under the id of another. Assignments take effect from left to right: created_at must be
    // decided while expires is the old one.
    upsert: (saved) => ({
      sql: `
INSERT INTO ${table} (${inserted})
VALUES ${repeat(newRow, saved)}
ON DUPLICATE KEY UPDATE
  ${id} = VALUES(${id}),${ifTimestamps(`
  ${createdAt} = IF(${live()}, COALESCE(${createdAt}, VALUES(${createdAt})), VALUES(${createdAt})),
  ${updatedAt} = VALUES(${updatedAt}),`)}
  ${data} = VALUES(${data}),${ifUsers(`
  ${user} = VALUES(${user}),`)}
  ${expires} = VALUES(${expires})`,
      bindings: [
        ...saved.map(({ key, change }) => [key, change.data, change.expires, ...userOf(change.user)]),
        ...(shape.timestamps ? [second()] : []),
      ],
    }),

    update: (saved, keys) => ({
      sql: `
UPDATE ${table} SET
  ${data} = ${listed},${ifUsers(`
  ${user} = ${listed},`)}
  ${expires} = ${listed}${updateTimes}
WHERE ${whereKeys} AND ${live()}`,
      bindings: [
        ...[keys, saved.map(({ change }) => change.data)],
        ...usersOf(keys, saved),
        ...[keys, saved.map(({ change }) => change.expires)],
        ...[keys, keys, second()],
      ],
    }),

    // No statement tells which rows it has updated. This one fails as a whole, with a number that is out of range, if one
    // of the rows holds something else. `expires` comes first: the assignments after it have changed the data.
    replace: (saved, keys) => ({
      sql: `
UPDATE ${table} SET
  ${expires} = IF(
    ${bytesOf(data)} = ${bytesOf(listed)},
    COALESCE(${listed}, ${expires}),
    ~0 + LENGTH(${id})
  ),${ifUsers(`
  ${user} = ${listed},`)}
  ${data} = ${listed}${updateTimes}
WHERE ${whereKeys} AND ${live()}`,
      bindings: [
        ...[keys, saved.map(({ change }) => change.before)],
        ...[keys, saved.map(({ change }) => change.expires)],
        ...usersOf(keys, saved),
        ...[keys, saved.map(({ change }) => change.data)],
        ...[keys, keys, second()],
      ],
    }),

    // The key comes last: an assignment after it would no longer find its row in the lists.
    move: (moved, keys) => ({
      sql: `
UPDATE ${table} SET
  ${data} = ${listed},${ifUsers(`
  ${user} = ${listed},`)}
  ${id} = ${listed}
WHERE ${whereKeys} AND ${bytesOf(data)} = ${bytesOf(listed)} AND ${live()}`,
      bindings: [
        ...[keys, moved.map(({ change }) => change.data)],
        ...usersOf(keys, moved),
        ...[keys, moved.map(({ change }) => change.to)],
        ...[keys, keys, keys, moved.map(({ change }) => change.before), second()],
      ],
    }),

    rotate: rotateStatement(columns, second, {
      holds: (key, before) => ({
        sql: `session.${id} = ? AND CAST(session.${id} AS BINARY) = ? AND ${bytesOf(`session.${data}`)} = ${bytesOf('?')}`,
        bindings: [key, key, before],
      }),
      from: (condition, part) => `${table} AS session CROSS JOIN ${part}\nWHERE ${condition} FOR UPDATE`,
      replaces: (replaced) =>
        `ON DUPLICATE KEY UPDATE ${[id, ...replaced].map((column) => `${column} = VALUES(${column})`).join(', ')}`,
    }),

    claim: (claimed, keys) => ({
      sql: `
UPDATE ${table} SET
  ${expires} = ${listed},
  ${id} = ${listed}
WHERE ${whereKeys} AND ${live()}`,
      bindings: [
        ...[keys, claimed.map(({ change }) => change.expires)],
        ...[keys, claimed.map(({ change }) => change.to)],
        ...[keys, keys, second()],
      ],
    }),

    rename: (renamed, keys) => ({
      sql: `
UPDATE ${table} SET
  ${data} = ${listed},${ifUsers(`
  ${user} = ${listed},`)}
  ${expires} = ${listed}${updateTimes},
  ${id} = ${listed}
WHERE ${whereKeys} AND (${expires} < 0 OR ${live()})`,
      bindings: [
        ...[keys, renamed.map(({ change }) => change.data)],
        ...usersOf(keys, renamed),
        ...[keys, renamed.map(({ change }) => change.expires)],
        ...[keys, renamed.map(({ change }) => change.to)],
        ...[keys, keys, second()],
      ],
    }),

    // By primary key: a range of `expires` would lock the gaps that others insert into.
    removeExpired: (keys) => ({
      sql: `DELETE FROM ${table} WHERE ${id} IN (?) AND NOT (${live()})`,
      bindings: [keys, second()],
    }),

    removeUser: (users, except) => ({
      sql: `DELETE FROM ${table} WHERE ${user} IN (?)${except.length > 0 ? ` AND ${bytes} NOT IN (?)` : ''}`,
      bindings: [users, ...(except.length > 0 ? [except] : [])],
    }),

    columns: {
      sql: `
SELECT COLUMN_NAME
FROM information_schema.COLUMNS
WHERE ${isThisTable}`,
      bindings: thisTable,
    },

    create: `
CREATE TABLE ${table} (
  ${all},${ifUsers(`
  ${addUserIndex},`)}
  PRIMARY KEY (${id}),
  INDEX ${expiresIndex} (${expires})
) ENGINE = InnoDB`,

    drop: `DROP TABLE IF EXISTS ${table}`,

    // A column comes with its index, in one statement.
    addColumns: (added) =>
      added.map(
        (column) =>
          `ALTER TABLE ${table} ADD COLUMN ${definitionOf(column)}${column === 'user_id' ? `, ADD ${addUserIndex}` : ''}`,
      ),

    // In a table of the original package: 64 KB. Encryption takes a third of it, and a longer text may be cut off
    // without an error.
    narrow: {
      sql: `
SELECT DATA_TYPE
FROM information_schema.COLUMNS
WHERE ${isThisTable} AND COLUMN_NAME = ? AND DATA_TYPE NOT IN ('mediumtext', 'longtext')`,
      bindings: [...thisTable, unquote(data)],
    },
    widen: `ALTER TABLE ${table} MODIFY ${data} longtext ${binaryText}`,

    size: {
      sql: `
SELECT DATA_LENGTH + INDEX_LENGTH AS size
FROM information_schema.TABLES
WHERE ${isThisTable}`,
      bindings: thisTable,
    },
  });
};
