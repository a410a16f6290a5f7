/** The block uses a store, `store`, which knows whose sessions it holds: two are those of user 42. */

import { createKnexStore } from 'koa-generic-session-knex';
import { knex } from './support.mjs';

const store = createKnexStore(knex, { userId: (session) => session.user?.id });
await store.set('a', { user: { id: 42 } });
await store.set('b', { user: { id: 42 } });
await store.set('c', { user: { id: 7 } });
{
  /* block */
}
await store.close();
await knex.destroy();
