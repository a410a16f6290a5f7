/** The block makes a store, `store`, and puts koa-session-minimal, `session`, into a Koa 2 app, `app`. */

import Koa from 'koa-2';
import session from 'koa-session-minimal';
import { createKnexStore } from 'koa-generic-session-knex';
import { checkVisits, knex } from './support.mjs';

const app = new Koa();
{
  /* block */
}
await checkVisits(app);
await knex.destroy();
