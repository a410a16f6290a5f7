/** The block grants rights on the database `shop` to the user `app`. Then everything of the store works as that user. */

import createKnex from 'knex';
import { createKnexStore, createSessionTable } from 'koa-generic-session-knex';
import { onMariadb, statements, useEverything } from './support.mjs';

await onMariadb(async (knex, database) => {
  const userId = ({ user }) => user;
  await createSessionTable(knex, { userId });
  // Of this machine alone: a server may have a user without a name, which would come first.
  const user = `${database}_app`;
  await knex.raw("CREATE USER ?@'localhost' IDENTIFIED BY 'a password'", [user]);
  const url = new URL(process.env.MYSQL_URL);
  const connection = {
    ...{ host: url.hostname, port: Number(url.port || 3306) },
    ...{ user, password: 'a password', database },
  };
  const app = createKnex({ client: 'mysql2', connection });
  try {
    for (const statement of statements()) {
      await knex.raw(statement.replace(/\bshop\b/, database).replace(/'app'@'%'/, `'${user}'@'localhost'`));
    }
    await useEverything(createKnexStore(app, { userId, sync: false }));
    await useEverything(createKnexStore(app, { userId }));
  } finally {
    await app.destroy();
    await knex.raw("DROP USER ?@'localhost'", [user]);
  }
});
