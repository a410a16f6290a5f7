/** Fills a session table with many rows, made by the database itself. */

import { createSessionTable } from '../dist/index.mjs';
import { sessionOf } from './sessions.mjs';

/** As long as koa-generic-session's ids: its prefix and 32 characters. */
const prefix = 'koa:sess:';
const rest = 'Q0mZ8kD3xV5nB7yL2pR9tW1c';

/** Ids lie evenly in the order of the primary key, which they fill from one end to the other. */
const stepOf = (count) => Math.floor(2 ** 32 / count);

/** @returns the id of row `n` of `count` */
export const idOf = (n, count) => prefix + (n * stepOf(count)).toString(16).padStart(8, '0') + rest;

/** The same in SQL, where the databases differ. */
const expressions = {
  sqlite: {
    hex: (step) => `printf('%08x', n * ${step})`,
    digits: `printf('%08d', n)`,
    concat: (...parts) => parts.join('||'),
  },
  postgres: {
    hex: (step) => `lpad(to_hex(CAST(n AS bigint) * ${step}), 8, '0')`,
    digits: `lpad(CAST(n AS text), 8, '0')`,
    concat: (...parts) => parts.join('||'),
  },
  mariadb: {
    hex: (step) => `LPAD(LOWER(HEX(n * ${step})), 8, '0')`,
    digits: `LPAD(n, 8, '0')`,
    concat: (...parts) => `CONCAT(${parts.join(', ')})`,
  },
};

/** Clean tables, with statistics: what background work would do to them at some time during the measurement. */
const settle = {
  sqlite: () => 'PRAGMA wal_checkpoint(TRUNCATE)',
  postgres: (table) => `VACUUM (ANALYZE) ${table}`,
  mariadb: (table) => `ANALYZE TABLE ${table}`,
};

const rowsPerStatement = 10_000;

const digit = `(SELECT 0 AS d ${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((d) => `UNION ALL SELECT ${d}`).join(' ')})`;

/** Numbers from `start` on, at most {@link rowsPerStatement} and below `end`, in SQL that all databases speak. */
const numbers = (start, end) => `(
  SELECT ${start} + d1.d + 10 * d2.d + 100 * d3.d + 1000 * d4.d AS n
  FROM ${digit} d1, ${digit} d2, ${digit} d3, ${digit} d4
) AS numbers
WHERE n < ${end}`;

/** The session text of any row, but for its number. */
const template = JSON.stringify(sessionOf('########'));

/** Seconds since the epoch, for rows that outlive every measurement; not the same for all. */
export const liveExpires = () => `${Math.floor(Date.now() / 1000) + 86_400} + n % 3600`;

/**
 * Creates the table and fills it with rows 0 to `count` - 1, whose sessions are those of `sessionOf(n)`.
 *
 * @param expires SQL with `n` in it: seconds since the epoch
 */
export const fill = async (knex, { database, table }, count, expires = liveExpires()) => {
  await createSessionTable(knex, { tableName: table });
  const { hex, digits, concat } = expressions[database];
  const id = concat(`'${prefix}'`, hex(stepOf(count)), `'${rest}'`);
  const data = `REPLACE('${template}', '########', ${digits})`;
  for (let start = 0; start < count; start += rowsPerStatement) {
    const end = Math.min(start + rowsPerStatement, count);
    await knex.raw(`
INSERT INTO ${table} (id, data, expires)
SELECT ${id}, ${data}, ${expires} FROM ${numbers(start, end)}
ORDER BY n`);
  }
  await knex.raw(settle[database](table));
};
