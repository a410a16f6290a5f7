/** The block is SQL for SQLite, in a database with a session table. */

import createKnex from 'knex';
import { createSessionTable } from 'koa-generic-session-knex';

const knex = createKnex({
  client: 'better-sqlite3',
  connection: { filename: ':memory:' },
  useNullAsDefault: true,
});
await createSessionTable(knex);
for (const statement of process.env.BLOCK.split(';').filter((text) => text.trim() !== '')) {
  await knex.raw(statement);
}
await knex.destroy();
