/** The block says what the store calls the session of a request, `sidOf`, with koa-session-minimal. Then it is looked up. */
/* global sidOf */

import Koa from 'koa-2';
import session from 'koa-session-minimal';
import { createKnexStore } from 'koa-generic-session-knex';
import { checkSidOf, knex } from './support.mjs';

const app = new Koa();
app.keys = ['a key of the tests'];
const store = createKnexStore(knex, { userId: ({ user }) => user });
app.use(session({ store }));
{
  /* block */

  await checkSidOf(app, store, sidOf);
}
