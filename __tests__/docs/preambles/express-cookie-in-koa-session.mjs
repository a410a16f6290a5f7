/** The block lets koa-session know visitors by the cookie of express-session. Then one comes who has such a cookie. */

import Koa from 'koa';
import session from 'koa-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { checkExpressCookie, expressSecret, knex } from './support.mjs';

process.env.SESSION_SECRET = expressSecret;
const secrets = [expressSecret];
const app = new Koa();
app.keys = ['a key of the tests'];
const store = createKnexStore(knex);
{
  /* block */
}
await checkExpressCookie(app, store, { sid: 'old', own: 'koa.sess' });
