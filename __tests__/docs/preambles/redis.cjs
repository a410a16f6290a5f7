/** Before commands: a Redis with sessions of koa-generic-session and something else, and options for their new table. */

'use strict';

const { writeFileSync } = require('node:fs');
const redis = require('koa-redis')({ url: process.env.REDIS_URL });

writeFileSync('session-options.mjs', 'export default {};\n');
const fill = async () => {
  for (const id of ['a', 'b', 'c']) {
    await redis.set(`koa:sess:${id}`, { user: id, cookie: { maxAge: 60_000 } }, 60_000);
  }
  await redis.set('another:key', { user: 'nobody', cookie: {} }, 60_000);
  await redis.quit();
};
fill();
