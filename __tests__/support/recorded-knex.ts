/** A Knex instance without a database: what is sent through `knex.raw` is recorded, and answered by the test. */

import knexModule, { type Knex } from 'knex';
import type { Statement } from '../../lib/database/execute';

interface RecordedKnex {
  readonly knex: Knex;
  /** Resolves with what this work sends, in order. */
  sentBy(this: void, work: () => unknown): Promise<Statement[]>;
  /** Does this work with another response to all that it sends. */
  answering<T>(this: void, response: unknown, work: () => Promise<T>): Promise<T>;
}

/** The value of a binding that is written into the statement in hexadecimal. */
const valueOf = (binding: Statement['bindings'][number]): Statement['bindings'][number] => {
  const { toSqlString } = (binding ?? {}) as { toSqlString?: () => string };
  if (toSqlString === undefined) return binding;
  const [, hex = ''] = /^_utf8mb4 X'([0-9a-f]*)'$/.exec(toSqlString()) ?? [];
  return Buffer.from(hex, 'hex').toString();
};

/** @param empty what the driver's response is when there are no rows */
export const recordedKnex = (client: string, empty: unknown): RecordedKnex => {
  const real = knexModule({ client, useNullAsDefault: true });
  let sent: Statement[] = [];
  let response = empty;

  const raw = (sql: string, bindings: Statement['bindings'] = []): Knex.Raw => {
    const query = real.raw(sql, bindings as Knex.RawBinding[]);
    // Knex sends a query when somebody waits for it, and tells its listeners beforehand.
    query.then = (...listeners) => {
      query.emit('query', { sql, bindings });
      sent.push({ sql, bindings: bindings.map(valueOf) });
      return Promise.resolve(response).then(...listeners);
    };
    return query;
  };

  const knex: unknown = { client: real.client as unknown, raw };
  return {
    knex: knex as Knex,
    sentBy: async (work) => {
      sent = [];
      await work();
      return sent;
    },
    answering: async (other, work) => {
      response = other;
      try {
        return await work();
      } finally {
        response = empty;
      }
    },
  };
};
