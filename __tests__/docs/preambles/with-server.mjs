/** The block makes the app, whose server is `server`, end when it is told to. Then it is told to, and ends by itself. */

import { createServer } from 'node:http';
import { createKnexStore } from 'koa-generic-session-knex';
import { knex } from './support.mjs';

const store = createKnexStore(knex);
const server = createServer((request, response) => response.end());
server.listen(0, '127.0.0.1');
await store.set('a', { user: 'Ada' });
{
  /* block */
}
const tooLate = setTimeout(() => {
  console.error('it did not end');
  process.exit(1);
}, 10_000);
tooLate.unref();
process.kill(process.pid, 'SIGTERM');
