/** An app whose users see the devices that they are logged in on, and log out there: as docs/security.md has it. */

import knexModule from 'knex';
import Koa2 from 'koa-2';
import Koa3 from 'koa';
import genericSession from 'koa-generic-session';
import koaSession from 'koa-session';
import { createKnexStore } from 'koa-generic-session-knex';

const { DATABASE_CLIENT, DATABASE_URL, MIDDLEWARE, PORT, STORE_OPTIONS } = process.env;

const knex = knexModule({ client: DATABASE_CLIENT, connection: DATABASE_URL, useNullAsDefault: true });
const store = createKnexStore(knex, {
  ...JSON.parse(STORE_OPTIONS),
  userId: (session) => session.user,
});

const isKoaSession = MIDDLEWARE === 'koa-session 7';
const app = isKoaSession ? new Koa3() : new Koa2();
app.keys = ['a key of the tests'];
app.use(isKoaSession ? koaSession({ store }, app) : genericSession({ store }));

const sidOf = (ctx) => (isKoaSession ? ctx.session.externalKey : `koa:sess:${ctx.sessionId}`);
const regenerate = (ctx) => (isKoaSession ? ctx.session.regenerate() : ctx.regenerateSession());

const actions = {
  'POST /login': async (ctx) => {
    await regenerate(ctx);
    Object.assign(ctx.session, { user: ctx.query.user, device: ctx.query.device });
  },
  'POST /logout-others': async (ctx) => {
    ctx.body = await store.destroyAllOf(ctx.session.user, { except: sidOf(ctx) });
  },
  'POST /logout-everywhere': async (ctx) => {
    ctx.body = await store.destroyAllOf(ctx.session.user);
    ctx.session = null;
  },
  'POST /password': async (ctx) => {
    const { user, device } = ctx.session;
    await store.destroyAllOf(user, { except: sidOf(ctx) });
    await regenerate(ctx);
    Object.assign(ctx.session, { user, device });
    if (!isKoaSession) ctx.sessionSave = true;
  },
  'POST /logout': async (ctx) => {
    ctx.body = await store.destroyByHandle(ctx.query.handle);
  },
  'GET /devices': async (ctx) => {
    const sessions = await store.sessionsOf(ctx.session.user, { current: sidOf(ctx) });
    ctx.body = sessions.map(({ handle, current, session }) => ({ handle, current, device: session.device }));
  },
};

app.use(async (ctx) => {
  await actions[`${ctx.method} ${ctx.path}`]?.(ctx);
  ctx.body = JSON.stringify(ctx.body ?? ctx.session?.user ?? 'nobody');
});

const server = app.listen(PORT, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
process.once('SIGTERM', () => {
  server.close(async () => {
    await store.close();
    await knex.destroy();
  });
});
process.stdin.once('end', () => process.exit(1)).resume();
process.stdin.unref();
