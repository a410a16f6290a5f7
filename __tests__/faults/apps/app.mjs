/** An app whose database fails: it says why it could not serve, when its store noticed, and how much memory it takes. */

import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import knexModule from 'knex';
import Koa2 from 'koa-2';
import Koa3 from 'koa';
import genericSession from 'koa-generic-session';
import koaSession from 'koa-session';
import createKnexStore from 'koa-generic-session-knex';

const { DATABASE_CLIENT, DATABASE_URL, MIDDLEWARE, PORT, STORE_OPTIONS } = process.env;

const knex = knexModule({
  client: DATABASE_CLIENT,
  connection: DATABASE_URL,
  log: { warn: () => undefined },
});
const store = createKnexStore(knex, JSON.parse(STORE_OPTIONS));
for (const event of ['connect', 'unavailable', 'available', 'error']) {
  store.on(event, (cause) => console.log(`event: ${event} ${cause?.code ?? cause?.message ?? ''}`.trim()));
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
const heapUsed = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

/** Many calls of the store at once: how they ended, and the heap that those took which were left waiting, in bytes. */
const burst = async (calls) => {
  const before = heapUsed();
  const ends = {};
  let left = calls;
  const end = (how) => {
    ends[how] = (ends[how] ?? 0) + 1;
    left -= 1;
  };
  // Nothing holds the promises of calls that have ended, so that they do not count.
  for (let n = 0; n < calls; n += 1) {
    store.set(`burst-${n}`, { text: `${n} `.repeat(200) }).then(
      () => end('stored'),
      ({ code }) => end(code),
    );
  }
  await nextTurn();
  const atOnce = { ...ends };
  const heapGrowth = heapUsed() - before;
  while (left > 0) await delay(20);
  return { atOnce, ends, heapGrowth };
};

/** Before the sessions: what has none, and what becomes of errors. */
const outermost = async (ctx, next) => {
  if (ctx.path === '/burst') {
    ctx.body = await burst(Number(ctx.query.calls));
    return;
  }
  try {
    await next();
  } catch ({ code = null, operation = null, message, cause }) {
    ctx.status = 503;
    ctx.body = { code, operation, message, cause: cause?.code ?? cause?.message ?? null };
  }
};

const actions = {
  'POST /login': (ctx) => {
    ctx.session.user = ctx.query.user;
    ctx.session.visits = 0;
  },
  'POST /visit': (ctx) => {
    ctx.session.visits += 1;
  },
};

const respond = (ctx) => {
  actions[`${ctx.method} ${ctx.path}`]?.(ctx);
  ctx.body = { user: ctx.session.user ?? null, visits: ctx.session.visits ?? null };
};

const app = MIDDLEWARE === 'koa-session 7' ? new Koa3() : new Koa2();
app.keys = ['a key of the tests'];
app.use(outermost);
app.use(MIDDLEWARE === 'koa-session 7' ? koaSession({ store }, app) : genericSession({ store }));
app.use(respond);

const server = app.listen(PORT, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
process.once('SIGTERM', () => {
  server.close(async () => {
    await store.close();
    await knex.destroy();
  });
});

// However the tests end, it ends with them.
process.stdin.once('end', () => process.exit(1)).resume();
process.stdin.unref();
