/** The block puts koa-generic-session, `session`, into Koa apps. Then somebody logs in, visits, and logs out. */

import Koa2 from 'koa-2';
import Koa3 from 'koa';
import session from 'koa-generic-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { checkVisits, knex } from './support.mjs';

const store = createKnexStore(knex);
for (const Koa of [Koa2, Koa3]) {
  const app = new Koa();
  app.keys = ['a key of the tests'];
  {
    /* block */
  }
  await checkVisits(app);
}
await store.close();
await knex.destroy();
