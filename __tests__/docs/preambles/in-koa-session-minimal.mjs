/** The block is what a handler does when `user` logs in, or out, with koa-session-minimal. */

import Koa from 'koa-2';
import session from 'koa-session-minimal';
import { createKnexStore } from 'koa-generic-session-knex';
import { checkHandler, knex } from './support.mjs';

const app = new Koa();
app.keys = ['a key of the tests'];
const store = createKnexStore(knex, { userId: ({ user }) => user });
app.use(session({ store }));
await checkHandler(app, store, async (ctx, user) => {
  void user;
  {
    /* block */
  }
});
