/** PostgreSQL 9.5 and later. Keys and rows travel as arrays: one SQL text serves any number of them. */

import { randomUUID } from 'node:crypto';
import { countIn, returnedIds, valuesOf, type Responses } from '../execute';
import type { ChangeOf, KeyedChange } from '../rows';
import {
  columnDefinitions,
  columnsOf,
  loneStatements,
  onConflict,
  rotateStatement,
  sharedStatements,
  tableOf,
  type Dialect,
  type InList,
} from './shared';

const now = 'CURRENT_TIMESTAMP';

const responses: Responses = {
  rows: (response) => valuesOf((response as { rows: unknown[] }).rows),
  removed: (response) => countIn(response, 'rowcount'),
  made: (response, keys) =>
    countIn(response, 'rowcount') >= keys.length
      ? undefined
      : returnedIds((response as { rows: unknown[] }).rows),
};

const inArray: InList = (column, values) => ({ sql: `${column} = ANY(?)`, bindings: [values] });

/** An array of texts, with two bindings: see `joined`. Without the rest, an empty text alone would be an empty array. */
const textArray = `COALESCE(NULLIF(string_to_array(?, ?), '{}'), '{""}')`;

/** The texts as one, and what separates them: the driver takes several times as long to write an array. */
const joined = (texts: readonly string[]): [string, string] => {
  let separator = '\x1f';
  while (texts.some((text) => text.includes(separator))) separator = randomUUID();
  return [texts.join(separator), separator];
};

export const postgres: Dialect = (context) => {
  const { names, shape, now: second } = context;
  const columns = columnsOf(names, shape, {
    now,
    ago: (seconds) => `${now} - interval '${seconds} seconds'`,
    epoch: (column) => `EXTRACT(EPOCH FROM ${column})`,
  });
  const { table, id, data, expires, createdAt, updatedAt, user } = columns;
  const { live, inserted, updateTimes, ifUsers, ifTimestamps } = columns;

  const incoming = `unnest(?::text[], ${textArray}, ?::bigint[]${ifUsers(', ?::text[]')})
  AS incoming (id, data, expires${ifUsers(', user_id')})`;

  const usersOf = (changes: readonly KeyedChange<{ user?: string | null }>[]) =>
    shape.users ? [changes.map(({ change }) => change.user ?? null)] : [];
  const lists = (
    changes: readonly KeyedChange<ChangeOf<'upsert' | 'update' | 'replace' | 'rename'>>[],
    keys: string[],
  ) => [
    keys,
    ...joined(changes.map(({ change }) => change.data)),
    changes.map(({ change }) => change.expires),
    ...usersOf(changes),
  ];

  const lone = loneStatements(columns, second, true);

  const { expiresIndex, primaryKey, userIndex } = names.quoted;
  const { all, definitionOf } = columnDefinitions(names, shape, {
    // Byte order suits keys, and no update of the system's locales can corrupt such an index.
    id: 'varchar(100) COLLATE "C" NOT NULL',
    data: 'text NOT NULL',
    time: 'timestamptz',
    user: 'varchar(100) COLLATE "C"',
  });
  const createUserIndex = `CREATE INDEX ${userIndex} ON ${table} (${user})`;
  /** Without bindings, PostgreSQL runs all statements of a message in one transaction. */
  const together = (...statements: string[]): string => statements.join(';\n');

  return tableOf(context, responses, {
    asciiOnly: false,
    maxRows: 500,
    sweepRows: 1_000,
    replaces: 'each',

    ...sharedStatements(columns, second, inArray),

    upsert: (saved, keys) => ({
      sql: `
INSERT INTO ${table} AS session (${inserted})
SELECT incoming.id, incoming.data, incoming.expires${ifUsers(', incoming.user_id')}${ifTimestamps(`, ${now}, ${now}`)}
FROM ${incoming}
ON CONFLICT (${id}) DO UPDATE SET
  ${data} = excluded.${data},
  ${expires} = excluded.${expires}${ifUsers(`,
  ${user} = excluded.${user}`)}${ifTimestamps(`,
  ${createdAt} = CASE
    WHEN ${live('session.')} THEN COALESCE(session.${createdAt}, excluded.${createdAt})
    ELSE excluded.${createdAt}
  END,
  ${updatedAt} = excluded.${updatedAt}`)}`,
      bindings: [...lists(saved, keys), ...(shape.timestamps ? [second()] : [])],
    }),

    update: lone.update((saved, keys) => ({
      sql: `
UPDATE ${table} AS session SET
  ${data} = incoming.data,
  ${expires} = incoming.expires${ifUsers(`,
  ${user} = incoming.user_id`)}${updateTimes}
FROM ${incoming}
WHERE session.${id} = incoming.id AND ${live('session.')}`,
      bindings: [...lists(saved, keys), second()],
    })),

    replace: lone.replace((saved, keys) => ({
      sql: `
UPDATE ${table} AS session SET
  ${data} = incoming.data,
  ${expires} = COALESCE(incoming.expires, session.${expires})${ifUsers(`,
  ${user} = incoming.user_id`)}${updateTimes}
FROM unnest(?::text[], ${textArray}, ?::bigint[]${ifUsers(', ?::text[]')}, ${textArray})
  AS incoming (id, data, expires${ifUsers(', user_id')}, old_data)
WHERE session.${id} = incoming.id AND session.${data} = incoming.old_data AND ${live('session.')}
RETURNING session.${id}`,
      bindings: [...lists(saved, keys), ...joined(saved.map(({ change }) => change.before)), second()],
    })),

    move: (moved, keys) => ({
      sql: `
UPDATE ${table} AS session SET
  ${id} = moved.new_id,
  ${data} = moved.new_data${ifUsers(`,
  ${user} = moved.user_id`)}
FROM unnest(?::text[], ?::text[], ${textArray}, ${textArray}${ifUsers(', ?::text[]')})
  AS moved (old_id, new_id, old_data, new_data${ifUsers(', user_id')})
WHERE session.${id} = moved.old_id AND session.${data} = moved.old_data AND ${live('session.')}`,
      bindings: [
        keys,
        moved.map(({ change }) => change.to),
        ...joined(moved.map(({ change }) => change.before)),
        ...joined(moved.map(({ change }) => change.data)),
        ...usersOf(moved),
        second(),
      ],
    }),

    rotate: rotateStatement(columns, second, {
      holds: (key, before) => ({ sql: `session.${id} = ? AND session.${data} = ?`, bindings: [key, before] }),
      // Locked on its own: where another transaction has changed the row meanwhile, a join that locks it is evaluated again,
      // and yields the first part twice.
      from: (condition, part) =>
        `(SELECT * FROM ${table} AS session WHERE ${condition} FOR UPDATE) AS session CROSS JOIN ${part}`,
      replaces: onConflict(columns),
    }),

    claim: (claimed, keys) => ({
      sql: `
UPDATE ${table} AS session SET
  ${id} = claimed.new_id,
  ${expires} = claimed.expires
FROM unnest(?::text[], ?::text[], ?::bigint[]) AS claimed (old_id, new_id, expires)
WHERE session.${id} = claimed.old_id AND ${live('session.')}`,
      bindings: [
        keys,
        claimed.map(({ change }) => change.to),
        claimed.map(({ change }) => change.expires),
        second(),
      ],
    }),

    rename: (renamed, keys) => ({
      sql: `
UPDATE ${table} AS session SET
  ${id} = incoming.new_id,
  ${data} = incoming.data,
  ${expires} = incoming.expires${ifUsers(`,
  ${user} = incoming.user_id`)}${updateTimes}
FROM unnest(?::text[], ${textArray}, ?::bigint[]${ifUsers(', ?::text[]')}, ?::text[])
  AS incoming (id, data, expires${ifUsers(', user_id')}, new_id)
WHERE session.${id} = incoming.id AND (session.${expires} < 0 OR ${live('session.')})`,
      bindings: [...lists(renamed, keys), renamed.map(({ change }) => change.to), second()],
    }),

    // The array is built once, before the deletion; an IN (subquery) may run again and again.
    removeExpired: (keys) => ({
      sql: `
DELETE FROM ${table}
WHERE ${id} = ANY(ARRAY(
  SELECT ${id} FROM ${table} WHERE ${id} = ANY(?) AND NOT (${live()}) FOR UPDATE SKIP LOCKED
))`,
      bindings: [keys, second()],
    }),

    removeUser: (users, except) => ({
      sql: `DELETE FROM ${table} WHERE ${user} = ANY(?) AND ${id} <> ALL(?)`,
      bindings: [users, except],
    }),

    // to_regclass follows the search path, as the other statements do.
    columns: {
      sql: `
SELECT attname
FROM pg_catalog.pg_attribute
WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped`,
      bindings: [table],
    },

    // Together with its indexes: no process sees the table without them. The room that fillfactor leaves lets an
    // update stay in its page.
    create: together(
      `
CREATE TABLE ${table} (
  ${all},
  CONSTRAINT ${primaryKey} PRIMARY KEY (${id})
) WITH (fillfactor = 70)`,
      `CREATE INDEX ${expiresIndex} ON ${table} (${expires})`,
      ...(shape.users ? [createUserIndex] : []),
    ),

    drop: `DROP TABLE IF EXISTS ${table}`,

    addColumns: (columns) =>
      columns.length === 0
        ? []
        : [
            together(
              ...columns.map((column) => `ALTER TABLE ${table} ADD COLUMN ${definitionOf(column)}`),
              ...(columns.includes('user_id') ? [createUserIndex] : []),
            ),
          ],

    size: { sql: 'SELECT pg_total_relation_size(to_regclass(?))', bindings: [table] },
  });
};
