/** SQLite 3.35 and later, through better-sqlite3 or sqlite3. */

import { countIn, returnedRows, type Responses, type Statement } from '../execute';
import { unquote } from '../identifiers';
import type { ChangeOf, KeyedChange } from '../rows';
import {
  columnDefinitions,
  columnsOf,
  inPlaceholders,
  placeholders,
  repeat,
  loneStatements,
  onConflict,
  rotateStatement,
  sharedStatements,
  tableOf,
  type Dialect,
} from './shared';

const now = 'CURRENT_TIMESTAMP';

export const sqlite: Dialect = (context) => {
  const { names, shape, now: second } = context;
  const columns = columnsOf(names, shape, {
    now,
    ago: (seconds) => `datetime('now', '-${seconds} seconds')`,
    epoch: (column) => `CAST(strftime('%s', ${column}) AS INTEGER)`,
  });
  const { table, id, data, expires, createdAt, updatedAt, user } = columns;
  const { live, inserted, updateTimes, ifUsers, ifTimestamps, userOf } = columns;

  const incomingRow = `(?, ?, ?${ifUsers(', ?')})`;
  const newRow = `(?, ?, ?${ifUsers(', ?')}${ifTimestamps(`, ${now}, ${now}`)})`;
  const values = ({ key, change }: KeyedChange<ChangeOf<'upsert' | 'update' | 'replace' | 'rename'>>) => [
    ...[key, change.data, change.expires],
    ...userOf(change.user),
  ];

  const { driverName } = context.knex.client as { driverName?: unknown };
  const isCounted = driverName === 'better-sqlite3';
  const lone = loneStatements(columns, second, isCounted);

  const { schema, table: bareTable, expiresIndex, userIndex } = names.quoted;
  const { all, definitionOf } = columnDefinitions(names, shape, {
    id: 'varchar(100) NOT NULL PRIMARY KEY',
    data: 'text NOT NULL',
    time: 'datetime',
    user: 'varchar(100)',
  });
  /** The schema, an attached database, stands in front of the index's name, not the table's. */
  const createIndex = (index: string, column: string): string =>
    `CREATE INDEX IF NOT EXISTS ${schema === '' ? '' : `${schema}.`}${index} ON ${bareTable} (${column})`;

  const returning = ({ sql, bindings }: Statement): Statement => ({
    sql: `${sql} RETURNING ${id}`,
    bindings,
  });
  // Only better-sqlite3 tells a count through knex.raw; returned rows can be counted with both drivers.
  const responses: Responses = {
    ...returnedRows,
    made: (response, keys, kind) => {
      if (Array.isArray(response)) return returnedRows.made(response, keys, kind);
      return countIn(response, 'changes') >= keys.length ? undefined : new Set();
    },
  };

  const shared = sharedStatements(columns, second, inPlaceholders);
  return tableOf(context, responses, {
    // `:memory:`
    livesInConnection: true,
    asciiOnly: false,
    maxRows: 500,
    // better-sqlite3 runs on the app's own thread, which must not be blocked for long.
    sweepRows: 100,
    replaces: 'each',

    ...shared,
    end: (ended, keys) => returning(shared.end(ended, keys)),

    upsert: (saved) => ({
      sql: `
INSERT INTO ${table} AS session (${inserted})
VALUES ${repeat(newRow, saved)}
ON CONFLICT (${id}) DO UPDATE SET
  ${data} = excluded.${data},
  ${expires} = excluded.${expires}${ifUsers(`,
  ${user} = excluded.${user}`)}${ifTimestamps(`,
  ${createdAt} = CASE
    WHEN ${live('session.')} THEN COALESCE(session.${createdAt}, excluded.${createdAt})
    ELSE excluded.${createdAt}
  END,
  ${updatedAt} = excluded.${updatedAt}`)}`,
      bindings: [...saved.flatMap(values), ...(shape.timestamps ? [second()] : [])],
    }),

    update: lone.update((saved) => ({
      sql: `
UPDATE ${table} AS session SET
  ${data} = incoming.column2,
  ${expires} = incoming.column3${ifUsers(`,
  ${user} = incoming.column4`)}${updateTimes}
FROM (VALUES ${repeat(incomingRow, saved)}) AS incoming
WHERE session.${id} = incoming.column1 AND ${live('session.')}`,
      bindings: [...saved.flatMap(values), second()],
    })),

    replace: lone.replace((saved) => ({
      sql: `
UPDATE ${table} AS session SET
  ${data} = incoming.column3,
  ${expires} = COALESCE(incoming.column4, session.${expires})${ifUsers(`,
  ${user} = incoming.column5`)}${updateTimes}
FROM (VALUES ${repeat(`(?, ?, ?, ?${ifUsers(', ?')})`, saved)}) AS incoming
WHERE session.${id} = incoming.column2 AND session.${data} = incoming.column1 AND ${live('session.')}
RETURNING ${id}`,
      bindings: [...saved.flatMap((each) => [each.change.before, ...values(each)]), second()],
    })),

    move: (moved) => ({
      sql: `
UPDATE ${table} AS session SET
  ${id} = moved.column2,
  ${data} = moved.column4${ifUsers(`,
  ${user} = moved.column5`)}
FROM (VALUES ${repeat(`(?, ?, ?, ?${ifUsers(', ?')})`, moved)}) AS moved
WHERE session.${id} = moved.column1 AND session.${data} = moved.column3 AND ${live('session.')}`,
      bindings: [
        ...moved.flatMap(({ key, change }) => [
          ...[key, change.to, change.before, change.data],
          ...userOf(change.user),
        ]),
        second(),
      ],
    }),

    rotate: rotateStatement(columns, second, {
      holds: (key, before) => ({ sql: `session.${id} = ? AND session.${data} = ?`, bindings: [key, before] }),
      from: (condition, part) => `${table} AS session CROSS JOIN ${part}\nWHERE ${condition}`,
      replaces: (replaced) => `${onConflict(columns)(replaced)}\nRETURNING ${id}`,
    }),

    claim: (claimed) => ({
      sql: `
UPDATE ${table} AS session SET
  ${id} = claimed.column2,
  ${expires} = claimed.column3
FROM (VALUES ${repeat('(?, ?, ?)', claimed)}) AS claimed
WHERE session.${id} = claimed.column1 AND ${live('session.')}
RETURNING ${id}`,
      bindings: [...claimed.flatMap(({ key, change }) => [key, change.to, change.expires]), second()],
    }),

    rename: (renamed) => ({
      sql: `
UPDATE ${table} AS session SET
  ${id} = incoming.column1,
  ${data} = incoming.column3,
  ${expires} = incoming.column4${ifUsers(`,
  ${user} = incoming.column5`)}${updateTimes}
FROM (VALUES ${repeat(`(?, ?, ?, ?${ifUsers(', ?')})`, renamed)}) AS incoming
WHERE session.${id} = incoming.column2 AND (session.${expires} < 0 OR ${live('session.')})`,
      bindings: [...renamed.flatMap((one) => [one.change.to, ...values(one)]), second()],
    }),

    removeExpired: (keys) => ({
      sql: `DELETE FROM ${table} WHERE ${id} IN (${placeholders(keys)}) AND NOT (${live()}) RETURNING 1`,
      bindings: [...keys, second()],
    }),

    removeUser: (users, except) => ({
      sql: `
DELETE FROM ${table}
WHERE ${user} IN (${placeholders(users)}) AND ${id} NOT IN (${placeholders(except)}) RETURNING 1`,
      bindings: [...users, ...except],
    }),

    columns: {
      sql: 'SELECT name FROM pragma_table_info(?, ?)',
      bindings: [unquote(bareTable), schema === '' ? null : unquote(schema)],
    },

    // The table and its indexes without a transaction: it would hold the file's lock over several turns of the event
    // loop, and a second better-sqlite3 connection of this process would block that loop while it waits for the lock.
    create: `CREATE TABLE IF NOT EXISTS ${table} (\n  ${all}\n)`,
    indexes: [createIndex(expiresIndex, expires), ...(shape.users ? [createIndex(userIndex, user)] : [])],
    drop: `DROP TABLE IF EXISTS ${table}`,
    addColumns: (added) => added.map((column) => `ALTER TABLE ${table} ADD COLUMN ${definitionOf(column)}`),

    // Pages of rows, keys and long texts; the builds of both drivers have dbstat.
    size: {
      sql: `
SELECT sum(pgsize) AS size
FROM dbstat(?)
WHERE name = ? COLLATE NOCASE OR name IN (SELECT name FROM ${schema === '' ? 'main' : schema}.sqlite_master WHERE tbl_name = ? COLLATE NOCASE)`,
      bindings: [schema === '' ? 'main' : unquote(schema), unquote(bareTable), unquote(bareTable)],
    },
  });
};
