/** What a dialect is: the SQL that one database speaks, as functions from values to statements. */

import type { ColumnName, Names } from '../names';

/** A list is one binding, in the databases that take lists. */
type Binding = string | number | null | readonly (string | number)[];

/** For `knex.raw(sql, bindings)`: a `?` in the SQL for every binding. */
export interface Statement {
  sql: string;
  bindings: Binding[];
}

/** One session as it lies in the table. */
export interface Row {
  /** The row key, as `rowKey` makes it. */
  id: string;
  /** The session as its codec wrote it. */
  data: string;
  /** Seconds since the epoch. */
  expires: number;
}

/** A row that gets another key, and other data with it. */
export interface Move {
  to: string;
  before: string;
  after: string;
}

/**
 * The SQL of one database. Keys within one call are distinct; `now` is in seconds since the epoch; a row is
 * live while `expires > now`.
 */
export interface Dialect {
  /** How many rows one statement takes. */
  maxRows: number;
  /** How many rows a sweep deletes at a time. */
  sweepRows: number;
  /** Whether a connection may be the only place where the database is. */
  livesInConnection: boolean;
  /** Lists the names of the table's columns, one row each; no row when there is no such table. */
  columns(): Statement;
  /** Whether text beyond ASCII may be harmed on its way, or in the column, and is better escaped. */
  asciiOnly: boolean;
  /** Creates the table, and its index with it if the database can do both at once. */
  createTable(): Statement;
  /** Creates the index if it is missing, where `createTable` could not. */
  ensureIndex?(): Statement;
  /** Drops the table if it exists. */
  dropTable(): Statement;
  /** Adds these columns, which only hold timestamps. */
  addColumns(columns: readonly ColumnName[]): Statement[];
  /** Reads id, data and expires, in this order, of the live ones among these rows. */
  selectMany(keys: readonly string[], now: number): Statement;
  /** Inserts these rows, or replaces their data and expires where they are. */
  upsertMany(rows: readonly Row[], now: number): Statement;
  /** Replaces data and expires of the live ones among these rows. */
  updateMany(rows: readonly Row[], now: number): Statement;
  /** Moves the expiry of the live ones among these rows. */
  touchMany(keys: readonly string[], expires: number, now: number): Statement;
  deleteMany(keys: readonly string[]): Statement;
  /** Gives a live row another key and other data, if it still holds what it held. */
  moveRow(from: string, move: Move, now: number): Statement;
  /** Reads id and expires of at most `limit` rows that are no longer live, those that ended at `from` first. */
  selectExpired(from: number, now: number, limit: number): Statement;
  /** Deletes those of these rows that are no longer live; passes over locked ones where the database can. */
  deleteExpired(keys: readonly string[], now: number): Statement;
  /** Counts live rows: one row, one column. */
  countLive(now: number): Statement;
  deleteAll(): Statement;
  /** The rows of a `knex.raw` response, each as an array of its columns' values. */
  rows(response: unknown): unknown[][];
  /** How many rows the statement of `deleteExpired` deleted, from its `knex.raw` response. */
  deleted(response: unknown): number;
}

/** Makes a dialect for one table. */
export type CreateDialect = (names: Names, timestamps: boolean) => Dialect;

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
