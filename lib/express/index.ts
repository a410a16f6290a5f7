/**
 * What users of express-session and @fastify/session import from `koa-generic-session-knex/express`; nothing else.
 *
 * @module koa-generic-session-knex/express
 */

export { createExpressStore } from './store';
export type { ExpressStore } from './types';
