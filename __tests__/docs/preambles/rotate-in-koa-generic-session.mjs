/** The block gives the session of a request another id, with koa-generic-session. */

import { randomUUID } from 'node:crypto';
import Koa from 'koa-2';
import session from 'koa-generic-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { checkRotation, knex } from './support.mjs';

const app = new Koa();
app.keys = ['a key of the tests'];
const store = createKnexStore(knex);
app.use(session({ store }));
app.use(async (ctx) => {
  if (ctx.path === '/begin') ctx.session.user = 'Ada';
  if (ctx.path === '/rotate') {
    /* block */
  }
  ctx.body = ctx.session.user ?? 'nobody';
});
await checkRotation(app, store);
