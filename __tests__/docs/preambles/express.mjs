/** The block puts express-session, `session`, into an Express app, `app`. Then somebody comes twice. */

import assert from 'node:assert';
import express from 'express';
import session from 'express-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { createExpressStore } from 'koa-generic-session-knex/express';
import { ask, knex, serve } from './support.mjs';

const app = express();
const name = 'connect.sid';
const secret = 'a secret of the tests';
const store = createKnexStore(knex);
{
  /* block */
}
app.get('/', (req, res) => {
  req.session.visits = (req.session.visits ?? 0) + 1;
  res.send(String(req.session.visits));
});
const { server, url } = await serve(app);
const cookies = new Map();
assert.equal(await ask(url, cookies), '1');
assert.equal(await ask(url, cookies), '2');
assert.equal(await store.length(), 1);
server.close();
await store.close();
await knex.destroy();
