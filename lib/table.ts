/** The session table as functions: a dialect's statements, sent through `knex.raw`. */

import type { Knex } from 'knex';
import type { CreateDialect, Dialect, Move, Row, Statement } from './dialects/dialect';
import { mssql } from './dialects/mssql';
import { mysql } from './dialects/mysql';
import { postgres } from './dialects/postgres';
import { sqlite } from './dialects/sqlite';
import { standardTable } from './dialects/standard';
import { columnNames, tableNames, unquote, type ColumnName, type Names } from './names';
import { run, type QueryLimits } from './run';

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
  /** Gives a live row another key and other data, if it still holds what it held. */
  move(this: void, from: string, move: Move, now: number): Promise<void>;
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
 * How long a write may go unanswered, in ms, longer than servers let one wait for a lock by default (InnoDB 50 s). Who
 * gives it up sooner does not know when it ends, and it may yet overwrite what is written, and acknowledged, later.
 */
const longestWrite = 60_000;

/** How long the catalog may take to answer, in ms, and its connection with it: who asks it asks again. */
const longestLook = 10_000;

/** How long statements on a few rows may take; such take long only if something is wrong. */
export interface StatementLimits {
  look(this: void): QueryLimits;
  read(this: void): QueryLimits | undefined;
  write(this: void): QueryLimits | undefined;
}

/** How long a call waits, in ms; undefined: for ever. */
export interface Timing {
  /** Nobody waits for a statement for longer. */
  readonly timeout: number | undefined;
  /** For the answer to a read. */
  patience(this: void): number | undefined;
}

const untimed: Timing = { timeout: undefined, patience: () => undefined };

const limitsFor = ({ timeout, patience }: Timing, livesInConnection: boolean): StatementLimits => {
  const limits = (answer: number): QueryLimits | undefined =>
    // Who gives up its place in the pool's queue before that gets a worse one.
    timeout === undefined
      ? undefined
      : { connection: timeout, answer: livesInConnection ? undefined : answer };
  return {
    look: () => ({ connection: longestLook, answer: livesInConnection ? undefined : longestLook }),
    read: () => limits(patience() ?? longestWrite),
    write: () => limits(Math.max(longestWrite, timeout ?? 0)),
  };
};

/**
 * @returns the table in the dialect of its database, or in the standard one where none is its own
 */
export const openTable = (
  knex: Knex,
  tableName: string,
  timestamps: boolean,
  timing: Timing = untimed,
): SessionTable => {
  const names = tableNames(knex, tableName);
  const { driverName } = knex.client as { driverName?: string };
  const createDialect = dialects[String(driverName)];
  if (createDialect === undefined) {
    return standardTable(knex, names, timestamps, limitsFor(timing, false));
  }
  const dialect = createDialect(names, timestamps);
  return rawTable(knex, names, dialect, limitsFor(timing, dialect.livesInConnection));
};

const rawTable = (
  knex: Knex,
  names: Names,
  dialect: Dialect,
  { look, read, write }: StatementLimits,
): SessionTable => {
  const send = ({ sql, bindings }: Statement, limits?: QueryLimits): Promise<unknown> =>
    run(knex.raw(sql, bindings as Knex.RawBinding[]), limits);

  return {
    asciiOnly: dialect.asciiOnly,
    maxRows: dialect.maxRows,
    sweepRows: dialect.sweepRows,

    columns: async () => {
      const rows = dialect.rows(await send(dialect.columns(), look()));
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

    select: async (keys, now) => dialect.rows(await send(dialect.selectMany(keys, now), read())),

    upsert: async (rows, now) => {
      await send(dialect.upsertMany(rows, now), write());
    },

    update: async (rows, now) => {
      await send(dialect.updateMany(rows, now), write());
    },

    touch: async (keys, expires, now) => {
      await send(dialect.touchMany(keys, expires, now), write());
    },

    remove: async (keys) => {
      await send(dialect.deleteMany(keys), write());
    },

    move: async (from, move, now) => {
      await send(dialect.moveRow(from, move, now), write());
    },

    expired: async (from, now, limit) =>
      dialect.rows(await send(dialect.selectExpired(from, now, limit), read())),

    removeExpired: async (keys, now) =>
      dialect.deleted(await send(dialect.deleteExpired(keys, now), write())),

    count: async (now) => Number(dialect.rows(await send(dialect.countLive(now)))[0]?.[0] ?? 0),

    clear: async () => {
      await send(dialect.deleteAll());
    },
  };
};
