/** The block is a migration. Then it is run, a store without `sync` works, and the migration is taken back. */

'use strict';

const assert = require('node:assert');
const createKnex = require('knex');
const { createKnexStore } = require('koa-generic-session-knex');

/* block */

const knex = createKnex({
  client: 'better-sqlite3',
  connection: { filename: ':memory:' },
  useNullAsDefault: true,
});
const run = async () => {
  await knex.transaction(exports.up);
  const store = createKnexStore(knex, { tableName: 'Sessions', timestamps: true, sync: false });
  await store.set('a', { user: 'Ada' });
  assert.deepEqual(await store.get('a'), { user: 'Ada' });
  await store.close();
  await knex.transaction(exports.down);
  assert(!(await knex.schema.hasTable('Sessions')));
  await knex.destroy();
};
run();
