/** The session table as functions: a dialect's statements, sent through `knex.raw`. */

import type { Knex } from 'knex';
import type { CreateDialect, Dialect, Move, Row, Shape, Statement } from './dialects/dialect';
import { mssql } from './dialects/mssql';
import { mysql } from './dialects/mysql';
import { postgres } from './dialects/postgres';
import { sqlite } from './dialects/sqlite';
import { standardTable } from './dialects/standard';
import { columnNames, tableNames, unquote, type ColumnName, type Names } from './identifiers';
import { run, type QueryLimits } from './execute';
import { lifetimeInSeconds } from '../ttl';
import { limitsFor, untimed, type StatementLimits, type Timing } from '../resilience/timing';

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
  /** Why the database must not be used as it is set up; undefined if it may be. */
  fault(this: void): Promise<string | undefined>;
  create(this: void): Promise<void>;
  /** Creates the indexes that are missing: a creation that was cut short may have left the table without them. */
  ensureIndexes(this: void): Promise<void>;
  /** Drops the table if it exists. */
  drop(this: void): Promise<void>;
  addColumns(this: void, columns: readonly ColumnName[]): Promise<void>;
  /** Whether the column for data is one that sealed sessions would not fit into. */
  isNarrow(this: void): Promise<boolean>;
  widen(this: void): Promise<void>;
  /** The SQL that does all this to a table, or without anything to do to one, the SQL that creates it. */
  plan(this: void, upgrade?: Upgrade): string[];
  /** How many bytes the table takes, with its indexes; undefined where nobody knows. */
  size(this: void): Promise<number | undefined>;
  /** The live ones among these rows, each as `[id, data, expires, user]`, as the driver read them. */
  select(this: void, keys: readonly string[], now: number): Promise<unknown[][]>;
  upsert(this: void, rows: readonly Row[], now: number): Promise<void>;
  /** Replaces data, expires and user of the live ones among these rows. */
  update(this: void, rows: readonly Row[], now: number): Promise<void>;
  /** Moves the expiry of the live ones among these rows. */
  touch(this: void, keys: readonly string[], expires: number, now: number): Promise<void>;
  remove(this: void, keys: readonly string[]): Promise<void>;
  /** Gives live rows other keys, data and users, if they still hold what they held. */
  move(this: void, moves: readonly Move[], now: number): Promise<void>;
  /** At most `limit` expired rows, those that ended at `from` first, each as `[id, expires]`. */
  expired(this: void, from: number, now: number, limit: number): Promise<unknown[][]>;
  /** Removes those of these rows that are no longer live; resolves with how many. */
  removeEnded(this: void, keys: readonly string[], now: number): Promise<number>;
  /**
   * At most `limit` live rows with keys after this one, in their order, each as
   * `[id, data, expires, user, created, updated]`; the last two in seconds since the epoch, null where nobody knows.
   */
  page(this: void, after: string, now: number, limit: number): Promise<unknown[][]>;
  /** The same of the live rows of these users. */
  ofUser(this: void, users: readonly string[], now: number): Promise<unknown[][]>;
  /** Removes the rows of these users, but for those of these keys; resolves with how many. */
  removeUser(this: void, users: readonly string[], except: readonly string[]): Promise<number>;
  /** How many rows are live. */
  count(this: void, now: number): Promise<number>;
  /** How many of these lie under digests. */
  countHashed(this: void, now: number): Promise<number>;
  /** Removes all rows. */
  clear(this: void): Promise<void>;
}

/** What a table lacks. */
export interface Upgrade {
  readonly columns: readonly ColumnName[];
  readonly widen: boolean;
}

/** The options that say which table it is. */
export interface TableOptions {
  readonly tableName: string;
  readonly timestamps: boolean;
  /** Set if rows say whose they are. */
  readonly userId?: unknown;
  /** Set if data is sealed. */
  readonly secret?: unknown;
  /** In ms. */
  readonly absoluteLifetime?: number | undefined;
}

const shapeOf = ({ timestamps, userId, absoluteLifetime }: TableOptions): Shape => ({
  timestamps,
  users: userId !== undefined,
  absoluteLifetime: absoluteLifetime === undefined ? undefined : lifetimeInSeconds(absoluteLifetime),
});

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
 * @returns the table in the dialect of its database, or in the standard one where none is its own
 * @throws TypeError for what the standard one cannot do
 */
export const openTable = (knex: Knex, options: TableOptions, timing: Timing = untimed): SessionTable => {
  const names = tableNames(knex, options.tableName);
  const shape = shapeOf(options);
  const { driverName } = knex.client as { driverName?: string };
  const createDialect = dialects[String(driverName)];
  if (createDialect === undefined) return standardTable(knex, names, shape, limitsFor(timing, false));
  const dialect = createDialect(names, shape);
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
  const sendAll = async (statements: readonly Statement[]): Promise<void> => {
    for (const statement of statements) await send(statement);
  };
  const readRows = async (statement: Statement, limits?: QueryLimits): Promise<unknown[][]> =>
    dialect.rows(await send(statement, limits));
  const change = async (statement: Statement): Promise<void> => {
    await send(statement, write());
  };
  const remove = async (statement: Statement): Promise<number> =>
    dialect.deleted(await send(statement, write()));

  return {
    asciiOnly: dialect.asciiOnly,
    maxRows: dialect.maxRows,
    sweepRows: dialect.sweepRows,

    columns: async () => {
      const rows = await readRows(dialect.columns(), look());
      const found = new Set(rows.map(([name]) => String(name).toLowerCase()));
      return columnNames.filter((name) => found.has(unquote(names.quoted.columns[name]).toLowerCase()));
    },

    fault: async () => {
      const [fault] = dialect.faults === undefined ? [] : await readRows(dialect.faults(), look());
      return fault === undefined ? undefined : String(fault[0]);
    },

    create: () => sendAll([dialect.createTable()]),
    ensureIndexes: () => sendAll(dialect.ensureIndexes()),
    drop: () => sendAll([dialect.dropTable()]),
    addColumns: (columns) => sendAll(dialect.addColumns(columns)),

    isNarrow: async () =>
      dialect.narrow !== undefined && (await readRows(dialect.narrow(), look())).length > 0,

    widen: () => sendAll(dialect.widen === undefined ? [] : [dialect.widen()]),

    plan: (upgrade) =>
      [
        ...(upgrade === undefined ? [dialect.createTable()] : dialect.addColumns(upgrade.columns)),
        ...(upgrade?.widen === true && dialect.widen !== undefined ? [dialect.widen()] : []),
        ...dialect.ensureIndexes(),
      ].map(({ sql, bindings }) => knex.raw(sql, bindings as Knex.RawBinding[]).toQuery()),

    size: async () => {
      const size = (await readRows(dialect.size(), look()))[0]?.[0] ?? undefined;
      return size === undefined ? undefined : Number(size);
    },

    select: (keys, now) => readRows(dialect.selectMany(keys, now), read()),
    upsert: (rows, now) => change(dialect.upsertMany(rows, now)),
    update: (rows, now) => change(dialect.updateMany(rows, now)),
    touch: (keys, expires, now) => change(dialect.touchMany(keys, expires, now)),
    remove: (keys) => change(dialect.deleteMany(keys)),
    move: (moves, now) => change(dialect.moveMany(moves, now)),
    expired: (from, now, limit) => readRows(dialect.selectExpired(from, now, limit), read()),
    removeEnded: (keys, now) => remove(dialect.deleteEnded(keys, now)),
    page: (after, now, limit) => readRows(dialect.selectPage(after, now, limit), read()),
    ofUser: (users, now) => readRows(dialect.selectUser(users, now), read()),
    removeUser: (users, except) => remove(dialect.deleteUser(users, except)),
    count: async (now) => Number((await readRows(dialect.countLive(now)))[0]?.[0] ?? 0),
    countHashed: async (now) => Number((await readRows(dialect.countHashed(now)))[0]?.[0] ?? 0),
    clear: () => sendAll([dialect.deleteAll()]),
  };
};
