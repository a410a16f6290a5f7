/** An app on Koa 2 or 3 with one of the middlewares, as an ES module. */

import createKnexStore from 'koa-generic-session-knex';
import { connect } from './connect.mjs';

const { KOA, MIDDLEWARE, MIDDLEWARE_NAME, TABLE } = process.env;
const { default: Koa } = await import(KOA);
const { default: session } = await import(MIDDLEWARE);

const knex = await connect();
const store = createKnexStore(knex, { tableName: TABLE, writeErrors: 'emit' });
store.on('error', (error) => {
  throw error;
});

const app = new Koa();
app.keys = ['a key of the matrix'];
app.use(MIDDLEWARE_NAME === 'koa-session' ? session({ store, maxAge: 3_600_000 }, app) : session({ store }));

const actions = {
  '/login': (ctx) => {
    ctx.session.user = ctx.query.user;
    ctx.session.visits = 0;
  },
  '/visit': ({ session: current }) => {
    current.visits += 1;
  },
  '/logout': (ctx) => {
    ctx.session = null;
  },
};

app.use(async (ctx) => {
  actions[ctx.path]?.(ctx);
  ctx.body = { user: ctx.session?.user ?? null, visits: ctx.session?.visits ?? 0 };
});

const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});

process.once('SIGTERM', () => {
  server.close(async () => {
    await store.close();
    await knex.destroy();
  });
});
