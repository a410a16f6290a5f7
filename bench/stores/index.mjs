/** All stores that are measured, by name. */

import session from 'koa-generic-session';
import { createConnectSessionKnexStore } from './connect-session-knex.mjs';
import { createKoaRedisStore } from './koa-redis.mjs';
import { createSingleStore } from './single.mjs';
import { createThisStore } from './this-store.mjs';

const creators = {
  memory: () => ({ store: new session.MemoryStore(), close: () => undefined }),
  store: createThisStore,
  hashed: (place) => createThisStore(place, { hashIds: true }),
  sealed: (place) =>
    createThisStore(place, { hashIds: true, secret: 'a secret of the benchmark, which is none' }),
  connect: createConnectSessionKnexStore,
  single: createSingleStore,
  redis: createKoaRedisStore,
};

/**
 * @param name one of `memory`, `store` (this one), `hashed` (with `hashIds`), `sealed` (with `secret`, too), `connect`, `single`, `redis`
 * @param place where its table lies
 * @returns `{ store, close }`
 */
export const createStore = async (name, place) => creators[name](place);
