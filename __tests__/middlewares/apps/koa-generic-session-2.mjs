/** Koa 2 with koa-generic-session 2. */

import { randomUUID } from 'node:crypto';
import Koa from 'koa-2';
import session from 'koa-generic-session';
import { hold, letGo } from './hold.cjs';
import { job, serve, sessionOptions, store } from './setup.mjs';

const app = new Koa();
app.keys = ['a key of the tests'];
app.use(session({ ...sessionOptions, store }));

const actions = {
  'POST /login': (ctx) => {
    ctx.session.user = ctx.query.user;
    ctx.session.visits = 0;
    if (ctx.query.expires !== undefined) ctx.session.cookie.expires = new Date(Number(ctx.query.expires));
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
  'POST /copy-slowly': async (ctx) => {
    await hold();
    ctx.session = { ...ctx.session, visits: 1 };
  },
  'POST /let-go': letGo,
  'POST /regenerate': async (ctx) => {
    const { user } = ctx.session;
    await ctx.regenerateSession();
    ctx.session.user = user;
  },
  'POST /rotate': async (ctx) => {
    if (ctx.query.visits) ctx.session.visits = Number(ctx.query.visits);
    if (ctx.query.slowly) await hold();
    const id = randomUUID();
    const grace = Number(ctx.query.grace);
    if (await store.rotate(`koa:sess:${ctx.sessionId}`, `koa:sess:${id}`, { grace })) {
      ctx.sessionId = id;
      ctx.sessionSave = true;
    }
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
