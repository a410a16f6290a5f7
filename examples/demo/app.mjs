/** The demo as a Koa app. */

import Koa from 'koa';
import session from 'koa-session';
import { runBurst } from './burst.mjs';
import { readForm } from './form.mjs';
import { friendlyErrors, goHome, refuseOtherSites, serveAssets, setHeaders } from './http.mjs';
import { checkName } from './name.mjs';
import { homePage } from './pages/home.mjs';
import { loginPage } from './pages/login.mjs';
import { readTables } from './rows.mjs';
import { deviceOf } from './user-agent.mjs';

const cookie = 'demo.sess';

/** How long a session lasts after its last change, in ms. */
const maxAge = 86_400_000;

/**
 * @param sessions see sessions.mjs
 * @param keys the keys that sign the cookies
 * @param startedAt when this process started: older sessions have survived a restart
 */
export const createApp = ({ knex, sessions, keys, startedAt }) => {
  const app = new Koa();
  app.keys = keys;
  /** The result of the last burst, from any user. */
  let burst;

  const isLoggedIn = (ctx) => ctx.session.name !== undefined;

  const showLogin = (ctx, attempt) => {
    // The cookie outlives a session that ended on another device.
    const hasEnded = attempt === undefined && ctx.cookies.get(cookie) !== undefined;
    ctx.body = loginPage({ attempt, hasEnded, startedAt });
  };

  const showHome = async (ctx) => {
    const { name, count, since, externalKey } = ctx.session;
    const [devices, tables] = await Promise.all([
      sessions.sessionsOf(name, { current: externalKey }),
      readTables(knex, sessions.tables, externalKey),
    ]);
    ctx.body = homePage({
      user: { name, count, survived: since < startedAt.getTime() },
      devices,
      tables,
      stats: sessions.stats(),
      burst,
      startedAt,
    });
  };

  const show = (ctx) => (isLoggedIn(ctx) ? showHome(ctx) : showLogin(ctx));

  const logIn = async (ctx) => {
    const attempt = checkName((await readForm(ctx)).get('name') ?? '');
    if (attempt.problem !== undefined) {
      ctx.status = 422;
      return showLogin(ctx, attempt);
    }
    ctx.session = {
      name: attempt.name,
      count: 0,
      since: Date.now(),
      device: deviceOf(ctx.get('User-Agent')),
    };
    // A new id prevents session fixation.
    await ctx.session.regenerate();
    goHome(ctx);
  };

  const count = (ctx) => {
    ctx.session.count += 1;
    goHome(ctx);
  };

  const logOut = (ctx) => {
    ctx.session = null;
    goHome(ctx);
  };

  const logOutDevice = async (ctx) => {
    const handle = (await readForm(ctx)).get('handle');
    const { name, externalKey } = ctx.session;
    // Handles cannot be guessed. Check anyway that this one belongs to the user.
    const own = await sessions.sessionsOf(name, { current: externalKey });
    const chosen = own.find((device) => device.handle === handle) ?? ctx.throw(409);
    if (chosen.current) return logOut(ctx);
    await sessions.destroyByHandle(handle);
    goHome(ctx, 'devices');
  };

  const logOutOthers = async (ctx) => {
    await sessions.destroyAllOf(ctx.session.name, { except: ctx.session.externalKey });
    goHome(ctx, 'devices');
  };

  const requestAtOnce = async (ctx) => {
    burst = await runBurst(sessions, ctx.session.externalKey, maxAge);
    goHome(ctx, 'statistics');
  };

  /** For actions that need a login. The session may have ended after its page was shown. */
  const onlyLoggedIn = (handler) => (ctx) => (isLoggedIn(ctx) ? handler(ctx) : goHome(ctx));

  const routes = new Map([
    ['/', { GET: show }],
    // GET: reloads the address of the page that reported an invalid name.
    ['/login', { GET: (ctx) => goHome(ctx), POST: logIn }],
    ['/count', { POST: onlyLoggedIn(count) }],
    ['/burst', { POST: onlyLoggedIn(requestAtOnce) }],
    ['/devices/logout', { POST: onlyLoggedIn(logOutDevice) }],
    ['/devices/logout-others', { POST: onlyLoggedIn(logOutOthers) }],
    ['/logout', { POST: logOut }],
  ]);

  app.use(friendlyErrors);
  app.use(setHeaders);
  app.use(serveAssets);
  app.use(refuseOtherSites);
  app.use(
    session({ store: sessions, key: cookie, maxAge, renew: true, httpOnly: true, sameSite: 'lax' }, app),
  );
  app.use(async (ctx) => {
    const route = routes.get(ctx.path) ?? ctx.throw(404);
    const handler = route[ctx.method === 'HEAD' ? 'GET' : ctx.method];
    if (handler === undefined) ctx.throw(405, { headers: { Allow: Object.keys(route).join(', ') } });
    await handler(ctx);
  });
  return app;
};
