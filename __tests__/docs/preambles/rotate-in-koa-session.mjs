/** The block puts koa-session into an app, `app`, and gives sessions of requests with `ctx.state.rotates` another id. */

import { randomUUID } from 'node:crypto';
import Koa from 'koa';
import session from 'koa-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { checkRotation, knex } from './support.mjs';

const app = new Koa();
app.keys = ['a key of the tests'];
const store = createKnexStore(knex);
{
  /* block */
}
app.use((ctx) => {
  if (ctx.path === '/begin') ctx.session.user = 'Ada';
  ctx.state.rotates = ctx.path === '/rotate';
  ctx.body = ctx.session.user ?? 'nobody';
});
await checkRotation(app, store);
