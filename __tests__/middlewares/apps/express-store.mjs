/** The store of these apps as express-session and @fastify/session call it, loaded as the test wants it. */

import { createRequire } from 'node:module';
import { store } from './setup.mjs';

const { createExpressStore } =
  process.env.FORMAT === 'cjs'
    ? createRequire(import.meta.url)('koa-generic-session-knex/express')
    : await import('koa-generic-session-knex/express');

export const expressStore = createExpressStore(store);
