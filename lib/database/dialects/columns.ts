/** What the dialects share: the table's columns, the condition of liveness, plain reads, and the table's definition. */

import type { Knex } from 'knex';
import { hashedPattern } from '../../crypto/row-key';
import { toExpired, toRows, toSessionRows, type Executor, type Statement, type Timing } from '../execute';
import { columnNames, unquote, type ColumnName, type Identifiers } from '../identifiers';
import type { SessionTable, TableDefinition } from '../rows';

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
export interface TimeExpressions {
  /** The current time. */
  readonly now: string;
  /** The time so many seconds ago. */
  ago(seconds: number): string;
  /** A time in seconds since the epoch. */
  epoch(column: string): string;
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

  return {
    table: quoted.qualifiedTable,
    id,
    data,
    expires,
    createdAt,
    updatedAt,
    user,
    /** Whether a row is live, with one binding: the current second. @param row its alias and a dot, if it has one */
    live: (row = ''): string =>
      absoluteLifetime === undefined
        ? `${row}${expires} > ?`
        : `(${row}${expires} > ? AND COALESCE(${row}${createdAt}, ${now}) > ${ago(absoluteLifetime)})`,
    /** What is read of a row by its key. */
    row: [id, data, expires, ...(users ? [user] : [])].join(', '),
    /** What is read of a whole row. */
    wholeRow: `${id}, ${data}, ${expires}, ${users ? user : 'NULL AS user_id'}, ${seconds(createdAt, 'created')}, ${seconds(updatedAt, 'updated')}`,
    /** The columns of a new row, in the order of its values. */
    inserted: [
      id,
      data,
      expires,
      ...(users ? [user] : []),
      ...(timestamps ? [createdAt, updatedAt] : []),
    ].join(', '),
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

type SharedMethods = Pick<
  SessionTable,
  'read' | 'expired' | 'page' | 'ofUser' | 'count' | 'countHashed' | 'clear'
>;

/** Methods whose SQL is the same in most databases, but for lists. @param now in seconds since the epoch */
export const sharedMethods = (
  { read, count, runAll }: Executor,
  { table, id, expires, user, live, row, wholeRow }: Columns,
  inList: InList,
  now: () => number,
): SharedMethods => ({
  read: async (keys) => {
    const isKey = inList(id, keys);
    return toRows(
      await read({
        sql: `SELECT ${row} FROM ${table} WHERE ${isKey.sql} AND ${live()}`,
        bindings: [...isKey.bindings, now()],
      }),
    );
  },

  expired: async (from, limit) =>
    toExpired(
      await read({
        sql: `SELECT ${id}, ${expires} FROM ${table} WHERE ${expires} BETWEEN ? AND ? ORDER BY ${expires} LIMIT ?`,
        bindings: [from, now(), limit],
      }),
    ),

  page: async (after, limit) =>
    toSessionRows(
      await read({
        sql: `SELECT ${wholeRow} FROM ${table} WHERE ${id} > ? AND ${live()} ORDER BY ${id} LIMIT ?`,
        bindings: [after, now(), limit],
      }),
    ),

  ofUser: async (users) => {
    const isUser = inList(user, users);
    return toSessionRows(
      await read({
        sql: `SELECT ${wholeRow} FROM ${table} WHERE ${isUser.sql} AND ${live()}`,
        bindings: [...isUser.bindings, now()],
      }),
    );
  },

  count: () => count({ sql: `SELECT count(*) FROM ${table} WHERE ${live()}`, bindings: [now()] }),

  countHashed: () =>
    count({
      sql: `SELECT count(*) FROM ${table} WHERE ${id} LIKE ? AND ${live()}`,
      bindings: [hashedPattern, now()],
    }),

  clear: () => runAll([{ sql: `DELETE FROM ${table}`, bindings: [] }]),
});

/** The types of columns, after their names. */
export interface ColumnTypes {
  readonly id: string;
  readonly data: string;
  readonly time: string;
  readonly user: string;
}

/** The table's columns as a CREATE TABLE and an ALTER TABLE define them. */
export const columnDefinitions = (
  { quoted }: Identifiers,
  { timestamps, users }: Shape,
  types: ColumnTypes,
) => {
  const { columns } = quoted;
  const definitionOf = (name: ColumnName): string => {
    const type = {
      id: types.id,
      data: types.data,
      expires: 'bigint NOT NULL',
      created_at: types.time,
      updated_at: types.time,
      user_id: types.user,
    }[name];
    return `${columns[name]} ${type}`;
  };
  const names: readonly ColumnName[] = [
    ...(['id', 'data', 'expires'] as const),
    ...(timestamps ? (['created_at', 'updated_at'] as const) : []),
    ...(users ? (['user_id'] as const) : []),
  ];
  return { definitionOf, all: names.map(definitionOf).join(',\n  ') };
};

/** The statements that create, upgrade and look at the table. */
export interface DefinitionStatements {
  /** Lists the names of the table's columns, one row each; no row if there is no such table. */
  readonly columns: Statement;
  /** Says why the database must not be used, one row for each reason. */
  readonly faults?: Statement;
  /** Creates the table, with its indexes if the database can do both at once. */
  readonly create: Statement;
  /** Creates missing indexes, where `create` or `addColumns` could not. */
  readonly indexes: Statement[];
  readonly drop: Statement;
  addColumns(columns: readonly ColumnName[]): Statement[];
  /** Returns a row if the data column is too narrow for encrypted sessions. */
  readonly narrow?: Statement;
  /** Makes that column wide enough. */
  readonly widen?: Statement;
  /** How many bytes the table takes, with its indexes: one row, one column; null if unknown. */
  readonly size: Statement;
}

export const tableDefinition = (
  { look, runAll, toSql }: Executor,
  { quoted }: Identifiers,
  { columns, faults, create, indexes, drop, addColumns, narrow, widen, size }: DefinitionStatements,
): TableDefinition => {
  const widenAll = widen === undefined ? [] : [widen];
  return {
    columns: async () => {
      const found = new Set((await look(columns)).map(([name]) => String(name).toLowerCase()));
      return columnNames.filter((name) => found.has(unquote(quoted.columns[name]).toLowerCase()));
    },
    fault: async () => {
      const [fault] = faults === undefined ? [] : await look(faults);
      return fault === undefined ? undefined : String(fault[0]);
    },
    create: () => runAll([create]),
    ensureIndexes: () => runAll(indexes),
    drop: () => runAll([drop]),
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
