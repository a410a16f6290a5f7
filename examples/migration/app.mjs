/**
 * An app whose session table is created by a migration: with `sync: false`, the store changes no schema.
 *
 * Migrate: npx knex migrate:latest --knexfile examples/migration/knexfile.cjs
 * Start it: SESSION_KEY=some-secret node examples/migration/app.mjs
 * Visit it: curl -c jar -b jar -X POST 'http://127.0.0.1:3000/login?name=Ada'; curl -c jar -b jar http://127.0.0.1:3000
 */

import { randomBytes } from 'node:crypto';
import createKnex from 'knex';
import Koa from 'koa';
import { createKnexStore } from 'koa-generic-session-knex';
import session from 'koa-session';
import configuration from './knexfile.cjs';

const knex = createKnex(configuration);
const store = createKnexStore(knex, { tableName: 'Sessions', timestamps: true, sync: false });

// Fails at startup instead of on every request. The error names the missing table or column.
await store.ready();

const app = new Koa();
// Signs the cookies. With a random key, every restart logs all users out.
app.keys = [process.env.SESSION_KEY ?? randomBytes(32).toString('hex')];
app.use(session({ store, maxAge: 86_400_000, renew: true, sameSite: 'lax' }, app));

app.use(async (ctx) => {
  if (ctx.method === 'POST' && ctx.path === '/login') {
    ctx.session = { name: String(ctx.query.name ?? 'Ada').slice(0, 50), count: 0 };
    // A new id prevents session fixation.
    await ctx.session.regenerate();
    ctx.body = `Welcome, ${ctx.session.name}`;
  } else if (ctx.method === 'POST' && ctx.path === '/logout') {
    ctx.session = null;
    ctx.body = 'Goodbye';
  } else if (ctx.path === '/' && ctx.session.name !== undefined) {
    ctx.session.count += 1;
    ctx.body = `${ctx.session.name}, visit ${ctx.session.count}`;
  } else if (ctx.path === '/') {
    ctx.body = 'Not logged in: POST /login?name=Ada';
  }
  ctx.type = 'text';
});

const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});

const stop = () => {
  server.close(async () => {
    await store.close();
    await knex.destroy();
  });
  // Browsers open connections in advance that they may never use.
  setTimeout(() => server.closeAllConnections(), 1000).unref();
};
process.once('SIGINT', stop).once('SIGTERM', stop);
