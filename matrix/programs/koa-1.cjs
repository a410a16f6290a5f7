/** An app on Koa 1 in the style of 2016: CommonJS, generators and `new`. */

'use strict';

const env = process.env;
const koa = require(env.KOA);
const session = require(env.MIDDLEWARE);
const Knex = require(env.KNEX);
const KnexStore = require('koa-generic-session-knex');

const knex = Knex({ client: env.CLIENT, connection: env.CONNECTION });
const store = new KnexStore(knex, { tableName: env.TABLE });

const app = koa();
app.keys = ['a key of the matrix'];
app.use(session({ store }));

// eslint-disable-next-line require-yield -- Koa 1 requires middlewares to be generators
app.use(function* () {
  switch (this.path) {
    case '/login':
      this.session.user = this.query.user;
      this.session.visits = 0;
      break;
    case '/visit':
      this.session.visits += 1;
      break;
    case '/logout':
      this.session = null;
      break;
  }
  const current = this.session || {};
  this.body = { user: current.user || null, visits: current.visits || 0 };
});

const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});

process.once('SIGTERM', () => {
  server.close(() => {
    store.close().then(() => knex.destroy());
  });
});
