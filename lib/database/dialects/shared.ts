/** What the dialects share: pieces of SQL, statements that are the same in most, and the methods that send them. */

import type { Knex } from 'knex';
import { hashedPattern } from '../../crypto/row-key';
import {
  createExecutor,
  toExpired,
  toRows,
  toSessionRows,
  type Changes,
  type ChangeStatements,
  type DriverFacts,
  type Responses,
  type Statement,
  type Timing,
} from '../execute';
import { columnNames, columnsFor, unquote, type ColumnName, type Identifiers } from '../identifiers';
import type { Change, ChangeOf, KeyedChange, SessionTable } from '../rows';

/** Which columns a session table has besides keys, data and expiries. */
export interface Shape {
  /** `created_at` and `updated_at`. */
  readonly timestamps: boolean;
  /** `user_id`. */
  readonly users: boolean;
  /** How long after its creation a session ends, in whole seconds; undefined for no limit. */
  readonly absoluteLifetime: number | undefined;
}

/** What a dialect is made for. */
export interface DialectContext {
  readonly knex: Knex;
  readonly names: Identifiers;
  readonly shape: Shape;
  readonly timing: Timing;
  /** The time to compare expiries with, in whole seconds since the epoch. */
  now(this: void): number;
}

/** One database's session table. */
export type Dialect = (context: DialectContext) => SessionTable;

/** `?, ?, ?` for a list of values. */
export const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** The same piece of SQL for every item of a list. */
export const repeat = (sql: string, items: readonly unknown[], separator = ', '): string =>
  items.map(() => sql).join(separator);

/** How a database says what the shared pieces need. */
interface TimeExpressions {
  /** The current time. */
  readonly now: string;
  /** The time so many seconds ago. */
  ago(this: void, seconds: number): string;
  /** A time in seconds since the epoch. */
  epoch(this: void, column: string): string;
}

/** Pieces of SQL that name the table's columns. */
export const columnsOf = (
  { quoted }: Identifiers,
  { timestamps, users, absoluteLifetime }: Shape,
  { now, ago, epoch }: TimeExpressions,
) => {
  const { id, data, expires, created_at: createdAt, updated_at: updatedAt, user_id: user } = quoted.columns;
  const seconds = (column: string, alias: string): string =>
    `${timestamps ? epoch(column) : 'NULL'} AS ${alias}`;
  const row = [id, data, expires, ...(users ? [user] : [])].join(', ');
  /** SQL that follows a condition, for tables with an absolute lifetime alone. */
  const ifLimited = (sql: (isYoung: string) => string, alias = ''): string =>
    absoluteLifetime === undefined
      ? ''
      : sql(`COALESCE(${alias}${createdAt}, ${now}) > ${ago(absoluteLifetime)}`);

  return {
    table: quoted.qualifiedTable,
    id,
    data,
    expires,
    createdAt,
    updatedAt,
    user,
    /** Whether a row is live, with one binding: the current second. @param row its alias and a dot, if it has one */
    live: (row = ''): string => {
      const end = ifLimited((isYoung) => ` AND ${isYoung}`, row);
      return end === '' ? `${row}${expires} > ?` : `(${row}${expires} > ?${end})`;
    },
    /** Whether a row is live, or a forward that has not expired, with the same binding. */
    isFound: `ABS(${expires}) > ?${ifLimited((isYoung) => ` AND (${expires} < 0 OR ${isYoung})`)}`,
    /** What is read of a row by its key. */
    row,
    /** What is read of a whole row. */
    wholeRow: `${id}, ${data}, ${expires}, ${users ? user : 'NULL AS user_id'}, ${seconds(createdAt, 'created')}, ${seconds(updatedAt, 'updated')}`,
    /** The columns of a new row, in the order of its values. */
    inserted: timestamps ? `${row}, ${createdAt}, ${updatedAt}` : row,
    /** Continues the assignments of an UPDATE. */
    updateTimes: timestamps
      ? `,
  ${createdAt} = COALESCE(${createdAt}, ${now}),
  ${updatedAt} = ${now}`
      : '',
    /** SQL for tables with users alone. */
    ifUsers: (sql: string): string => (users ? sql : ''),
    /** SQL for tables with timestamps alone. */
    ifTimestamps: (sql: string): string => (timestamps ? sql : ''),
    /** A user key among the bindings of a row. */
    userOf: (user: string | null | undefined): (string | null)[] => (users ? [user ?? null] : []),
  };
};

export type Columns = ReturnType<typeof columnsOf>;

/** `column` is one of these values. */
export type InList = (column: string, values: readonly string[]) => Statement;

/** Each value is a binding. */
export const inPlaceholders: InList = (column, values) => ({
  sql: `${column} IN (${placeholders(values)})`,
  bindings: [...values],
});

type Query =
  'read' | 'expired' | 'removeExpired' | 'page' | 'ofUser' | 'removeUser' | 'count' | 'countHashed';

type QueryStatements = { [M in Query]: (...args: Parameters<SessionTable[M]>) => Statement };

/** A dialect: the statements of the table's methods, and a few facts. */
interface Statements
  extends
    ChangeStatements,
    QueryStatements,
    DriverFacts,
    Pick<SessionTable, 'asciiOnly' | 'maxRows' | 'sweepRows' | 'replaces'>,
    Partial<Pick<SessionTable, 'isConflict'>> {
  readonly clear: string;
  /** Lists the names of the table's columns, one row each; no row if there is no such table. */
  readonly columns: Statement;
  /** Creates the table, with its indexes if the database can do both at once. */
  readonly create: string;
  /** Creates missing indexes, where `create` or `addColumns` could not. */
  readonly indexes?: (Statement | string)[];
  readonly drop: Statement | string;
  addColumns(this: void, columns: readonly ColumnName[]): string[];
  /** Returns a row if the data column is too narrow for encrypted sessions. */
  readonly narrow?: Statement;
  /** Makes that column wide enough. */
  readonly widen?: string;
  /** How many bytes the table takes, with its indexes: one row, one column; null if unknown. */
  readonly size: Statement;
}

/**
 * Statements that are the same in most databases, but for lists.
 *
 * @param now in seconds since the epoch
 * @param isKey compares byte by byte, where the column's collation may ignore case
 */
export const sharedStatements = (
  { table, id, expires, user, live, isFound, row, wholeRow, updateTimes }: Columns,
  now: () => number,
  inList: InList,
  isKey: (keys: readonly string[]) => Statement = (keys) => inList(id, keys),
) =>
  ({
    touch: ([first], keys) => {
      const where = isKey(keys);
      return {
        sql: `UPDATE ${table} SET ${expires} = ?${updateTimes} WHERE ${where.sql} AND ${live()}`,
        bindings: [first.change.expires, ...where.bindings, now()],
      };
    },

    remove: (_removed, keys) => {
      const where = isKey(keys);
      return { sql: `DELETE FROM ${table} WHERE ${where.sql}`, bindings: where.bindings };
    },

    end: (_ended, keys) => {
      const where = isKey(keys);
      return { sql: `DELETE FROM ${table} WHERE ${where.sql} AND ${expires} >= 0`, bindings: where.bindings };
    },

    read: (keys) => {
      const where = inList(id, keys);
      return {
        sql: `SELECT ${row} FROM ${table} WHERE ${where.sql} AND ${isFound}`,
        bindings: [...where.bindings, now()],
      };
    },

    expired: (from, limit) => ({
      sql: `SELECT ${id}, ${expires} FROM ${table} WHERE ${expires} BETWEEN ? AND ? ORDER BY ${expires} LIMIT ?`,
      bindings: [from, now(), limit],
    }),

    page: (after, limit) => ({
      sql: `SELECT ${wholeRow} FROM ${table} WHERE ${id} > ? AND ${live()} ORDER BY ${id} LIMIT ?`,
      bindings: [after, now(), limit],
    }),

    ofUser: (users) => {
      const where = inList(user, users);
      return {
        sql: `SELECT ${wholeRow} FROM ${table} WHERE ${where.sql} AND ${live()}`,
        bindings: [...where.bindings, now()],
      };
    },

    count: () => ({ sql: `SELECT count(*) FROM ${table} WHERE ${live()}`, bindings: [now()] }),

    countHashed: () => ({
      sql: `SELECT count(*) FROM ${table} WHERE ${id} LIKE ? AND ${live()}`,
      bindings: [hashedPattern, now()],
    }),

    clear: `DELETE FROM ${table}`,
  }) satisfies Partial<Statements>;

/**
 * Statements for one row, where the database takes twice as long for those for many.
 *
 * @param isCounted whether the driver tells how many rows an UPDATE has changed
 */
export const loneStatements = (
  { table, id, data, expires, user, live, updateTimes, ifUsers, userOf }: Columns,
  now: () => number,
  isCounted: boolean,
) => {
  const update = (newExpires: string, condition: string): string => `
UPDATE ${table} SET
  ${data} = ?,
  ${expires} = ${newExpires}${ifUsers(`,
  ${user} = ?`)}${updateTimes}
WHERE ${id} = ?${condition} AND ${live()}`;
  const sql = {
    update: update('?', ''),
    replace: `${update(`COALESCE(?, ${expires})`, ` AND ${data} = ?`)}${isCounted ? '' : `\nRETURNING ${id}`}`,
  };

  const updateOne = ({ key, change }: KeyedChange<ChangeOf<'update'>>): Statement => ({
    sql: sql.update,
    bindings: [change.data, change.expires, ...userOf(change.user), key, now()],
  });
  const replaceOne = ({ key, change }: KeyedChange<ChangeOf<'replace'>>): Statement => ({
    sql: sql.replace,
    bindings: [change.data, change.expires, ...userOf(change.user), key, change.before, now()],
  });
  /** The first statement for a row alone, the other for several. */
  const byNumber =
    <K extends Change['kind']>(
      one: (saved: KeyedChange<ChangeOf<K>>) => Statement,
      many: ChangeStatements[K],
    ) =>
    (saved: Changes<K>, keys: string[]): Statement =>
      saved.length === 1 ? one(saved[0]) : many(saved, keys);

  return {
    /** @param many the statement for several rows */
    update: (many: ChangeStatements['update']) => byNumber<'update'>(updateOne, many),
    /** @param many the statement for several rows */
    replace: (many: ChangeStatements['replace']) => byNumber<'replace'>(replaceOne, many),
  };
};

/** How a database says what `rotateStatement` needs. */
interface RotateSql {
  /** Whether `session` holds this data, byte by byte. */
  holds(this: void, key: string, before: string): Statement;
  /** Each row `session` for which this holds, locked until the statement ends, together with each row of `part`. */
  from(this: void, condition: string, part: string): string;
  /** Makes an insertion replace rows: these columns of them. */
  replaces(this: void, columns: readonly string[]): string;
}

/** A session gets another key, and leaves a forward: one statement inserts the one row, and replaces the other. */
export const rotateStatement =
  (
    {
      table,
      id,
      data,
      expires,
      createdAt,
      updatedAt,
      user,
      live,
      inserted,
      ifUsers,
      ifTimestamps,
      userOf,
    }: Columns,
    now: () => number,
    { holds, from, replaces }: RotateSql,
  ): ChangeStatements['rotate'] =>
  // It shares no statement.
  ([{ key, change }]) => {
    const where = holds(key, change.before);
    const replaced = [data, expires, ifUsers(user), ifTimestamps(createdAt), ifTimestamps(updatedAt)];
    return {
      sql: `
INSERT INTO ${table} (${inserted})
SELECT
  CASE part.moved WHEN 1 THEN ? ELSE session.${id} END,
  CASE part.moved WHEN 1 THEN ? ELSE ? END,
  CASE part.moved WHEN 1 THEN session.${expires} ELSE ? END${ifUsers(`,
  CASE part.moved WHEN 1 THEN ? END`)}${ifTimestamps(`,
  session.${createdAt},
  session.${updatedAt}`)}
FROM ${from(`${where.sql} AND ${live('session.')}`, '(SELECT 1 AS moved UNION ALL SELECT 0) AS part')}
${replaces(replaced.filter((column) => column !== ''))}`,
      bindings: [
        ...[change.to, change.data, change.forward.data, change.forward.expires],
        ...userOf(change.user),
        ...where.bindings,
        now(),
      ],
    };
  };

/** `ON CONFLICT`, for `rotateStatement`. */
export const onConflict =
  ({ id }: Columns) =>
  (columns: readonly string[]): string =>
    `ON CONFLICT (${id}) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`;

/** The table's columns as a CREATE TABLE and an ALTER TABLE define them. @param types of columns, after their names */
export const columnDefinitions = (
  { quoted }: Identifiers,
  { timestamps, users }: Shape,
  { id, data, time, user }: Readonly<Record<'id' | 'data' | 'time' | 'user', string>>,
) => {
  const types = { id, data, expires: 'bigint NOT NULL', created_at: time, updated_at: time, user_id: user };
  const definitionOf = (name: ColumnName): string => `${quoted.columns[name]} ${types[name]}`;
  return { definitionOf, all: columnsFor(timestamps, users).map(definitionOf).join(',\n  ') };
};

/** The table whose methods send these statements. */
export const tableOf = (
  { knex, timing, names }: DialectContext,
  responses: Responses,
  statements: Statements,
): SessionTable => {
  const { asciiOnly, maxRows, sweepRows, replaces, isConflict = () => false } = statements;
  const { columns, create, addColumns, indexes = [], narrow, widen, size } = statements;
  const executor = createExecutor(knex, responses, timing, statements);
  const { look, read, writer, remove, count, runAll, toSql } = executor;
  const widenAll = widen === undefined ? [] : [widen];

  return {
    asciiOnly,
    maxRows,
    sweepRows,
    replaces,
    isConflict,
    forwards: true,
    read: async (keys) => toRows(await read(statements.read(keys))),
    write: writer(statements),
    expired: async (from, limit) => toExpired(await read(statements.expired(from, limit))),
    removeExpired: (keys) => remove(statements.removeExpired(keys)),
    page: async (after, limit) => toSessionRows(await read(statements.page(after, limit))),
    ofUser: async (users) => toSessionRows(await read(statements.ofUser(users))),
    removeUser: (users, except) => remove(statements.removeUser(users, except)),
    count: () => count(statements.count()),
    countHashed: () => count(statements.countHashed()),
    clear: () => runAll([statements.clear]),
    columns: async () => {
      const found = new Set((await look(columns)).map(([name]) => String(name).toLowerCase()));
      return columnNames.filter((name) => found.has(unquote(names.quoted.columns[name]).toLowerCase()));
    },
    create: () => runAll([create]),
    ensureIndexes: () => runAll(indexes),
    drop: () => runAll([statements.drop]),
    addColumns: (added) => runAll(addColumns(added)),
    isNarrow: async () => narrow !== undefined && (await look(narrow)).length > 0,
    widen: () => runAll(widenAll),
    plan: (upgrade) =>
      toSql([
        ...(upgrade === undefined ? [create] : addColumns(upgrade.columns)),
        ...(upgrade?.widen === true ? widenAll : []),
        ...indexes,
      ]),
    size: async () => {
      const bytes = (await look(size))[0]?.[0] ?? undefined;
      return bytes === undefined ? undefined : Number(bytes);
    },
  };
};
