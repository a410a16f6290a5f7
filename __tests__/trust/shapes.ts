/** The shape of a SQL statement: what is left of it without its values, and without how many there are. */

import type { Knex } from 'knex';

/** Literals as MySQL reads them: in hexadecimal; or backslashes escape, and a quote that is doubled is one. */
const mysqlLiteral = /_utf8mb4 X'[0-9a-f]*'|'(?:[^'\\]|\\[\s\S]|'')*'|\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b/gi;

/** Quoted names, which may hold anything, and do in these tests. */
const quotedName = /"(?:[^"]|"")*"|`(?:[^`]|``)*`/g;

/** The one number that is written into statements: an option in seconds, checked, and not a value of anybody's. */
const lifetime = /(interval '|INTERVAL |datetime\('now', '-)\d+/g;

/** One and the same text for statements that differ in their values, and in the number of these or of rows. */
const shapeOf = (sql: string): string => {
  const names: string[] = [];
  // No statement of ours has braces: what stands between them is kept for the end.
  const withoutNames = sql.replace(quotedName, (name) => `{${names.push(name) - 1}}`);
  return withoutNames
    .replace(/\$\d+/g, '?')
    .replace(lifetime, '$1n')
    .replace(/\s+/g, ' ')
    .replace(/\?(?:, \?)+/g, '?')
    .replace(/(\(\?(?:[^()]|\(\))*\))(?:, \1)+/g, '$1')
    .replace(/\{(\d+)\}/g, (_, n: string) => names[Number(n)] ?? '')
    .trim();
};

/** The same of what MySQL's driver really sends, which writes all values into the statement. */
const sentShapeOf = (sql: string): string => shapeOf(sql.replace(mysqlLiteral, '?'));

/** The part of a mysql2 connection that writes values into statements. */
interface MysqlConnection {
  format?: (...args: unknown[]) => string;
}

export interface Shapes {
  /** The shapes of all statements since the last call, as Knex sends them and, from mysql2, as they leave the process. */
  take(): Set<string>;
  /** For Knex's `pool`. */
  afterCreate(
    this: void,
    connection: MysqlConnection,
    done: (error: unknown, connection: unknown) => void,
  ): void;
  listen(knex: Knex): void;
}

/** Watches the statements of a Knex instance. */
export const watchShapes = (): Shapes => {
  let seen = new Set<string>();
  return {
    take: () => {
      const taken = seen;
      seen = new Set();
      return taken;
    },
    afterCreate: (connection, done) => {
      const { format } = connection;
      if (format !== undefined) {
        connection.format = (...args) => {
          const sent = format.apply(connection, args);
          seen.add(`sent: ${sentShapeOf(sent)}`);
          return sent;
        };
      }
      done(null, connection);
    },
    listen: (knex) => {
      knex.on('query', ({ sql }: { sql: string }) => seen.add(shapeOf(sql)));
    },
  };
};
