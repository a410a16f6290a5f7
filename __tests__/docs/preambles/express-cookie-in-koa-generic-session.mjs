/** The block lets koa-generic-session know visitors by the cookie of express-session. Then one comes who has such a cookie. */

import assert from 'node:assert';
import { createHmac } from 'node:crypto';
import Koa from 'koa-2';
import session from 'koa-generic-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { ask, handle, knex, serve } from './support.mjs';

// What the page tells its readers to copy; it lies beside the block.
const { expressCookie } = await import(new URL('migrating/express-cookie.mjs', import.meta.url));
process.env.SESSION_SECRET = 'the secret of express-session';
const secrets = [process.env.SESSION_SECRET];
const app = new Koa();
app.keys = ['a key of the tests'];
const store = createKnexStore(knex);
await store.set('koa:sess:old', { user: 'Grace' });
{
  /* block */
}
app.use(async (ctx) => handle(ctx));
const { server, url } = await serve(app);
const signature = createHmac('sha256', secrets[0]).update('old').digest('base64').replace(/=+$/, '');
const cookies = new Map([['connect.sid', encodeURIComponent(`s:old.${signature}`)]]);
assert.equal(await ask(`${url}/`, cookies), 'Grace');
assert.equal(await ask(`${url}/`, new Map([['connect.sid', 's%3Aold.forged']])), 'nobody');
await ask(`${url}/login`, cookies);
assert(cookies.has('koa.sid'));
server.close();
await store.close();
await knex.destroy();
