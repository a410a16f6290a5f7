/**
 * Express 5 with express-session.
 *
 * Start it: SESSION_KEY=some-secret node examples/express.mjs
 * Visit it: curl -c jar -b jar -X POST 'http://127.0.0.1:3000/login?name=Ada'; curl -c jar -b jar http://127.0.0.1:3000
 */

import { randomBytes } from 'node:crypto';
import express from 'express';
import session from 'express-session';
import createKnex from 'knex';
import { createKnexStore } from 'koa-generic-session-knex';
import { createExpressStore } from 'koa-generic-session-knex/express';

const knex = createKnex({
  client: 'better-sqlite3',
  connection: { filename: process.env.DATABASE_FILE ?? 'sessions.sqlite' },
  useNullAsDefault: true,
});
const store = createKnexStore(knex, { tableName: 'Sessions' });

const app = express();
app.use(
  session({
    store: createExpressStore(store),
    // Signs the cookies. With a random key, every restart logs all users out.
    secret: process.env.SESSION_KEY ?? randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { maxAge: 86_400_000, sameSite: 'lax' },
  }),
);

app.post('/login', (req, res, next) => {
  // A new id prevents session fixation.
  req.session.regenerate((error) => {
    if (error) return next(error);
    req.session.name = String(req.query.name ?? 'Ada').slice(0, 50);
    req.session.count = 0;
    res.type('text').send(`Welcome, ${req.session.name}`);
  });
});

app.post('/logout', (req, res, next) => {
  req.session.destroy((error) => {
    if (error) return next(error);
    res.clearCookie('connect.sid').type('text').send('Goodbye');
  });
});

app.get('/', (req, res) => {
  res.type('text');
  if (req.session.name === undefined) {
    res.send('Not logged in: POST /login?name=Ada');
  } else {
    req.session.count += 1;
    res.send(`${req.session.name}, visit ${req.session.count}`);
  }
});

const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});

const stop = () => {
  server.close(async () => {
    await store.close();
    await knex.destroy();
  });
  // Browsers open connections in advance that they may never use.
  setTimeout(() => server.closeAllConnections(), 1000).unref();
};
process.once('SIGINT', stop).once('SIGTERM', stop);
