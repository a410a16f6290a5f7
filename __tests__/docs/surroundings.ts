/** What code blocks and commands find around them: databases with sessions in them, and an app. */

import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Ended } from '../cli/support';
import { createRedis, redis } from '../support/redis-server';
import { write, type Sandbox } from './sandbox';

/** @returns that there is something to do without; in CI, there is not */
export const without = (what: string): string => {
  if (process.env.CI === 'true') throw new Error(`in CI, there must be ${what}`);
  return `needs ${what}`;
};

/** Gives a Redis of its own to what needs one. @returns why it could not be done, if it could not */
export const onRedis = async (
  work: (env: NodeJS.ProcessEnv) => Promise<unknown>,
): Promise<string | undefined> => {
  if (redis().missing !== undefined) return without('Redis');
  const server = await createRedis();
  await server.start();
  try {
    await work({ REDIS_URL: server.url });
    return undefined;
  } finally {
    await server.remove();
  }
};

/** @throws Error with all that it printed, unless it ended well */
export const mustBeFine = (command: string, { code, stdout, stderr }: Ended): void => {
  if (code !== 0) throw new Error(`${command} ended with code ${String(code)}:\n${stdout}${stderr}`);
};

/** Where a command may look for a session table. */
const knexfile = `
module.exports = {
  client: 'better-sqlite3',
  connection: { filename: __dirname + '/sessions.sqlite' },
  useNullAsDefault: true,
};
`;

/** As docs/operating.md has it. */
const sessionOptions = `
module.exports = {
  timestamps: true,
  hashIds: 'migrate',
  secret: process.env.SESSION_STORE_SECRET,
  readPlain: true,
};
`;

/** Fills it: sessions that live, and sessions that have ended. */
const fill = `
const { knex } = require('knex');
const { createKnexStore } = require('koa-generic-session-knex');
const db = knex(require('./knexfile.cjs'));
(async () => {
  const store = createKnexStore(db, { timestamps: true, gcFrequency: 0 });
  const ids = Array.from({ length: 3_000 }, (_, n) => n);
  await Promise.all(ids.map((n) => store.set('koa:sess:session-' + n, { user: n }, 60_000 + n * 28_000)));
  await db('Sessions').whereLike('id', '%7').update({ expires: 1_700_000_000 });
  await store.close();
  await db.destroy();
})();
`;

/** Fills a Redis with sessions of koa-generic-session, and with something else. */
const fillRedis = `
const redis = require('koa-redis')({ url: process.env.REDIS_URL });
(async () => {
  for (const id of ['a', 'b', 'c']) {
    await redis.set('koa:sess:' + id, { user: id, cookie: { maxAge: 60_000 } }, 60_000);
  }
  await redis.set('another:key', { user: 'nobody', cookie: {} }, 60_000);
  await redis.quit();
})();
`;

/** An app that does a little of everything, and whose second database is away. */
const app = `
import createKnex from 'knex';
import { createKnexStore } from 'koa-generic-session-knex';

const knex = createKnex({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
const store = createKnexStore(knex);
await Promise.all([store.set('a', { n: 1 }), store.set('b', { n: 2 })]);
await store.get('none');
await store.close();
await knex.destroy();

const nowhere = createKnex({ client: 'pg', connection: { host: '127.0.0.1', port: 1 } });
const away = createKnexStore(nowhere);
await new Promise((resolve) => away.once('unavailable', resolve));
await away.close();
await nowhere.destroy();
`;

/**
 * Lays out what commands need, and runs them.
 *
 * @param what `empty`: a database without a table; `redis`: a Redis, and PostgreSQL for what is copied; `app`: app.mjs;
 * anything else: a database with sessions
 * @param work told what to add to the environment
 * @returns why they could not be run, if they could not
 */
export const withSurroundings = async (
  sandbox: Sandbox,
  folder: string,
  what: string,
  work: (env: NodeJS.ProcessEnv) => Promise<void>,
): Promise<string | undefined> => {
  if (what === 'app') {
    write(folder, 'app.mjs', app);
    await work({});
    return undefined;
  }
  if (what === 'redis') {
    return onRedis(async (env) => {
      write(folder, 'session-options.mjs', 'export default {};\n');
      write(folder, 'fill.cjs', fillRedis);
      mustBeFine('fill.cjs', await sandbox.run([process.execPath, 'fill.cjs'], folder, env));
      await work({ ...env, DATABASE_CLIENT: 'pg' });
    });
  }
  write(folder, 'knexfile.cjs', knexfile);
  if (!existsSync(join(folder, 'session-options.cjs'))) write(folder, 'session-options.cjs', sessionOptions);
  rmSync(join(folder, 'sessions.sqlite'), { force: true });
  if (what !== 'empty') {
    write(folder, 'fill.cjs', fill);
    mustBeFine('fill.cjs', await sandbox.run([process.execPath, 'fill.cjs'], folder));
  }
  await work({});
  return undefined;
};
