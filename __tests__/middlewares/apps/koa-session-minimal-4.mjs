/** Koa 2 with koa-session-minimal 4. */

import { randomUUID } from 'node:crypto';
import Koa from 'koa-2';
import session from 'koa-session-minimal';
import { hold, letGo } from './hold.cjs';
import { job, serve, sessionOptions, store } from './setup.mjs';

const app = new Koa();
app.use(async (ctx, next) => {
  await next();
  if (ctx.path !== '/rotate') return;
  const id = randomUUID();
  const old = ctx.cookies.get('koa:sess');
  if (await store.rotate(`koa:sess:${old}`, `koa:sess:${id}`, { grace: Number(ctx.query.grace) })) {
    ctx.cookies.set('koa:sess', id, { httpOnly: true, overwrite: true });
  }
});
app.use(session({ ...sessionOptions, store }));

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
  'POST /job': ({ query }) => job(query),
  'POST /look-slowly': hold,
  'POST /visit-slowly': async ({ session }) => {
    await hold();
    session.visits += 1;
  },
  'POST /regenerate-slowly': async (ctx) => {
    await hold();
    ctx.sessionHandler.regenerateId();
  },
  'POST /let-go': letGo,
  'POST /regenerate': (ctx) => {
    ctx.sessionHandler.regenerateId();
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
