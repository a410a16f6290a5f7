/** The block gives the session of a request another id, with express-session. */

import { randomUUID } from 'node:crypto';
import express from 'express';
import session from 'express-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { createExpressStore } from 'koa-generic-session-knex/express';
import { checkRotation, knex } from './support.mjs';

const app = express();
const store = createKnexStore(knex);
const expressStore = createExpressStore(store);
const secret = 'a secret of the tests';
app.use(session({ store: expressStore, secret, resave: false, saveUninitialized: false }));
app.use(async (req, res) => {
  if (req.path === '/begin') req.session.user = 'Ada';
  if (req.path === '/rotate') {
    /* block */
  }
  res.send(req.session.user ?? 'nobody');
});
await checkRotation(app, store);
