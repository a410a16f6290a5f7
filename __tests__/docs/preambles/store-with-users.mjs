/** The block makes a store, `store`, that knows users. Then sessions are kept in it. */
/* global store */

import { createKnexStore } from 'koa-generic-session-knex';
import { knex, useEverything } from './support.mjs';

{
  /* block */

  await useEverything(store);
}
await knex.destroy();
