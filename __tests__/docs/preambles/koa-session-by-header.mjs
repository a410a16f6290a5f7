/** The block lets koa-session take ids from the header `x-session`, in a Koa 3 app. Then a client without cookies logs in. */

import assert from 'node:assert';
import Koa from 'koa';
import session from 'koa-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { handle, knex } from './support.mjs';

const app = new Koa();
app.keys = ['a key of the tests'];
const store = createKnexStore(knex);
{
  /* block */
}
app.use((ctx) => handle(ctx));
const server = app.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const ask = (path, id) =>
  fetch(`http://127.0.0.1:${server.address().port}${path}`, {
    headers: id === null ? {} : { 'x-session': id },
  });
const login = await ask('/login', null);
const id = login.headers.get('x-session');
assert(id);
assert.equal(await (await ask('/', id)).text(), 'Ada');
assert.equal(await (await ask('/', `${id}x`)).text(), 'nobody');
server.close();
await store.close();
await knex.destroy();
