/** Fastify 5 with @fastify/session. */

import cookie from '@fastify/cookie';
import session from '@fastify/session';
import createFastify from 'fastify';
import { expressStore as store } from './express-store.mjs';
import { hold, letGo } from './hold.cjs';
import { closeStore, job, sessionOptions } from './setup.mjs';

const { cookie: cookieOptions, ...options } = sessionOptions;

const app = createFastify({ exposeHeadRoutes: false });
app.register(cookie);
app.register(session, {
  secret: 'a key of the tests, of 32 bytes at least',
  saveUninitialized: false,
  ...options,
  cookie: { secure: false, ...cookieOptions },
  store,
});

const actions = {
  'POST /login': (request) => {
    request.session.user = request.query.user;
    request.session.visits = 0;
  },
  'POST /visit': (request) => {
    request.session.visits += 1;
  },
  'POST /colour': (request) => {
    request.session.colour = request.query.colour;
  },
  'POST /visit-and-save': async (request) => {
    request.session.visits += 1;
    await request.session.save();
  },
  'POST /job': ({ query }) => job(query),
  'POST /look-slowly': hold,
  'POST /visit-slowly': async (request) => {
    await hold();
    request.session.visits += 1;
  },
  'POST /regenerate-slowly': async (request) => {
    await hold();
    await request.session.regenerate(['user', 'visits']);
  },
  'POST /let-go': letGo,
  'POST /regenerate': (request) => request.session.regenerate(['user', 'visits']),
  'POST /logout': async (request, reply) => {
    await request.session.destroy();
    reply.clearCookie('sessionId');
  },
};

app.setErrorHandler((error, _request, reply) => {
  reply.code(503).send(error.message);
});

app.addContentTypeParser('*', (_request, _payload, done) => done(null));
app.all('*', async (request, reply) => {
  await actions[`${request.method} ${request.url.split('?')[0]}`]?.(request, reply);
  return { user: request.session?.user ?? null, visits: request.session?.visits ?? 0 };
});

console.log(`listening on ${await app.listen({ port: process.env.PORT, host: '127.0.0.1' })}`);

process.once('SIGTERM', async () => {
  await app.close();
  await closeStore();
});
