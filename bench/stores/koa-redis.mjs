/** koa-redis, the usual choice where there is a Redis. */

import createRedisStore from 'koa-redis';

export const createKoaRedisStore = ({ url }) => {
  const store = createRedisStore({ url });
  return { store, close: () => store.quit() };
};
