/** Runs a query of Knex, and keeps session ids and session data out of the error if it fails. */

import type { Knex } from 'knex';
import { within } from './within';

type Query = Knex.Raw | Knex.QueryBuilder;

/** How long a query may go unanswered. */
export interface Patience {
  /** From when it asks for a connection, in ms; undefined: for ever. */
  ms: number | undefined;
  /** Whether a connection that does not answer is given up: not where it holds the database, as SQLite's may. */
  dropsConnection: boolean;
}

/**
 * @returns what the query resolves with, as a native promise
 * @throws the driver's error, with `?` in place of every value in its message; `ETIMEDOUT` if there was no answer
 * in time, and then the database may still carry the query out if it was sent
 */
export const run = async <T = unknown>(query: Query, patience?: Patience): Promise<T> => {
  try {
    return (await (patience?.ms === undefined ? query : answerWithin(query, patience.ms, patience))) as T;
  } catch (error) {
    hideValues(error as Partial<Failure>, query);
    throw error;
  }
};

/** Knex's own limit counts from when it has a connection, which may take it a minute. */
const answerWithin = (query: Query, ms: number, { dropsConnection }: Patience): Promise<unknown> => {
  let isOver = false;
  const noAnswer = (): Error => {
    isOver = true;
    return Object.assign(new Error(`the database did not answer within ${ms} ms`), { code: 'ETIMEDOUT' });
  };
  // Knex asks its listeners before it sends: what nobody waits for any more is not sent.
  query.on('query', () => {
    if (isOver) throw noAnswer();
  });
  return within(ms, dropsConnection ? query.timeout(ms) : query, noAnswer);
};

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
