/**
 * Copies the live sessions of connect-session-knex (an Express app) into the table of this store.
 *
 *   DATABASE_CLIENT=pg DATABASE_URL=postgres://… node from-connect-session-knex.mjs --to koa-session --dry-run
 *
 * --to           the middleware that will read them: express, koa-session or koa-generic-session
 * --prefix       the prefix of ids of that middleware; for koa-generic-session 'koa:sess:' by default
 * --from-table   the option tableName of connect-session-knex, 'sessions' by default
 * --sid-column   its option sidFieldName, 'sid' by default
 * --options      a file whose default export is the options of the new store
 * --batch-size   rows per read and write
 * --dry-run      only count
 *
 * FROM_CLIENT and FROM_URL: the database of the old table, if it is a different one.
 */

import { parseArgs } from 'node:util';
import { commonArguments, connect, copySessions, run, storeOptions, variable } from './copy.mjs';

/**
 * The expiry of a session in ms since the epoch, read as connect-session-knex wrote it. On MySQL and MariaDB, the column
 * holds UTC without a time zone, which the driver would read as local time.
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

/** Koa's middlewares do not use express-session's cookie, above all its fixed expiry. */
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
