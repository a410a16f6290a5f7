/**
 * The block has the routes of a page of one's devices, in an app with koa-session and \`router\`. Then somebody with
 * three devices ends the sessions of two of them.
 */

import assert from 'node:assert';
import Koa from 'koa';
import session from 'koa-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { ask, knex, serve } from './support.mjs';

const store = createKnexStore(knex, { userId: ({ user }) => user });
const sidOf = (ctx) => ctx.session.externalKey;
const routes = new Map();
const router = {
  get: (path, handler) => routes.set(`GET ${path}`, handler),
  post: (path, handler) => routes.set(`POST ${path}`, handler),
};
{
  /* block */
}
router.post('/login', (ctx) => {
  ctx.session.user = 'Ada';
  ctx.session.device = ctx.request.body.device;
});

const app = new Koa();
app.keys = ['a key of the tests'];
app.use(session({ store }, app));
app.use(async (ctx) => {
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  ctx.request.body = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
  ctx.body = ctx.session.user ?? 'nobody';
  await routes.get(`${ctx.method} ${ctx.path}`)?.(ctx);
});

const { server, url } = await serve(app);
const [phone, laptop, tablet] = [new Map(), new Map(), new Map()];
const post = (path, cookies, form = {}, status = 204) =>
  ask(`${url}${path}`, cookies, { status, method: 'POST', body: new URLSearchParams(form) });
await post('/login', phone, { device: 'phone' }, 200);
await post('/login', laptop, { device: 'laptop' }, 200);
await post('/login', tablet, { device: 'tablet' }, 200);

const devices = JSON.parse(await ask(`${url}/devices`, laptop));
assert.deepEqual(devices.map(({ on }) => on).sort(), ['laptop', 'phone', 'tablet']);
assert.deepEqual(
  devices.filter(({ current }) => current).map(({ on }) => on),
  ['laptop'],
);
await post('/devices/logout', laptop, { handle: devices.find(({ on }) => on === 'phone').handle });
assert.equal(await ask(`${url}/`, phone), 'nobody');
assert.equal(await ask(`${url}/`, tablet), 'Ada');
await post('/devices/logout-others', laptop);
assert.equal(await ask(`${url}/`, tablet), 'nobody');
assert.equal(await ask(`${url}/`, laptop), 'Ada');

server.close();
await store.close();
await knex.destroy();
