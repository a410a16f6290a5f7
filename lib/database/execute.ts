/** Runs a query of Knex, and keeps session ids and session data out of the error if it fails. */

import type { Knex } from 'knex';

type Query = Knex.Raw | Knex.QueryBuilder;

/** How long a query may take, in ms. */
export interface QueryLimits {
  /** Until it has a connection. */
  readonly connection: number;
  /** From then on; a connection that is silent for so long is given up. Undefined: for ever. */
  readonly answer: number | undefined;
}

/**
 * @returns what the query resolves with, as a native promise
 * @throws the driver's error, with `?` in place of every value in its message. Where a limit is over, the code is
 * `ENOCONNECTION`, and the query was not sent; or `ETIMEDOUT`, and the database may still carry it out.
 */
export const run = async <T = unknown>(query: Query, limits?: QueryLimits): Promise<T> => {
  try {
    return (await (limits === undefined ? query : limited(query, limits))) as T;
  } catch (error) {
    hideValues(error as Partial<Failure>, query);
    throw error;
  }
};

/** Knex limits how long it waits for an answer, but not, for a single query, how long for a connection. */
const limited = (query: Query, { connection, answer }: QueryLimits): Promise<unknown> =>
  new Promise((resolve, reject) => {
    let isOver = false;
    const noConnection = (): Error =>
      Object.assign(new Error(`there was no connection within ${connection} ms`), { code: 'ENOCONNECTION' });
    const timer = setTimeout(() => {
      isOver = true;
      reject(noConnection());
    }, connection);
    // Knex asks its listeners before it sends: what nobody waits for any more is not sent.
    query.on('query', () => {
      if (isOver) throw noConnection();
      clearTimeout(timer);
    });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      const isTimeout = error.name === 'KnexTimeoutError';
      reject(isTimeout ? Object.assign(error, { code: 'ETIMEDOUT' }) : error);
    };
    (answer === undefined ? query : query.timeout(answer)).then(resolve, fail);
  });

/** What is read, written or removed of an error. */
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
 * Knex puts the statement in front of the driver's message, mysql2 keeps it in `sql`, and both fill in the
 * values: whole sessions, which error logs are no place for.
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
