/** The block is an example of a doc comment, of any method or function of the library. */

import { gunzipSync, gzipSync } from 'node:zlib';
import Koa from 'koa';
import session from 'koa-generic-session';
import { composeCodecs, createKnexStore } from 'koa-generic-session-knex';
import { knex } from './support.mjs';

const app = new Koa();
app.keys = ['a key of the tests'];
const store = createKnexStore(knex, { userId: ({ user }) => user });
const sid = 'a';
await store.set(sid, { user: 'Ada', unread: 0 });
{
  /* block */
}
await store.close();
await knex.destroy();
// A store that the example has made may still be at its table.
process.exit();
