/** A process that makes a store on a table that may not be there yet, and writes and reads one session. */

'use strict';

const createKnex = require('knex');
const createKnexStore = require('koa-generic-session-knex');

const { CLIENT: client, CONNECTION: connection, TABLE: tableName, SID: sid } = process.env;

// All processes wait for the same moment, so that they meet an empty database together.
process.stdin.once('data', async () => {
  const knex = createKnex({ client, connection: JSON.parse(connection), useNullAsDefault: true });
  const store = createKnexStore(knex, { tableName, timestamps: true });
  await store.set(sid, { sid });
  const session = await store.get(sid);
  if (session?.sid !== sid) throw new Error(`read ${JSON.stringify(session)} instead of ${sid}`);
  await store.close();
  await knex.destroy();
  process.stdin.destroy();
});
process.stdout.write('waiting\n');
