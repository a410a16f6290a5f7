/** The middlewares that the store is tested with, and where they differ. */

import type { Middleware } from './support';

export const koaGenericSession1: Middleware = {
  app: 'koa-generic-session-1.cjs',
  cookie: 'koa.sid',
  awaitsWrites: true,
  livingFor: (maxAge) => ({ cookie: { maxAge } }),
  unsigned: { cookie: { signed: false } },
  endOf: ({ expires }) => expires * 1000,
};

export const koaGenericSession2: Middleware = { ...koaGenericSession1, app: 'koa-generic-session-2.mjs' };

export const koaSession7: Middleware = {
  app: 'koa-session-7.mjs',
  cookie: 'koa.sess',
  awaitsWrites: true,
  livingFor: (maxAge) => ({ maxAge }),
  unsigned: { signed: false },
  // Its own limit lies within the session, ten seconds before that of the row.
  endOf: ({ data }) => Number(data._expire),
};

export const koaSessionMinimal4: Middleware = {
  app: 'koa-session-minimal-4.mjs',
  cookie: 'koa:sess',
  awaitsWrites: false,
  livingFor: (maxAge) => ({ cookie: { maxAge } }),
  unsigned: {},
  endOf: ({ expires }) => expires * 1000,
};

export const expressSession: Middleware = {
  ...koaGenericSession1,
  app: 'express-session.mjs',
  cookie: 'connect.sid',
  prolongsByRequests: true,
  // Cookies are always signed.
  unsigned: {},
};

export const fastifySession: Middleware = {
  ...koaGenericSession1,
  app: 'fastify-session.mjs',
  cookie: 'sessionId',
  // Its `regenerate` cannot be told from its `destroy` before the callback has run.
  deletesLater: true,
  livingFor: (maxAge) => ({ rolling: false, cookie: { maxAge } }),
  unsigned: {},
  // Its own limit lies within the session.
  endOf: ({ data }) => Date.parse((data.cookie as { expires: string }).expires),
};
