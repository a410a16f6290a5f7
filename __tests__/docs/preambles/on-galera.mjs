/** The block makes a Knex instance, `knex`, whose connections have `wsrep_sync_wait`. Without a cluster, it waits for nobody. */
/* global knex */

import assert from 'node:assert';
import createKnex from 'knex';

process.env.DATABASE_URL = process.env.MYSQL_URL;
{
  /* block */

  const [[{ wait }]] = await knex.raw('SELECT @@SESSION.wsrep_sync_wait AS wait');
  assert.equal(wait, 3);
  await knex.destroy();
}
