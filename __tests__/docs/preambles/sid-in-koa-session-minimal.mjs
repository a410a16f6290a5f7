/** The block says what the store calls the session of a request, `sidOf`, with koa-session-minimal. Then it is looked up. */
/* global sidOf */

import assert from 'node:assert';
import Koa from 'koa-2';
import session from 'koa-session-minimal';
import { createKnexStore } from 'koa-generic-session-knex';
import { checkHandler, knex } from './support.mjs';

const app = new Koa();
app.keys = ['a key of the tests'];
const store = createKnexStore(knex, { userId: ({ user }) => user });
app.use(session({ store }));
await checkHandler(app, store, async (ctx) => {
  {
    /* block */

    const sessions = await store.sessionsOf('Ada', { current: sidOf(ctx) });
    const isThere = ctx.session.user === 'Ada';
    assert.equal(sessions.filter(({ current }) => current).length, isThere ? 1 : 0);
    ctx.session = null;
  }
});
