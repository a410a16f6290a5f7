/**
 * Fastify 5 with @fastify/session.
 *
 * Start it: SESSION_KEY=some-secret-of-at-least-32-characters node examples/fastify.mjs
 * Visit it: curl -c jar -b jar -X POST 'http://127.0.0.1:3000/login?name=Ada'; curl -c jar -b jar http://127.0.0.1:3000
 */

import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import session from '@fastify/session';
import createFastify from 'fastify';
import createKnex from 'knex';
import { createKnexStore } from 'koa-generic-session-knex';
import { createExpressStore } from 'koa-generic-session-knex/express';

const knex = createKnex({
  client: 'better-sqlite3',
  connection: { filename: process.env.DATABASE_FILE ?? 'sessions.sqlite' },
  useNullAsDefault: true,
});
const store = createKnexStore(knex, { tableName: 'Sessions' });

const app = createFastify();
app.register(cookie);
app.register(session, {
  store: createExpressStore(store),
  // Signs the cookies. With a random key, every restart logs all users out.
  secret: process.env.SESSION_KEY ?? randomBytes(32).toString('hex'),
  saveUninitialized: false,
  // The default sends cookies over HTTPS only; 'auto' also over HTTP. Behind a proxy, set Fastify's trustProxy.
  cookie: { maxAge: 86_400_000, sameSite: 'lax', secure: 'auto' },
});

app.post('/login', async (request) => {
  // A new id prevents session fixation.
  await request.session.regenerate();
  request.session.name = String(request.query.name ?? 'Ada').slice(0, 50);
  request.session.count = 0;
  return `Welcome, ${request.session.name}`;
});

app.post('/logout', async (request, reply) => {
  await request.session.destroy();
  reply.clearCookie('sessionId');
  return 'Goodbye';
});

app.get('/', async ({ session }) => {
  if (session.name === undefined) return 'Not logged in: POST /login?name=Ada';
  session.count += 1;
  return `${session.name}, visit ${session.count}`;
});

console.log(await app.listen({ port: process.env.PORT ?? 3000, host: '127.0.0.1' }));

const stop = async () => {
  // Browsers open connections in advance that they may never use.
  setTimeout(() => app.server.closeAllConnections(), 1000).unref();
  await app.close();
  await store.close();
  await knex.destroy();
};
process.once('SIGINT', stop).once('SIGTERM', stop);
