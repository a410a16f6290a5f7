/** A process that makes stores on tables that may not be there yet, and writes and reads one session in each. */

'use strict';

const createKnex = require('knex');
const createKnexStore = require('koa-generic-session-knex');
const answer = require('../../support/answer.cjs');

answer({
  firstWrite: async ({ client, connection, tableName, sid }) => {
    const knex = createKnex({ client, connection, useNullAsDefault: true });
    try {
      const store = createKnexStore(knex, { tableName, timestamps: true });
      await store.set(sid, { sid });
      const session = await store.get(sid);
      await store.close();
      return session;
    } finally {
      await knex.destroy();
    }
  },
});
