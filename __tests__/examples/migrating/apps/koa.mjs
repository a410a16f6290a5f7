/** A Koa app before, while and after its sessions move. */

import createKnex from 'knex';
import { createKnexStore } from 'koa-generic-session-knex';
import koaRedis from 'koa-redis';
import { expressCookie } from '../../../../examples/migrating/express-cookie.mjs';
import { readThrough } from '../../../../examples/migrating/read-through.mjs';
import { hold, letGo } from '../../../middlewares/apps/hold.cjs';

const { DATABASE_CLIENT, DATABASE_URL, PORT, REDIS_URL, STORE_OPTIONS, SESSION_OPTIONS = '{}' } = process.env;
const { EXPRESS_SECRETS, MIDDLEWARE, STORES } = process.env;

const openStores = {
  redis: () => koaRedis({ url: REDIS_URL }),
  knex: () => {
    const knex = createKnex({ client: DATABASE_CLIENT, connection: DATABASE_URL, useNullAsDefault: true });
    const store = createKnexStore(knex, JSON.parse(STORE_OPTIONS));
    return { ...store, quit: () => store.close().then(() => knex.destroy()) };
  },
};
/** One store, or two of which the first one is tried first. */
const stores = STORES.split(',').map((name) => openStores[name]());
const store = stores.length === 1 ? stores[0] : readThrough(...stores);

const isOfKoa2 = MIDDLEWARE !== 'koa-session';
const { default: Koa } = await import(isOfKoa2 ? 'koa-2' : 'koa');
const { default: session } = await import(MIDDLEWARE);

const app = new Koa();
app.keys = ['a key of the tests'];
const options = { ...JSON.parse(SESSION_OPTIONS), store };
if (EXPRESS_SECRETS) {
  const cookie = expressCookie({ key: 'koa.sess', secrets: JSON.parse(EXPRESS_SECRETS) });
  options.externalKey = cookie;
  options.sessionIdStore = {
    get() {
      return cookie.get(this);
    },
    set(sid) {
      cookie.set(this, sid);
    },
    reset() {
      this.cookies.set('koa.sess', null);
    },
  };
}
app.use(isOfKoa2 ? session(options) : session(options, app));

const actions = {
  'POST /login': (ctx) => {
    // With koa-session-minimal, the session gets a new id, and stays the same object.
    ctx.sessionHandler?.regenerateId();
    ctx.session.user = ctx.query.user;
    ctx.session.visits = 0;
  },
  'POST /visit': (ctx) => {
    ctx.session.visits += 1;
  },
  'POST /visit-slowly': async ({ session }) => {
    await hold();
    session.visits += 1;
  },
  'POST /let-go': letGo,
  'POST /logout': (ctx) => {
    ctx.session = null;
  },
};
app.use(async (ctx) => {
  await actions[`${ctx.method} ${ctx.path}`]?.(ctx);
  ctx.body = { user: ctx.session?.user ?? null, visits: ctx.session?.visits ?? 0 };
});

const server = app.listen(PORT, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
process.once('SIGTERM', () => {
  server.close(async () => {
    await Promise.all(stores.map((each) => each.quit()));
    // koa-generic-session takes the end of koa-redis for an outage, and would wait for ten seconds.
    process.exit();
  });
});
