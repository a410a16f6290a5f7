/** The block makes a Knex instance for PostgreSQL, `knex`, and a store on it, `store`. */
/* global knex, store */

import assert from 'node:assert';
import createKnex from 'knex';
import { createKnexStore } from 'koa-generic-session-knex';

{
  /* block */

  assert(createKnex && createKnexStore);
  const id = `docs ${process.pid}`;
  await store.set(id, { user: 'Ada' }, 60_000);
  assert.deepEqual(await store.get(id), { user: 'Ada' });
  await store.destroy(id);
  await store.close();
  await knex.destroy();
}
