/**
 * Koa 2 with koa-session-minimal 4.
 *
 * Start it: node examples/koa-session-minimal.mjs
 * Visit it: curl -c jar -b jar -X POST 'http://127.0.0.1:3000/login?name=Ada'; curl -c jar -b jar http://127.0.0.1:3000
 */

import createKnex from 'knex';
// In this repository, old versions are installed under aliases. In your app: from 'koa'.
import Koa from 'koa-2';
import { createKnexStore } from 'koa-generic-session-knex';
import session from 'koa-session-minimal';

const knex = createKnex({
  client: 'better-sqlite3',
  connection: { filename: process.env.DATABASE_FILE ?? 'sessions.sqlite' },
  useNullAsDefault: true,
});
// This middleware does not await its writes: a rejection would be unhandled and end the process.
const store = createKnexStore(knex, { tableName: 'Sessions', writeErrors: 'emit' });
store.on('error', (error) => console.error('a session was not stored:', error));

const app = new Koa();
app.use(session({ store, cookie: { maxAge: 86_400_000, sameSite: 'lax' } }));

app.use(async (ctx) => {
  if (ctx.method === 'POST' && ctx.path === '/login') {
    // A new id prevents session fixation.
    ctx.sessionHandler.regenerateId();
    ctx.session = { name: String(ctx.query.name ?? 'Ada').slice(0, 50), count: 0 };
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
