/** The block puts koa-session, `session`, into a Koa 3 app, `app`. Then somebody logs in, visits, and logs out. */

import Koa from 'koa';
import session from 'koa-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { checkVisits, knex } from './support.mjs';

const app = new Koa();
app.keys = ['a key of the tests'];
const store = createKnexStore(knex, { tableName: 'Sessions' });
{
  /* block */
}
await checkVisits(app);
await store.close();
await knex.destroy();
