/** The block is SQL for MySQL and MariaDB, in a database with a table of the original package. Then a store works on it. */

import { createKnexStore } from 'koa-generic-session-knex';
import { onMariadb, statements, useEverything } from './support.mjs';

await onMariadb(async (knex) => {
  await knex.schema.createTable('Sessions', (table) => {
    table.string('id', 100).primary();
    table.text('data');
    table.bigInteger('expires').index();
  });
  for (const statement of statements()) await knex.raw(statement);
  await useEverything(createKnexStore(knex, { userId: ({ user }) => user }));
});
