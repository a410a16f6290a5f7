/** Knex instances without a connection: they record what the driver would get, and give canned answers. */

import knexModule, { type Knex } from 'knex';

/** A statement as the driver gets it. */
export interface Sent {
  sql: string;
  bindings: readonly unknown[];
  /** How long Knex waits for the answer, in ms. */
  timeout?: number;
}

/** What the database answers to a statement: the rows that it found or changed, or an error. */
export type Answer = (sql: string) => readonly object[] | Error;

export interface Recorder {
  knex: Knex;
  /** Resolves with the statements that `work` sends, and with its result. */
  record(this: void, answer: Answer, work: () => unknown): Promise<{ sent: Sent[]; result: unknown }>;
}

/** What Knex's `_query` takes, and what `processResponse` reads from it. */
interface QueryObject {
  sql: string;
  bindings: readonly unknown[];
  timeout?: number | false;
  response?: unknown;
  context?: { lastID: number; changes: number };
}

/** Puts an answer where the client of this driver would put it. */
type Respond = (query: QueryObject, rows: readonly object[]) => void;

const verbOf = (sql: string): string => (/\w+/.exec(sql)?.[0] ?? '').toUpperCase();

const postgres: Respond = (query, rows) => {
  query.response = { command: verbOf(query.sql), rows, rowCount: rows.length };
};

const mysql: Respond = (query, rows) => {
  query.response =
    verbOf(query.sql) === 'SELECT' ? [rows, []] : [{ affectedRows: rows.length, insertId: 0 }, undefined];
};

const sqlite: Respond = (query, rows) => {
  const hasRows = ['SELECT', 'PRAGMA'].includes(verbOf(query.sql)) || /\breturning\b/i.test(query.sql);
  query.context = { lastID: 0, changes: rows.length };
  query.response = hasRows ? rows : { changes: rows.length, lastInsertRowid: 0 };
};

const mssql: Respond = (query, rows) => {
  query.response = rows.map((row) =>
    Object.entries(row).map(([colName, value]) => ({ metadata: { colName }, value: value as unknown })),
  );
};

/** The folder of each client in Knex, and how its driver responds. */
const clients = {
  postgres: ['postgres', postgres],
  mysql2: ['mysql2', mysql],
  'better-sqlite3': ['better-sqlite3', sqlite],
  mssql: ['mssql', mssql],
} as const;

export type ClientName = keyof typeof clients;

/** @param driverName in place of the client's own */
export const createRecorder = (name: ClientName, config: Knex.Config, driverName?: string): Recorder => {
  const [folder, respond] = clients[name];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Knex names its clients at run time
  const client = require(`knex/lib/dialects/${folder}/index.js`) as typeof Knex.Client;
  let sent: Sent[] = [];
  let answer: Answer = () => [];

  // A subclass, because Knex builds the clients of its transactions from the class.
  class RecordingClient extends client {}
  Object.assign(RecordingClient.prototype, {
    ...(driverName === undefined ? {} : { driverName }),
    acquireConnection: () => Promise.resolve({ __knexUid: 'no connection' }),
    releaseConnection: () => Promise.resolve(),
    _query: (_connection: unknown, query: QueryObject): Promise<QueryObject> => {
      const { sql, bindings, timeout } = query;
      sent.push({ sql, bindings, ...(timeout ? { timeout } : {}) });
      const rows = answer(sql);
      if (rows instanceof Error) return Promise.reject(rows);
      respond(query, rows);
      return Promise.resolve(query);
    },
  });

  return {
    knex: knexModule({ client: RecordingClient, ...config }),
    record: async (next, work) => {
      sent = [];
      answer = next;
      const result = await work();
      return { sent, result };
    },
  };
};
