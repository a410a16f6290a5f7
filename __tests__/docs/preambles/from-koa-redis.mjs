/** The block puts one store of two into an app, `app`, by the step of a migration. A visitor stays through all of them. */

import assert from 'node:assert';
import Koa from 'koa';
import session from 'koa-session';
import koaRedis from 'koa-redis';
import { createKnexStore } from 'koa-generic-session-knex';
import { ask, knex, serve } from './support.mjs';

// What the page tells its readers to copy; it lies beside the block.
const { readThrough } = await import(new URL('migrating/read-through.mjs', import.meta.url));
const options = { tableName: 'Sessions' };
const places = [];

/** An app of the step, as a deploy starts it. */
const deploy = async (step) => {
  process.env.STEP = step;
  const app = new Koa();
  app.keys = ['a key of the tests'];
  /* block */
  // eslint-disable-next-line no-undef -- the block's
  places.push({ redis, table });
  app.use((ctx) => {
    ctx.session.visits = (ctx.session.visits ?? 0) + 1;
    ctx.body = String(ctx.session.visits);
  });
  return serve(app);
};

const cookies = new Map();
const stored = async () => Number((await knex('Sessions').count({ count: '*' }).first()).count);
for (const [index, step] of ['redis first', 'table first', 'table alone'].entries()) {
  const { server, url } = await deploy(step);
  assert.equal(await ask(url, cookies), String(index + 1));
  await places.at(-1).table.ready();
  // What is saved is in the table from the second step on.
  assert.equal(await stored(), step === 'redis first' ? 0 : 1);
  server.close();
}
for (const { redis, table } of places) {
  await redis.quit();
  await table.close();
}
await knex.destroy();
