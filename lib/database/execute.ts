/** Sends statements through Knex: limits their time, names the fields of rows, and keeps session data out of errors. */

import type { Knex } from 'knex';
import { markUnsent } from '../resilience/transient';
import type { Change, ChangeOf, KeyedChange, Row, SessionRow, SessionTable } from './rows';

/** A list is one binding, in databases that take lists. */
type Binding = string | number | null | readonly (string | number | null)[];

/** For `knex.raw(sql, bindings)`: a `?` in the SQL for every binding. */
export interface Statement {
  readonly sql: string;
  readonly bindings: Binding[];
}

/** Changes of one kind that share a statement. */
export type Changes<K extends Change['kind']> = readonly [
  KeyedChange<ChangeOf<K>>,
  ...KeyedChange<ChangeOf<K>>[],
];

/** The statements of each kind of change. */
export type ChangeStatements = {
  [K in Change['kind']]: (changes: Changes<K>, keys: string[]) => Statement;
};

type Query = Knex.Raw | Knex.QueryBuilder;

/** How long a query may take, in ms. */
export interface QueryLimits {
  /** Until it has a connection. */
  readonly connection: number;
  /** From then on; a connection that is silent for longer is abandoned. Undefined for no limit. */
  readonly answer: number | undefined;
}

/** How long a call waits, in ms; undefined for no limit. */
export interface Timing {
  /** A caller never waits longer for a statement. */
  readonly timeout: number | undefined;
  /** For the answer to a read. */
  patience(this: void): number | undefined;
}

export const untimed: Timing = { timeout: undefined, patience: () => undefined };

/**
 * How long a write may go unanswered, in ms: longer than servers let a statement wait for a lock by default (InnoDB
 * 50 s). A write that is abandoned earlier may still take effect at any time, over what was acknowledged since.
 */
const longestWrite = 60_000;

/** How long a look at the catalog may take, in ms, connecting included: it is repeated. */
const longestLook = 10_000;

/** The limits of statements on a few rows, which only take long if something is wrong. */
export const limitsFor = ({ timeout, patience }: Timing, livesInConnection = false) => {
  // A connection that is the only place of the database must not be abandoned. A query that gives up its place in the
  // pool's queue before the caller's deadline gets a worse one.
  const limits = (connection: number | undefined, answer: number): QueryLimits | undefined =>
    connection === undefined ? undefined : { connection, answer: livesInConnection ? undefined : answer };
  return {
    look: () => limits(longestLook, longestLook),
    read: () => limits(timeout, patience() ?? longestWrite),
    write: () => limits(timeout, Math.max(longestWrite, timeout ?? 0)),
  };
};

/**
 * Runs one query.
 *
 * @param isStale asked when there is a connection: whether it is too late to send the query
 * @returns its result, as a native promise
 * @throws the driver's error, with `?` in place of every value in its message. If a limit is over: an error with the code
 * `ENOCONNECTION` (the query was not sent) or `ETIMEDOUT` (the database may still carry it out)
 */
export const execute = async <T = unknown>(
  query: Query,
  limits?: QueryLimits,
  isStale?: () => boolean,
): Promise<T> => {
  try {
    return (await (limits === undefined ? query : limited(query, limits, isStale))) as T;
  } catch (error) {
    hideValues(error as Partial<Failure>, query);
    throw error;
  }
};

/** Knex limits how long a query waits for an answer, but not how long it waits for a connection. */
const limited = (
  query: Query,
  { connection, answer }: QueryLimits,
  isStale = () => false,
): Promise<unknown> =>
  new Promise((resolve, reject) => {
    let isOver = false;
    let isSent = false;
    const noConnection = (): Error =>
      Object.assign(new Error(`there was no connection within ${connection} ms`), { code: 'ENOCONNECTION' });
    const timer = setTimeout(() => {
      isOver = true;
      reject(noConnection());
    }, connection);
    // Knex calls its listeners before it sends a query; if one throws, the query is not sent.
    query.on('query', () => {
      if (isOver || isStale()) throw noConnection();
      isSent = true;
      clearTimeout(timer);
    });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      if (!isSent) markUnsent(error);
      const isTimeout = error.name === 'KnexTimeoutError';
      reject(isTimeout ? Object.assign(error, { code: 'ETIMEDOUT' }) : error);
    };
    (answer === undefined ? query : query.timeout(answer)).then(resolve, fail);
  });

/** The properties of an error that may hold values. */
interface Failure {
  message: string;
  stack: string | undefined;
  /** mysql2's, with all values filled in. */
  sql: string;
  /** Knex's, when it gets no connection. */
  bindings: unknown;
  /** Knex's, with `asyncStackTraces`: begins with the message. */
  originalStack: string;
  /** PostgreSQL's: the row that a constraint refuses. */
  detail: string;
}

/**
 * Knex puts the statement in front of the driver's message, mysql2 keeps it in `sql`, and both fill in the values: whole
 * sessions, which do not belong in an error log.
 */
const hideValues = (error: Partial<Failure>, query: Query): void => {
  delete error.bindings;
  delete error.originalStack;
  delete error.detail;
  const { message } = error;
  const { sql } = query.toSQL();
  if (typeof error.sql === 'string') error.sql = sql;
  // Filled in where the driver takes `?`; with the driver's own placeholders elsewhere.
  const statements = [query.toQuery(), query.toSQL().toNative().sql];
  const statement = statements.find((text) => message?.startsWith(text) === true);
  if (message === undefined || statement === undefined) return;
  const withoutValues = sql.replace(/\s+/g, ' ').trim();
  error.message = withoutValues + message.slice(statement.length);
  error.stack = error.stack?.split(statement).join(withoutValues);
};

/** How a driver's response to `knex.raw` is read. */
export interface Responses {
  /** The result rows, each as an array of its values by position. */
  rows(this: void, response: unknown): unknown[][];
  /** How many rows a DELETE removed. */
  removed(this: void, response: unknown): number;
  /** Which of these conditional changes are known to be made; undefined for all. */
  made(
    this: void,
    response: unknown,
    keys: readonly string[],
    kind: Change['kind'],
  ): ReadonlySet<string> | undefined;
}

/** By position, not by name: an app's `postProcessResponse` may rename columns, but keeps their order. */
export const valuesOf = (rows: unknown): unknown[][] =>
  Object.values(rows as object).map((row) => Object.values(row as object) as unknown[]);

/** @param rows their ids */
export const returnedIds = (rows: unknown): ReadonlySet<string> =>
  new Set(valuesOf(rows).map(([id]) => String(id)));

/** Of drivers that tell no count of a raw statement: rows that a DELETE returns can be counted. */
export const returnedRows: Responses = {
  rows: valuesOf,
  removed: (response) => (response as unknown[]).length,
  made: (response, keys) =>
    (response as unknown[]).length >= keys.length ? undefined : returnedIds(response),
};

/** A count in a driver's response, however a `postProcessResponse` spells its name. */
export const countIn = (response: unknown, name: 'affectedrows' | 'rowcount' | 'changes'): number => {
  const found = Object.entries(response as object).find(
    ([key]) => key.replace(/_/g, '').toLowerCase() === name,
  );
  return Number(found?.[1]);
};

const toRow = (data: unknown, expires: unknown, user: unknown): Row => {
  const row = { data: data as string, expires: Number(expires) };
  return user === undefined ? row : { ...row, user: user as string | null };
};

/**
 * By the ids that came back: where the column's collation ignores case, the row found may be another session's.
 *
 * @param values `[id, data, expires]`, with `user_id` if the table has it
 */
export const toRows = (values: readonly unknown[][]): Map<string, Row> => {
  const rows = new Map<string, Row>();
  for (const [id, data, expires, user] of values) rows.set(String(id), toRow(data, expires, user));
  return rows;
};

/** @param values `[id, expires]` */
export const toExpired = (values: readonly unknown[][]): { id: string; expires: number }[] =>
  values.map(([id, expires]) => ({ id: String(id), expires: Number(expires) }));

const toSeconds = (value: unknown): number | null => (value === null ? null : Math.floor(Number(value)));

/** @param values `[id, data, expires, user_id, created, updated]`, the last two in seconds since the epoch */
export const toSessionRows = (values: readonly unknown[][]): SessionRow[] =>
  values.map(([id, data, expires, user, created, updated]) => ({
    id: String(id),
    ...toRow(data, expires, user),
    created: toSeconds(created),
    updated: toSeconds(updated),
  }));

/** What is special about a database's drivers. */
export interface DriverFacts {
  /** The connection may be the only place of the database. */
  readonly livesInConnection?: boolean;
  /** What to bind in place of a string that the drivers would escape in an unsafe way. */
  literal?(this: void, value: string): unknown;
}

/** Sends the statements of a dialect, each with the limits of its kind. */
export const createExecutor = (
  knex: Knex,
  responses: Responses,
  timing: Timing,
  { livesInConnection = false, literal }: DriverFacts = {},
) => {
  const limits = limitsFor(timing, livesInConnection);
  const bind = (value: unknown): unknown => {
    if (typeof value === 'string') return literal?.(value) ?? value;
    return Array.isArray(value) ? value.map(bind) : value;
  };
  const raw = (statement: Statement | string): Knex.Raw => {
    const { sql, bindings } = typeof statement === 'string' ? { sql: statement, bindings: [] } : statement;
    const values: unknown[] = literal === undefined ? bindings : bindings.map(bind);
    return knex.raw(sql, values as Knex.RawBinding[]);
  };
  const rows = async (statement: Statement | string, limit?: QueryLimits): Promise<unknown[][]> =>
    responses.rows(await execute(raw(statement), limit));

  return {
    /** Reads the catalog. */
    look: (statement: Statement | string) => rows(statement, limits.look()),
    /** Reads a few rows. */
    read: (statement: Statement) => rows(statement, limits.read()),
    /** Makes a function that makes changes, all of one kind. */
    writer:
      (statements: ChangeStatements): SessionTable['write'] =>
      async (changes, isStale) => {
        const [first] = changes;
        if (first === undefined) return undefined;
        const { kind } = first.change;
        const keys = changes.map(({ key }) => key);
        const response = await execute(
          raw(statements[kind](changes as never, keys)),
          limits.write(),
          isStale,
        );
        return 'rebase' in first.change ? responses.made(response, keys, kind) : undefined;
      },
    /** @returns how many rows it deleted */
    remove: async (statement: Statement): Promise<number> =>
      responses.removed(await execute(raw(statement), limits.write())),
    /** Counts rows, without a limit: that may take long in a large table. */
    count: async (statement: Statement): Promise<number> => Number((await rows(statement))[0]?.[0] ?? 0),
    /** Runs statements one after the other, without a limit. */
    runAll: async (statements: readonly (Statement | string)[]): Promise<void> => {
      for (const statement of statements) await execute(raw(statement));
    },
    /** @returns the SQL, values filled in */
    toSql: (statements: readonly (Statement | string)[]): string[] =>
      statements.map((statement) => raw(statement).toQuery()),
  };
};
