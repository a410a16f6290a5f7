/** What a dialect is: the SQL that one database speaks, as functions from values to statements. */

import type { ColumnName, Names } from '../identifiers';

/** A list is one binding, in the databases that take lists. */
type Binding = string | number | null | readonly (string | number | null)[];

/** For `knex.raw(sql, bindings)`: a `?` in the SQL for every binding. */
export interface Statement {
  sql: string;
  bindings: Binding[];
}

/** What a session table has beside keys, data and expiries. */
export interface Shape {
  /** `created_at` and `updated_at`. */
  readonly timestamps: boolean;
  /** `user_id`. */
  readonly users: boolean;
  /** How long after its creation a session ends, in whole seconds; undefined: never by that. */
  readonly absoluteLifetime: number | undefined;
}

/** One session as it lies in the table. */
export interface Row {
  /** The row key, as `createRowKeys` makes it. */
  id: string;
  /** The session as its codec wrote it, and sealed if there is a secret. */
  data: string;
  /** Seconds since the epoch. */
  expires: number;
  /** Whose session it is, as `createOwners` says it; none for nobody's. Of no effect on a table without `user_id`. */
  user?: string | null;
}

/** A row that gets another key, other data and another owner, if it still holds what it held. */
export interface Move {
  from: string;
  /** May be the same key. */
  to: string;
  before: string;
  after: string;
  user?: string | null;
}

/** The statements that make, change and look at the table itself. */
interface TableDialect {
  /** Lists the names of the table's columns, one row each; no row when there is no such table. */
  columns(): Statement;
  /** Says why the database must not be used, one row for each reason; where there can be any. */
  faults?(): Statement;
  /** Creates the table, and its indexes with it if the database can do both at once. */
  createTable(): Statement;
  /** Creates the indexes that are missing, where `createTable` or `addColumns` could not. */
  ensureIndexes(): Statement[];
  /** Drops the table if it exists. */
  dropTable(): Statement;
  /** Adds these columns. */
  addColumns(columns: readonly ColumnName[]): Statement[];
  /** Finds a column for data that sealed sessions would not fit into, one row if it is; where there can be any. */
  narrow?(): Statement;
  /** Makes that column wide enough. */
  widen?(): Statement;
  /** How many bytes the table takes, with its indexes: one row, one column; null where nobody knows. */
  size(): Statement;
}

/**
 * The SQL of one database. Keys within one call are distinct; `now` is in seconds since the epoch; a row is
 * live while `expires > now`, and until its absolute lifetime is over.
 */
export interface Dialect extends TableDialect {
  /** How many rows one statement takes. */
  maxRows: number;
  /** How many rows a sweep deletes at a time. */
  sweepRows: number;
  /** Whether a connection may be the only place where the database is. */
  livesInConnection: boolean;
  /** Whether text beyond ASCII may be harmed on its way, or in the column, and is better escaped. */
  asciiOnly: boolean;
  /** Reads id, data, expires and user, in this order, of the live ones among these rows. */
  selectMany(keys: readonly string[], now: number): Statement;
  /** Inserts these rows, or replaces their data, expires and user where they are. */
  upsertMany(rows: readonly Row[], now: number): Statement;
  /** Replaces data, expires and user of the live ones among these rows. */
  updateMany(rows: readonly Row[], now: number): Statement;
  /** Moves the expiry of the live ones among these rows. */
  touchMany(keys: readonly string[], expires: number, now: number): Statement;
  deleteMany(keys: readonly string[]): Statement;
  /** Gives those of these rows other keys, data and users that are live and hold what they held. */
  moveMany(moves: readonly Move[], now: number): Statement;
  /** Reads id and expires of at most `limit` rows that are no longer live, those that ended at `from` first. */
  selectExpired(from: number, now: number, limit: number): Statement;
  /** Deletes those of these rows that are no longer live; passes over locked ones where the database can. */
  deleteEnded(keys: readonly string[], now: number): Statement;
  /**
   * Reads live rows by their keys in ascending order, beginning after one: id, data, expires, user, and the seconds
   * since the epoch of their creation and last change.
   */
  selectPage(after: string, now: number, limit: number): Statement;
  /** Reads the same of the live rows of these users. */
  selectUser(users: readonly string[], now: number): Statement;
  /** Deletes the rows of these users, but for those of these keys. */
  deleteUser(users: readonly string[], except: readonly string[]): Statement;
  /** Counts live rows: one row, one column. */
  countLive(now: number): Statement;
  /** The same of those that lie under digests. */
  countHashed(now: number): Statement;
  deleteAll(): Statement;
  /** The rows of a `knex.raw` response, each as an array of its columns' values. */
  rows(response: unknown): unknown[][];
  /** How many rows the statement of `deleteEnded` or `deleteUser` deleted, from its `knex.raw` response. */
  deleted(response: unknown): number;
}

/** Makes a dialect for one table. */
export type CreateDialect = (names: Names, shape: Shape) => Dialect;

/** Makes the part of a dialect that is about the table itself. */
export type CreateTableDialect = (names: Names, shape: Shape) => TableDialect;

/** `?, ?, ?` for a list of values. */
export const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** The same piece of SQL for every item of a list. */
export const repeat = (sql: string, items: readonly unknown[], separator = ', '): string =>
  items.map(() => sql).join(separator);

/** A count in a driver's response, under whatever spelling a `postProcessResponse` gave to its name. */
export const countIn = (response: unknown, name: 'affectedrows' | 'rowcount'): number => {
  const found = Object.entries(response as object).find(
    ([key]) => key.replace(/_/g, '').toLowerCase() === name,
  );
  return Number(found?.[1]);
};

/**
 * The values of result rows by position, not by name: an app's `postProcessResponse` may rename columns, but
 * keeps their order.
 */
export const valuesOf = (rows: unknown): unknown[][] =>
  Object.values(rows as object).map((row) => Object.values(row as object) as unknown[]);
