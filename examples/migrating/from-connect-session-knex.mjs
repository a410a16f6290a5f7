/**
 * Copies the live sessions of connect-session-knex, that is of an Express app, into the table of this store.
 *
 *   DATABASE_CLIENT=pg DATABASE_URL=postgres://… node from-connect-session-knex.mjs --to koa-session --dry-run
 *
 * --to           who reads them from now on: express, koa-session or koa-generic-session
 * --prefix       what that middleware puts in front of a session's id; for koa-generic-session 'koa:sess:'
 * --from-table   the option tableName of connect-session-knex, 'sessions' by default
 * --sid-column   its option sidFieldName, 'sid' by default
 * --options      a file with the options of the new store as its default export
 * --batch-size   how many rows are read and written at a time
 * --dry-run      count, and write nothing
 *
 * FROM_CLIENT and FROM_URL name the database of the old table, if it is another one.
 */

import { parseArgs } from 'node:util';
import { commonArguments, connect, copySessions, run, storeOptions, variable } from './copy.mjs';

/**
 * The end of a session in ms since the epoch, by the clock that connect-session-knex itself goes by: on MySQL and
 * MariaDB, the column holds UTC without saying so, and the driver would take it for local time.
 */
const endOf = (knex) => {
  const expressions = {
    mysql: "DATE_FORMAT(??, '%Y-%m-%dT%H:%i:%sZ')",
    postgresql: 'EXTRACT(EPOCH FROM CAST(?? AS timestamp with time zone)) * 1000',
  };
  return knex.raw(`${expressions[knex.client.dialect] ?? '??'} AS ends`, ['expired']);
};

const asTime = (value) =>
  new Date(
    typeof value === 'string' && value.trim() !== '' && !isNaN(value) ? Number(value) : value,
  ).getTime();

/** What the cookie of express-session says is not for Koa: a fixed end above all. */
const sessionFor = {
  express: (session) => session,
  'koa-session': (session, end) => ({ ...session, cookie: undefined, _expire: end }),
  'koa-generic-session': ({ cookie, ...session }) => {
    const { path, httpOnly, secure, sameSite, domain, originalMaxAge } = cookie ?? {};
    const kept = { path, httpOnly, secure, sameSite, domain, maxAge: originalMaxAge };
    return { ...session, cookie: { ...kept, overwrite: true, signed: true } };
  },
};

await run(async () => {
  const { values } = parseArgs({
    options: {
      ...commonArguments,
      to: { type: 'string' },
      prefix: { type: 'string' },
      'from-table': { type: 'string', default: 'sessions' },
      'sid-column': { type: 'string', default: 'sid' },
    },
  });
  const { to, 'from-table': table, 'sid-column': column } = values;
  const convert = sessionFor[to];
  if (!convert) throw new Error(`--to must be one of ${Object.keys(sessionFor).join(', ')}`);
  const prefix = values.prefix ?? (to === 'koa-generic-session' ? 'koa:sess:' : '');
  const options = await storeOptions(values.options);
  const { tableName = 'Sessions' } = options;
  const knex = connect(
    process.env.FROM_CLIENT ?? variable('DATABASE_CLIENT', 'pg, mysql2, better-sqlite3 …'),
    process.env.FROM_URL ?? variable('DATABASE_URL', 'the database'),
  );

  const isSqlite = knex.client.dialect === 'sqlite3';
  const isSame = isSqlite ? tableName.toLowerCase() === table.toLowerCase() : tableName === table;
  if (isSame && !process.env.FROM_URL) {
    await knex.destroy();
    throw new Error(`'${table}' and '${tableName}' are one table here: name another tableName in --options`);
  }

  const read = ({ sid, sess, ends }) => {
    const end = asTime(ends);
    if (Number.isNaN(end)) return { unreadable: 'a row whose column expired holds no time' };
    const ttl = end - Date.now();
    if (ttl <= 0) return { expired: true };
    try {
      const session = typeof sess === 'string' ? JSON.parse(sess) : sess;
      if (typeof session?.cookie !== 'object')
        return { unreadable: 'a row whose column sess holds no session' };
      return { sid: prefix + sid, session: convert(session, end), ttl };
    } catch {
      return { unreadable: 'a row whose column sess holds no JSON' };
    }
  };

  async function* batches(size) {
    for (let after; ;) {
      const page = knex(table).select({ sid: column, sess: 'sess' }, endOf(knex)).orderBy(column).limit(size);
      const rows = await (after === undefined ? page : page.where(column, '>', after));
      if (rows.length > 0) yield rows.map(read);
      if (rows.length < size) return;
      after = rows.at(-1).sid;
    }
  }

  const source = {
    name: `connect-session-knex's table '${table}'`,
    batches,
    remaining: async (sids) => {
      const own = sids.map((sid) => sid.slice(prefix.length));
      return (await knex(table).whereIn(column, own).pluck(column)).map((sid) => prefix + sid);
    },
    close: () => knex.destroy(),
  };
  return copySessions(source, {
    options,
    batchSize: Number(values['batch-size']),
    dryRun: values['dry-run'],
  });
});
