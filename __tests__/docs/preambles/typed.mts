/** The block is TypeScript; it has the app's Knex instance, `knex`. */

import knexModule from 'knex';
import { createKnexStore } from 'koa-generic-session-knex';

const knex = knexModule.default({
  client: 'better-sqlite3',
  connection: { filename: ':memory:' },
  useNullAsDefault: true,
});
export const make = createKnexStore;
{
  /* block */
}
await knex.destroy();
