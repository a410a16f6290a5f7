/** The session table as functions: a dialect's statements, sent through `knex.raw`. */

import type { Knex } from 'knex';
import type { CreateDialect, Dialect, Row, Statement } from './dialects/dialect';
import { mssql } from './dialects/mssql';
import { mysql } from './dialects/mysql';
import { postgres } from './dialects/postgres';
import { sqlite } from './dialects/sqlite';
import { standardTable } from './dialects/standard';
import { columnNames, tableNames, unquote, type ColumnName, type Names } from './names';
import { run, type Patience } from './run';

/** Keys within one call are distinct; `now` and `expires` are in seconds since the epoch. */
export interface SessionTable {
  /** Whether text beyond ASCII may be harmed on its way, or in the column, and is better escaped. */
  readonly asciiOnly: boolean;
  /** How many rows one call of these methods takes. */
  readonly maxRows: number;
  /** How many rows a sweep deletes at a time: few enough that nobody waits long for them. */
  readonly sweepRows: number;
  /** Which of the columns the table has; none if there is no such table. */
  columns(this: void): Promise<readonly ColumnName[]>;
  create(this: void): Promise<void>;
  /** Creates the index if a creation that was cut short left the table without it. */
  ensureIndex(this: void): Promise<void>;
  /** Drops the table if it exists. */
  drop(this: void): Promise<void>;
  addColumns(this: void, columns: readonly ColumnName[]): Promise<void>;
  /** The live ones among these rows, each as `[id, data, expires]`, as the driver read them. */
  select(this: void, keys: readonly string[], now: number): Promise<unknown[][]>;
  upsert(this: void, rows: readonly Row[], now: number): Promise<void>;
  /** Replaces data and expires of the live ones among these rows. */
  update(this: void, rows: readonly Row[], now: number): Promise<void>;
  /** Moves the expiry of the live ones among these rows. */
  touch(this: void, keys: readonly string[], expires: number, now: number): Promise<void>;
  remove(this: void, keys: readonly string[]): Promise<void>;
  /** At most `limit` expired rows, those that ended at `from` first, each as `[id, expires]`. */
  expired(this: void, from: number, now: number, limit: number): Promise<unknown[][]>;
  /** Removes those of these rows that have expired; resolves with how many. */
  removeExpired(this: void, keys: readonly string[], now: number): Promise<number>;
  /** How many rows are live. */
  count(this: void, now: number): Promise<number>;
  /** Removes all rows. */
  clear(this: void): Promise<void>;
}

/**
 * By driver, not by Knex's dialect: clients that inherit a dialect (CockroachDB, Redshift, the `mariadb`
 * driver) answer differently from the driver it was written for.
 */
const dialects: Readonly<Record<string, CreateDialect>> = {
  pg: postgres,
  pgnative: postgres,
  mysql: mysql,
  mysql2: mysql,
  'better-sqlite3': sqlite,
  sqlite3: sqlite,
  mssql: mssql,
};

/**
 * @param patience how long a statement on a few rows may go unanswered, in ms, asked before each; undefined: for ever
 * @returns the table in the dialect of its database, or in the standard one where none is its own
 */
export const openTable = (
  knex: Knex,
  tableName: string,
  timestamps: boolean,
  patience: () => number | undefined = () => undefined,
): SessionTable => {
  const names = tableNames(knex, tableName);
  const { driverName } = knex.client as { driverName?: string };
  const createDialect = dialects[String(driverName)];
  if (createDialect === undefined) return standardTable(knex, names, timestamps, patience);
  return rawTable(knex, names, createDialect(names, timestamps), patience);
};

const rawTable = (
  knex: Knex,
  names: Names,
  dialect: Dialect,
  patience: () => number | undefined,
): SessionTable => {
  const send = ({ sql, bindings }: Statement, limit?: Patience): Promise<unknown> =>
    run(knex.raw(sql, bindings as Knex.RawBinding[]), limit);

  /** A statement on a few rows, which takes long only if something is wrong. */
  const sendShort = (statement: Statement): Promise<unknown> =>
    send(statement, { ms: patience(), dropsConnection: !dialect.livesInConnection });

  return {
    asciiOnly: dialect.asciiOnly,
    maxRows: dialect.maxRows,
    sweepRows: dialect.sweepRows,

    columns: async () => {
      const rows = dialect.rows(await send(dialect.columns()));
      const found = new Set(rows.map(([name]) => String(name).toLowerCase()));
      return columnNames.filter((name) => found.has(unquote(names.quoted.columns[name]).toLowerCase()));
    },

    create: async () => {
      await send(dialect.createTable());
    },

    ensureIndex: async () => {
      if (dialect.ensureIndex !== undefined) await send(dialect.ensureIndex());
    },

    drop: async () => {
      await send(dialect.dropTable());
    },

    addColumns: async (columns) => {
      for (const statement of dialect.addColumns(columns)) await send(statement);
    },

    select: async (keys, now) => dialect.rows(await sendShort(dialect.selectMany(keys, now))),

    upsert: async (rows, now) => {
      await sendShort(dialect.upsertMany(rows, now));
    },

    update: async (rows, now) => {
      await sendShort(dialect.updateMany(rows, now));
    },

    touch: async (keys, expires, now) => {
      await sendShort(dialect.touchMany(keys, expires, now));
    },

    remove: async (keys) => {
      await sendShort(dialect.deleteMany(keys));
    },

    expired: async (from, now, limit) =>
      dialect.rows(await sendShort(dialect.selectExpired(from, now, limit))),

    removeExpired: async (keys, now) => dialect.deleted(await sendShort(dialect.deleteExpired(keys, now))),

    count: async (now) => Number(dialect.rows(await send(dialect.countLive(now)))[0]?.[0] ?? 0),

    clear: async () => {
      await send(dialect.deleteAll());
    },
  };
};
