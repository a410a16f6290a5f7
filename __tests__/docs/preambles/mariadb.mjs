/** The block is SQL for MySQL and MariaDB, in a database with a table of the original package. */

import createKnex from 'knex';

const { BLOCK, MYSQL_URL } = process.env;
const name = `docs_${process.pid}`;
const knex = createKnex({ client: 'mysql2', connection: MYSQL_URL, pool: { min: 1, max: 1 } });
await knex.raw('CREATE DATABASE ??', [name]);
try {
  await knex.raw('USE ??', [name]);
  await knex.schema.createTable('Sessions', (table) => {
    table.string('id', 100).primary();
    table.text('data');
    table.bigInteger('expires').index();
  });
  for (const statement of BLOCK.split(';').filter((text) => text.trim() !== '')) await knex.raw(statement);
} finally {
  await knex.raw('DROP DATABASE ??', [name]);
  await knex.destroy();
}
