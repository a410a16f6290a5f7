/** Express 5 with express-session. */

import { randomUUID } from 'node:crypto';
import express from 'express';
import session from 'express-session';
import { expressStore as store } from './express-store.mjs';
import { hold, letGo } from './hold.cjs';
import { job, serve, sessionOptions } from './setup.mjs';

const app = express();
app.use(
  session({
    secret: 'a key of the tests',
    resave: false,
    saveUninitialized: false,
    ...sessionOptions,
    store,
  }),
);

/** The methods of a session take callbacks. */
const done = (call) =>
  new Promise((resolve, reject) => {
    call((error) => (error ? reject(error) : resolve()));
  });

const actions = {
  'POST /login': (req) => {
    req.session.user = req.query.user;
    req.session.visits = 0;
    if (req.query.expires !== undefined) req.session.cookie.expires = new Date(Number(req.query.expires));
  },
  'POST /visit': (req) => {
    req.session.visits += 1;
  },
  'POST /colour': (req) => {
    req.session.colour = req.query.colour;
  },
  'POST /visit-and-save': async (req) => {
    req.session.visits += 1;
    await done((callback) => req.session.save(callback));
  },
  'POST /visit-and-reload': async (req) => {
    req.session.visits += 1;
    await done((callback) => req.session.reload(callback));
  },
  'POST /job': ({ query }) => job(query),
  'POST /look-slowly': hold,
  'POST /visit-slowly': async (req) => {
    await hold();
    req.session.visits += 1;
  },
  'POST /reload-slowly': async (req) => {
    await done((callback) => req.session.reload(callback));
    await hold();
    req.session.visits += 1;
  },
  'POST /let-go': letGo,
  'POST /regenerate': async (req) => {
    const { user } = req.session;
    await done((callback) => req.session.regenerate(callback));
    req.session.user = user;
  },
  'POST /rotate': async (req) => {
    if (req.query.visits) req.session.visits = Number(req.query.visits);
    if (req.query.slowly) await hold();
    const id = randomUUID();
    if (await store.rotate(req.sessionID, id, { grace: Number(req.query.grace) })) {
      req.sessionID = id;
      store.createSession(req, req.session);
    }
  },
  'POST /logout': async (req, res) => {
    await done((callback) => req.session.destroy(callback));
    res.clearCookie('connect.sid');
  },
  'POST /unset': (req) => {
    req.session = null;
  },
  'POST /logout-without-waiting': (req) => {
    req.session.destroy();
  },
};

app.use(async (req, res) => {
  await actions[`${req.method} ${req.path}`]?.(req, res);
  res.json({ user: req.session?.user ?? null, visits: req.session?.visits ?? 0 });
});

// Four parameters: an error handler.
app.use((error, _req, res, next) => {
  console.log(`next(error): ${error.message}`);
  // What fails as the response ends comes when its head has been sent.
  if (res.headersSent) next(error);
  else res.status(503).send(error.message);
});

serve(app);
