/** Koa 1 with koa-generic-session 1: CommonJS and generators, as an app of 2016 that just runs. */

'use strict';

const { randomUUID } = require('node:crypto');
const Koa = require('koa-1');
const session = require('koa-generic-session-1');
const Knex = require('knex');
const KnexStore = require('koa-generic-session-knex');
const { hold, letGo } = require('./hold.cjs');

const env = process.env;
const knex = Knex({ client: env.DATABASE_CLIENT, connection: env.DATABASE_URL, useNullAsDefault: true });
const store = new KnexStore(knex, JSON.parse(env.STORE_OPTIONS));

const app = new Koa();
app.keys = ['a key of the tests'];
// Koa 1 prints no errors in tests by itself.
app.on('error', (error) => {
  console.error(error.message);
});
app.use(session(Object.assign(JSON.parse(env.SESSION_OPTIONS), { store })));

app.use(function* () {
  switch (`${this.method} ${this.path}`) {
    case 'POST /login':
      this.session.user = this.query.user;
      this.session.visits = 0;
      break;
    case 'POST /visit':
      this.session.visits += 1;
      break;
    case 'POST /colour':
      this.session.colour = this.query.colour;
      break;
    case 'POST /job': {
      const colour = this.query.colour;
      yield store.update(this.query.sid, (session) => {
        session.colour = colour;
      });
      break;
    }
    case 'POST /look-slowly':
      yield hold();
      break;
    case 'POST /visit-slowly': {
      const session = this.session;
      yield hold();
      session.visits += 1;
      break;
    }
    case 'POST /let-go':
      letGo();
      break;
    case 'POST /regenerate': {
      const user = this.session.user;
      yield this.regenerateSession();
      this.session.user = user;
      break;
    }
    case 'POST /rotate': {
      if (this.query.visits) this.session.visits = Number(this.query.visits);
      if (this.query.slowly) yield hold();
      const id = randomUUID();
      const grace = Number(this.query.grace);
      if (yield store.rotate(`koa:sess:${this.sessionId}`, `koa:sess:${id}`, { grace })) {
        this.sessionId = id;
        this.sessionSave = true;
      }
      break;
    }
    case 'POST /logout':
      this.session = null;
      break;
  }
  const current = this.session || {};
  this.body = { user: current.user || null, visits: current.visits || 0 };
});

const server = app.listen(env.PORT, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});

process.once('SIGTERM', () => {
  server.close(() => {
    store.close().then(() => knex.destroy());
  });
});
