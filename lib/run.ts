/** Runs a query of Knex, and keeps session ids and session data out of the error if it fails. */

import type { Knex } from 'knex';

/**
 * @returns what the query resolves with, as a native promise
 * @throws the driver's error, with `?` in place of every value in its message
 */
export const run = async <T = unknown>(query: Knex.Raw | Knex.QueryBuilder): Promise<T> => {
  try {
    return (await query) as T;
  } catch (error) {
    hideValues(error as Partial<Failure>, query);
    throw error;
  }
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
const hideValues = (error: Partial<Failure>, query: Knex.Raw | Knex.QueryBuilder): void => {
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
