/** Koa 3 with koa-session 7. */

import { randomUUID } from 'node:crypto';
import Koa from 'koa';
import session from 'koa-session';
import { hold, letGo } from './hold.cjs';
import { job, serve, sessionOptions, store } from './setup.mjs';

store.on('error', (error) => {
  console.log(`error event: ${error.code}`);
});

const app = new Koa();
app.keys = ['a key of the tests'];
app.use(async (ctx, next) => {
  await next();
  if (ctx.path !== '/rotate') return;
  const id = randomUUID();
  const { externalKey } = ctx.session;
  if (await store.rotate(externalKey, id, { grace: Number(ctx.query.grace) })) {
    ctx.cookies.set(ctx.sessionOptions.key, id, ctx.sessionOptions);
  }
});
app.use(session({ ...sessionOptions, store }, app));

const actions = {
  'POST /login': (ctx) => {
    ctx.session.user = ctx.query.user;
    ctx.session.visits = 0;
  },
  'POST /visit': (ctx) => {
    ctx.session.visits += 1;
  },
  'POST /colour': (ctx) => {
    ctx.session.colour = ctx.query.colour;
  },
  'POST /stay': (ctx) => {
    ctx.session.maxAge = Number(ctx.query.for);
  },
  'POST /job': ({ query }) => job(query),
  'POST /look-slowly': hold,
  'POST /visit-slowly': async ({ session }) => {
    await hold();
    session.visits += 1;
  },
  'POST /regenerate-slowly': async (ctx) => {
    await hold();
    await ctx.session.regenerate();
  },
  'POST /let-go': letGo,
  'POST /regenerate': async (ctx) => {
    await ctx.session.regenerate();
  },
  // The middleware in front does the rest.
  'POST /rotate': async (ctx) => {
    if (ctx.query.visits) ctx.session.visits = Number(ctx.query.visits);
    if (ctx.query.slowly) await hold();
  },
  'POST /logout': (ctx) => {
    ctx.session = null;
  },
};

app.use(async (ctx) => {
  await actions[`${ctx.method} ${ctx.path}`]?.(ctx);
  ctx.body = { user: ctx.session?.user ?? null, visits: ctx.session?.visits ?? 0 };
});

serve(app);
