/** The block makes a store, `store`, with options from a file that lies beside it. Then sessions are kept in it. */
/* global store */

'use strict';

const assert = require('node:assert');
const createKnex = require('knex');
const createKnexStore = require('koa-generic-session-knex');

const knex = createKnex({
  client: 'better-sqlite3',
  connection: { filename: ':memory:' },
  useNullAsDefault: true,
});

/* block */

const run = async () => {
  await store.set('a', { user: 'Ada' });
  assert.deepEqual(await store.get('a'), { user: 'Ada' });
  await store.close();
  await knex.destroy();
};
run();
