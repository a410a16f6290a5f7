/** What users of express-session and @fastify/session import; nothing else. */

export { createExpressStore } from './store';
export type { ExpressStore } from './types';
