/** The demo as a Koa app: what each request does. */

import { readFileSync } from 'node:fs';
import Koa from 'koa';
import session from 'koa-session';
import { readForm } from './form.mjs';
import { errorPage, homePage, longestName } from './page.mjs';

const asset = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const assets = new Map([
  ['/style.css', asset('style.css')],
  ['/favicon.svg', asset('favicon.svg')],
]);

const headers = {
  'Cache-Control': 'no-store',
  // The page has no scripts at all, so whatever slipped through the escaping would still not run.
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** @param startedAt when this process started, to tell the sessions that are older than it */
export const createApp = ({ knex, store, keys, startedAt }) => {
  const app = new Koa();
  app.keys = keys;

  const show = async (ctx, { status = 200, attempt } = {}) => {
    const { name, count, since } = ctx.session;
    const { tableName } = store.options;
    const isLoggedIn = name !== undefined;
    ctx.status = status;
    ctx.body = homePage({
      user: isLoggedIn ? { name, count, survived: since < startedAt.getTime() } : undefined,
      // koa-session's ids are UUIDs, and such ids are the keys of their rows as they are.
      row: isLoggedIn ? await knex(tableName).where({ id: ctx.session.externalKey }).first() : undefined,
      attempt,
      tableName,
      startedAt,
      sessions: await store.length(),
    });
  };

  const logIn = async (ctx) => {
    const attempt = checkName((await readForm(ctx)).get('name') ?? '');
    if (attempt.problem !== undefined) return show(ctx, { status: 422, attempt });
    ctx.session = { name: attempt.name, count: 0, since: Date.now() };
    // A new id, so that nobody who knew the old one is logged in as well.
    await ctx.session.regenerate();
    goHome(ctx);
  };

  const count = (ctx) => {
    if (ctx.session.name !== undefined) ctx.session.count += 1;
    goHome(ctx);
  };

  const logOut = (ctx) => {
    ctx.session = null;
    goHome(ctx);
  };

  const routes = new Map([
    ['/', { GET: show }],
    // GET: the address of a page that said what is wrong with a name, when it is entered again.
    ['/login', { GET: goHome, POST: logIn }],
    ['/count', { POST: count }],
    ['/logout', { POST: logOut }],
  ]);

  app.use(friendlyErrors);
  app.use(async (ctx, next) => {
    ctx.set(headers);
    await next();
  });
  app.use(serveAssets);
  app.use(refuseOtherSites);
  app.use(
    session(
      { store, key: 'demo.sess', maxAge: 86_400_000, renew: true, httpOnly: true, sameSite: 'lax' },
      app,
    ),
  );
  app.use(async (ctx) => {
    const route = routes.get(ctx.path) ?? ctx.throw(404);
    const handler = route[ctx.method === 'HEAD' ? 'GET' : ctx.method];
    if (handler === undefined) ctx.throw(405, { headers: { Allow: Object.keys(route).join(', ') } });
    await handler(ctx);
  });
  return app;
};

/** After a POST: so that reloading the page does not send it again. */
const goHome = (ctx) => {
  ctx.redirect('/');
  ctx.status = 303;
};

/** @returns the name as it will be shown, and what is wrong with it in a visitor's words, if anything is */
const checkName = (input) => {
  const name = input.normalize('NFC').trim();
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) return { name, problem: 'Please enter a name.' };
  if (name.length > longestName) {
    return { name, problem: `That name is too long: please use at most ${longestName} characters.` };
  }
  if (/\p{Cc}/u.test(name)) return { name, problem: 'Please use a name without control characters.' };
  return { name };
};

const friendlyErrors = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    // Only errors that Koa made for a visitor may speak to one.
    ctx.status = error.expose === true ? error.status : 500;
    ctx.set(error.expose === true ? (error.headers ?? {}) : {});
    ctx.body = errorPage(ctx.status);
    if (ctx.status === 500) ctx.app.emit('error', error, ctx);
  }
};

const serveAssets = async (ctx, next) => {
  const body = ctx.method === 'GET' || ctx.method === 'HEAD' ? assets.get(ctx.path) : undefined;
  if (body === undefined) return next();
  ctx.type = ctx.path.slice(ctx.path.lastIndexOf('.'));
  ctx.body = body;
};

/** Cookies with `sameSite` still travel between the ports of one host, and a login needs no cookie at all. */
const refuseOtherSites = async (ctx, next) => {
  const from = ctx.get('Sec-Fetch-Site');
  if (ctx.method === 'POST' && from !== '' && from !== 'same-origin' && from !== 'none') ctx.throw(403);
  await next();
};
