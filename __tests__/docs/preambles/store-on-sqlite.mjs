/** The block makes a Knex instance for SQLite, `knex`. Then a store works on it. */
/* global knex */

import createKnex from 'knex';
import { createKnexStore } from 'koa-generic-session-knex';
import { useEverything } from './support.mjs';

{
  /* block */

  await useEverything(createKnexStore(knex, { userId: ({ user }) => user }));
  await knex.destroy();
}
