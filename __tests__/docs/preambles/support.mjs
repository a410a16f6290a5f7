/** What the preambles share: it lies beside every block. */

import assert from 'node:assert';
import { createHmac, randomUUID } from 'node:crypto';
import { existsSync, unlinkSync } from 'node:fs';
import createKnex from 'knex';

const filename = `${randomUUID()}.sqlite`;
process.on('exit', () => {
  if (existsSync(filename)) unlinkSync(filename);
});

export const knex = createKnex({
  client: 'better-sqlite3',
  connection: { filename },
  useNullAsDefault: true,
});

/** How many sessions there are. */
const rows = async () => {
  const [{ count }] = await knex('Sessions').count({ count: '*' });
  return count;
};

/** A request with the cookies of those before it, which it adds to. */
export const ask = async (url, cookies, { status = 200, ...init } = {}) => {
  const header = { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') };
  const response = await fetch(url, { headers: header, ...init });
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }
  const text = await response.text();
  assert.equal(response.status, status, text);
  return text;
};

const eventually = async (assertion) => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await assertion();
    } catch (error) {
      if (tries >= 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
};

/** What a handler of any Koa does: it reads and changes the session of `ctx`. */
export const handle = (ctx) => {
  if (ctx.path === '/login') ctx.session.user = 'Ada';
  if (ctx.path === '/logout') ctx.session = null;
  ctx.body = ctx.session?.user ?? 'nobody';
};

export const serve = async (app) => {
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { server, url: `http://127.0.0.1:${server.address().port}` };
};

/** An app keeps sessions in the table: a visitor logs in, is known again, and logs out. */
export const checkVisits = async (app, { handler = async (ctx) => handle(ctx) } = {}) => {
  app.use(handler);
  const { server, url } = await serve(app);
  const cookies = new Map();
  try {
    assert.equal(await ask(`${url}/`, cookies), 'nobody');
    assert.equal(await ask(`${url}/login`, cookies), 'Ada');
    await eventually(async () => assert.equal(await rows(), 1));
    assert.equal(await ask(`${url}/`, cookies), 'Ada');
    assert.equal(await ask(`${url}/logout`, cookies), 'nobody');
    await eventually(async () => assert.equal(await rows(), 0));
  } finally {
    server.close();
  }
};

/**
 * What a handler does with the session of a user who is there: after a login, a new id; after a logout, no row. And
 * again, since a user who logs in again gets a session that says what the old one said.
 */
export const checkHandler = async (app, store, block) => {
  app.use(async (ctx) => {
    if (ctx.path === '/block') await block(ctx, 'Ada');
    else if (ctx.path === '/begin') ctx.session.user = 'Ada';
    ctx.body = ctx.session?.user ?? 'nobody';
  });
  const { server, url } = await serve(app);
  const cookies = new Map();
  const other = new Map();
  await ask(`${url}/begin`, cookies);
  await ask(`${url}/begin`, other);
  await eventually(async () => assert.equal(await rows(), 2));
  for (let times = 0; times < 2; times += 1) {
    const old = new Map(cookies);
    const said = await ask(`${url}/block`, cookies);
    await eventually(async () => assert.equal(await ask(`${url}/`, new Map(old)), 'nobody'));
    assert.equal(await ask(`${url}/`, cookies), said);
    if (said === 'Ada') assert.notDeepEqual(cookies, old);
    await eventually(async () => assert.equal((await store.sessionsOf('Ada')).length, await rows()));
  }
  const endsAll = block.toString().includes('destroyAllOf(');
  assert.equal(await ask(`${url}/`, other), endsAll ? 'nobody' : 'Ada');
  server.close();
  await store.close();
  await knex.destroy();
};

/** The same, where `sidOf` says what the store calls the session of a request. */
export const checkSidOf = (app, store, sidOf) =>
  checkHandler(app, store, async (ctx) => {
    const sessions = await store.sessionsOf('Ada', { current: sidOf(ctx) });
    const isThere = ctx.session.user === 'Ada';
    assert.equal(sessions.filter(({ current }) => current).length, isThere ? 1 : 0);
    ctx.session = null;
  });

/** Somebody logs in, and gets another id: both cookies find the one session. */
export const checkRotation = async (app, store) => {
  const { server, url } = await serve(app);
  const cookies = new Map();
  assert.equal(await ask(`${url}/begin`, cookies), 'Ada');
  const old = new Map(cookies);
  assert.equal(await ask(`${url}/rotate`, cookies), 'Ada');
  assert.notDeepEqual(cookies, old);
  for (const known of [cookies, old]) assert.equal(await ask(`${url}/`, new Map(known)), 'Ada');
  assert.equal(await store.length(), 1);
  server.close();
  await store.close();
  await knex.destroy();
};

/** Of express-session: it signs the cookies of visitors that come to a Koa app. */
export const expressSecret = 'the secret of express-session';

/**
 * Somebody comes to an app with a cookie of express-session, as Grace, and logs in; somebody else has forged one.
 *
 * @param sid under which her session is stored
 * @param own the app's own cookie, which she gets
 */
export const checkExpressCookie = async (app, store, { sid, own }) => {
  await store.set(sid, { user: 'Grace' });
  app.use(async (ctx) => handle(ctx));
  const { server, url } = await serve(app);
  const signature = createHmac('sha256', expressSecret).update('old').digest('base64').replace(/=+$/, '');
  const cookies = new Map([['connect.sid', encodeURIComponent(`s:old.${signature}`)]]);
  assert.equal(await ask(`${url}/`, cookies), 'Grace');
  assert.equal(await ask(`${url}/`, new Map([['connect.sid', 's%3Aold.forged']])), 'nobody');
  await ask(`${url}/login`, cookies);
  assert(cookies.has(own));
  server.close();
  await store.close();
  await knex.destroy();
};

/** The statements of a block of SQL. */
export const statements = () => process.env.BLOCK.split(';').filter((text) => text.trim() !== '');

const name = `docs_${process.pid}_${Date.now().toString(36)}`;

/** In a new schema, which is the only one that the connection looks into. */
export const onPostgres = async (work) => {
  const database = createKnex({
    ...{ client: 'pg', connection: process.env.DATABASE_URL, searchPath: [name] },
    pool: { min: 1, max: 1 },
  });
  await database.raw('CREATE SCHEMA ??', [name]);
  try {
    await work(database, name);
  } finally {
    await database.raw('DROP SCHEMA ?? CASCADE', [name]);
    await database.destroy();
  }
};

/** In a new database. */
export const onMariadb = async (work) => {
  const database = createKnex({
    ...{ client: 'mysql2', connection: process.env.MYSQL_URL },
    pool: { min: 1, max: 1 },
  });
  await database.raw('CREATE DATABASE ??', [name]);
  try {
    await database.raw('USE ??', [name]);
    await work(database, name);
  } finally {
    await database.raw('DROP DATABASE ??', [name]);
    await database.destroy();
  }
};

/** Every method of a store with the option `userId`, and the sweep. */
export const useEverything = async (store) => {
  await store.ready();
  await store.set('a', { user: 'Ada' }, 60_000);
  await store.set('b', { user: 'Ada' }, 60_000);
  await store.set('c', { user: 'Bob' }, 60_000);
  const loaded = await store.get('a');
  assert.deepEqual(loaded, { user: 'Ada' });
  await store.set('a', Object.assign(loaded, { n: 1 }), 90_000);
  await store.touch('a', 120_000);
  assert.equal(await store.length(), 3);
  const handles = (await store.sessionsOf('Bob')).map(({ handle }) => handle);
  assert.equal(await store.destroyByHandle(handles[0]), true);
  assert.equal(await store.destroyAllOf('Ada', { except: 'a' }), 1);
  for await (const { session } of store.entries()) assert.equal(session.n, 1);
  await store.destroy('a');
  await store.knex(store.options.tableName).insert({ id: 'old', data: '{}', expires: 1 });
  assert.equal(await store.gc(), 1);
  await store.clear();
  await store.close();
};
