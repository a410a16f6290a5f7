/** The block makes a store, `store`, with the app's Knex instance, `knex`. Then sessions are kept in it. */
/* global store */

import assert from 'node:assert';
import createKnex from 'knex';
import { createKnexStore } from 'koa-generic-session-knex';

const knex = createKnex({
  client: 'better-sqlite3',
  connection: { filename: ':memory:' },
  useNullAsDefault: true,
});
assert(createKnexStore);
{
  /* block */

  await store.set('a session', { user: { id: 42 }, count: 1 }, 60_000);
  assert.equal((await store.get('a session')).count, 1);
  await store.destroy('a session');
  assert.equal(await store.get('a session'), null);
  await store.close();
  await store.knex.destroy();
}
await knex.destroy();
