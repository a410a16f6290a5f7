/** The block grants rights to the role `app`. Then everything of the store works as that role. */

import { createKnexStore, createSessionTable } from 'koa-generic-session-knex';
import { onPostgres, statements, useEverything } from './support.mjs';

await onPostgres(async (knex, schema) => {
  const userId = ({ user }) => user;
  await createSessionTable(knex, { userId });
  // Roles belong to the whole server: this one has a name of its own.
  const role = `${schema}_app`;
  await knex.raw('CREATE ROLE ??', [role]);
  try {
    for (const statement of statements()) {
      await knex.raw(statement.replace(/\bpublic\b/, schema).replace(/\bapp\b/, role));
    }
    await knex.raw('SET ROLE ??', [role]);
    await useEverything(createKnexStore(knex, { userId, sync: false }));
    await useEverything(createKnexStore(knex, { userId }));
  } finally {
    await knex.raw('RESET ROLE');
    await knex.raw('DROP OWNED BY ??', [role]);
    await knex.raw('DROP ROLE ??', [role]);
  }
});
