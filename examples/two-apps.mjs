/**
 * Two Koa apps on one database, each with its own session table and sweep frequency.
 *
 * Start it: SESSION_KEY=some-secret node examples/two-apps.mjs
 * Visit it: curl -c jar -b jar -X POST 'http://127.0.0.1:3000/login?name=Ada'; curl -c jar -b jar http://127.0.0.1:3000
 * The other app works the same way at http://127.0.0.1:3001.
 */

import { randomBytes } from 'node:crypto';
import createKnex from 'knex';
import Koa from 'koa';
import { createKnexStore } from 'koa-generic-session-knex';
import session from 'koa-session';

const knex = createKnex({
  client: 'better-sqlite3',
  connection: { filename: process.env.DATABASE_FILE ?? 'sessions.sqlite' },
  useNullAsDefault: true,
});

// The busy shop sweeps expired rows about every 10,000 requests, the admin app about every 100.
const shopStore = createKnexStore(knex, { tableName: 'ShopSessions', gcFrequency: 10_000 });
const adminStore = createKnexStore(knex, { tableName: 'AdminSessions', gcFrequency: 100 });

// Signs the cookies. With a random key, every restart logs all users out.
const keys = [process.env.SESSION_KEY ?? randomBytes(32).toString('hex')];

const createApp = (title, sessionOptions) => {
  const app = new Koa();
  app.keys = keys;
  app.use(session({ sameSite: 'lax', ...sessionOptions }, app));
  app.use(async (ctx) => {
    if (ctx.method === 'POST' && ctx.path === '/login') {
      ctx.session = { name: String(ctx.query.name ?? 'Ada').slice(0, 50), count: 0 };
      // A new id prevents session fixation.
      await ctx.session.regenerate();
      ctx.body = `Welcome to the ${title}, ${ctx.session.name}`;
    } else if (ctx.method === 'POST' && ctx.path === '/logout') {
      ctx.session = null;
      ctx.body = 'Goodbye';
    } else if (ctx.path === '/' && ctx.session.name !== undefined) {
      ctx.session.count += 1;
      ctx.body = `${ctx.session.name}, visit ${ctx.session.count} to the ${title}`;
    } else if (ctx.path === '/') {
      ctx.body = 'Not logged in: POST /login?name=Ada';
    }
    ctx.type = 'text';
  });
  return app;
};

// Cookies ignore ports: on one host, each app needs its own cookie name.
const shop = createApp('shop', { store: shopStore, key: 'shop.sess', maxAge: 30 * 86_400_000 });
const admin = createApp('admin', { store: adminStore, key: 'admin.sess', maxAge: 3_600_000 });

const listen = (app, port) =>
  new Promise((resolve) => {
    const server = app.listen(port, '127.0.0.1', () => resolve(server));
  });
const servers = [
  await listen(shop, process.env.PORT ?? 3000),
  await listen(admin, process.env.ADMIN_PORT ?? 3001),
];
const [shopUrl, adminUrl] = servers.map((server) => `http://127.0.0.1:${server.address().port}`);
console.log(`shop: ${shopUrl}, admin: ${adminUrl}`);

const stop = async () => {
  // Browsers open connections in advance that they may never use.
  setTimeout(() => servers.forEach((server) => server.closeAllConnections()), 1000).unref();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  await Promise.all([shopStore.close(), adminStore.close()]);
  await knex.destroy();
};
process.once('SIGINT', stop).once('SIGTERM', stop);
