/** The block lets koa-generic-session know visitors by the cookie of express-session. Then one comes who has such a cookie. */

import Koa from 'koa-2';
import session from 'koa-generic-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { checkExpressCookie, expressSecret, knex } from './support.mjs';

// What the page tells its readers to copy; it lies beside the block.
const { expressCookie } = await import(new URL('migrating/express-cookie.mjs', import.meta.url));
process.env.SESSION_SECRET = expressSecret;
const secrets = [expressSecret];
const app = new Koa();
app.keys = ['a key of the tests'];
const store = createKnexStore(knex);
{
  /* block */
}
await checkExpressCookie(app, store, { sid: 'koa:sess:old', own: 'koa.sid' });
