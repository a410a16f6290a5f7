/** Before commands: what `empty` brings, and sessions that live, and sessions that have ended. */

'use strict';

require('./empty.cjs');
const { resolve } = require('node:path');
const { knex } = require('knex');
const { createKnexStore } = require('koa-generic-session-knex');

const db = knex(require(resolve('knexfile.cjs')));
const fill = async () => {
  const store = createKnexStore(db, { timestamps: true, gcFrequency: 0 });
  const ids = Array.from({ length: 3_000 }, (_, n) => n);
  await Promise.all(ids.map((n) => store.set(`koa:sess:session-${n}`, { user: n }, 60_000 + n * 28_000)));
  await db('Sessions').whereLike('id', '%7').update({ expires: 1_700_000_000 });
  await store.close();
  await db.destroy();
};
fill();
