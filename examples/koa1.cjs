/**
 * Koa 1 with koa-generic-session 1: generators and `require`, without a build step.
 *
 * Start it: SESSION_KEY=some-secret node examples/koa1.cjs
 * Visit it: curl -c jar -b jar -X POST 'http://127.0.0.1:3000/login?name=Ada'; curl -c jar -b jar http://127.0.0.1:3000
 */

'use strict';

const { randomBytes } = require('node:crypto');
// In this repository, old versions are installed under aliases.
const koa = require('koa-1'); // in your app: require('koa')
const session = require('koa-generic-session-1'); // in your app: require('koa-generic-session')
const createKnex = require('knex');
const KnexStore = require('koa-generic-session-knex');

const knex = createKnex({
  client: 'better-sqlite3',
  connection: { filename: process.env.DATABASE_FILE ?? 'sessions.sqlite' },
  useNullAsDefault: true,
});
const store = new KnexStore(knex, { tableName: 'Sessions' });

const app = koa();
// Signs the cookies. With a random key, every restart logs all users out.
app.keys = [process.env.SESSION_KEY ?? randomBytes(32).toString('hex')];
app.use(session({ store, cookie: { maxAge: 86400000, sameSite: 'lax' } }));

app.use(function* () {
  if (this.method === 'POST' && this.path === '/login') {
    // A new id prevents session fixation.
    yield this.regenerateSession();
    this.session.name = String(this.query.name ?? 'Ada').slice(0, 50);
    this.session.count = 0;
    this.body = `Welcome, ${this.session.name}`;
  } else if (this.method === 'POST' && this.path === '/logout') {
    this.session = null;
    this.body = 'Goodbye';
  } else if (this.path === '/' && this.session.name !== undefined) {
    this.session.count += 1;
    this.body = `${this.session.name}, visit ${this.session.count}`;
  } else if (this.path === '/') {
    this.body = 'Not logged in: POST /login?name=Ada';
  }
  this.type = 'text';
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
