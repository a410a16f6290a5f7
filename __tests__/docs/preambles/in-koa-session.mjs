/** The block is what a handler does when `user` logs in, or out, with koa-session. */

import Koa from 'koa';
import session from 'koa-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { checkHandler, knex } from './support.mjs';

const app = new Koa();
app.keys = ['a key of the tests'];
const store = createKnexStore(knex, { userId: ({ user }) => user });
app.use(session({ store }, app));
await checkHandler(app, store, async (ctx, user) => {
  void user;
  {
    /* block */
  }
});
