/** The app under load, in a process of its own: Koa 2, koa-generic-session 2, and the store that it is told. */

import Koa from 'koa';
import session from 'koa-generic-session';
import { sessionOf, userOf } from '../sessions.mjs';
import { createStore } from '../stores/index.mjs';
import { readInput } from '../support/processes.mjs';

const { storeName, place } = readInput();
const { store, close } = storeName === 'none' ? {} : await createStore(storeName, place);

const handlers = {
  '/login': (ctx) => {
    Object.assign(ctx.session, userOf(Number(ctx.query.user)));
    ctx.body = ctx.session.name;
  },
  '/read': (ctx) => {
    ctx.body = ctx.session.name;
  },
  '/write': (ctx) => {
    ctx.session.count += 1;
    ctx.body = `${ctx.session.name} ${ctx.session.count}`;
  },
  '/session': (ctx) => {
    ctx.body = { name: ctx.session.name, count: ctx.session.count };
  },
};

const app = new Koa();
app.keys = ['bench'];
if (store === undefined) {
  // Without sessions, everybody is the same user, so that answers are as long as in the other rows.
  const everybody = sessionOf(0);
  app.use((ctx, next) => {
    ctx.session = everybody;
    return next();
  });
} else {
  app.use(session({ store }));
}
app.use((ctx) => {
  if (ctx.path !== '/login') ctx.assert(ctx.session.name, 401);
  handlers[ctx.path](ctx);
});

const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

process.once('disconnect', () => {
  server.close(() => close?.());
  server.closeAllConnections();
});
