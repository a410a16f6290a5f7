/** The block is SQL for PostgreSQL, in a schema with a session table. Then a store that knows users works on it. */

import { createKnexStore, createSessionTable } from 'koa-generic-session-knex';
import { onPostgres, statements, useEverything } from './support.mjs';

await onPostgres(async (knex) => {
  await createSessionTable(knex, { timestamps: true });
  for (const statement of statements()) await knex.raw(statement);
  const store = createKnexStore(knex, { userId: ({ user }) => user, sync: false });
  await useEverything(store);
});
