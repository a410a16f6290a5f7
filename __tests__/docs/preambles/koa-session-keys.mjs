/** The block gives the app, `app`, its keys. Then a visitor gets a signed cookie. */

import assert from 'node:assert';
import Koa from 'koa';
import session from 'koa-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { ask, knex, serve } from './support.mjs';

const app = new Koa();
{
  /* block */
}
const store = createKnexStore(knex);
app.use(session({ store }, app));
app.use((ctx) => {
  ctx.session.user = 'Ada';
  ctx.body = 'Ada';
});
const { server, url } = await serve(app);
const cookies = new Map();
await ask(url, cookies);
assert(cookies.has('koa.sess.sig'));
server.close();
await store.close();
await knex.destroy();
