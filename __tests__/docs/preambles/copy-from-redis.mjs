/** The block is a transcript: what a copy of sessions of koa-redis prints. */

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import koaRedis from 'koa-redis';
import { mustPrint, onRedis } from './support.mjs';

const [command, ...lines] = process.env.BLOCK.split('\n');
writeFileSync('session-options.mjs', "export default { tableName: 'Sessions' };\n");
process.env.DATABASE_CLIENT = 'pg';

await onRedis(async () => {
  const redis = koaRedis({ url: process.env.REDIS_URL });
  for (const id of ['a', 'b', 'c']) {
    await redis.set(`koa:sess:${id}`, { user: id, cookie: { maxAge: 60_000 } }, 60_000);
  }
  await redis.set('another:key', { user: 'nobody', cookie: {} }, 60_000);
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', command.replace(/^\$ /, '')]);
  mustPrint(lines, stdout + stderr);
  await redis.quit();
});
