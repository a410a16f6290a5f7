/**
 * For apps that move from Express to koa-session: the option `externalKey`. It reads the session id from the Koa app's
 * cookie or, without one, from the cookie of express-session.
 *
 *   app.use(session({ store, key, externalKey: expressCookie({ key, secrets: [process.env.SESSION_SECRET] }) }, app));
 */

import { createHmac, timingSafeEqual } from 'node:crypto';

/** @returns the session id in an express-session cookie, `s:` + id + `.` + signature; undefined if it is forged */
const unsign = (cookie, secrets) => {
  const dot = cookie.lastIndexOf('.');
  if (!cookie.startsWith('s:') || dot === -1) return undefined;
  const sid = cookie.slice(2, dot);
  const came = Buffer.from(cookie.slice(dot + 1));
  const isSignedWith = (secret) => {
    const expected = createHmac('sha256', secret).update(sid).digest('base64').replace(/=+$/, '');
    return came.length === expected.length && timingSafeEqual(came, Buffer.from(expected));
  };
  return secrets.some(isSignedWith) ? sid : undefined;
};

/**
 * @param key the cookie of the Koa app, signed with `app.keys`
 * @param secrets all secrets that express-session may have signed its cookies with
 * @param expressKey the option `name` of express-session
 * @param cookie options of the Koa app's cookie
 */
export const expressCookie = ({ key, secrets, expressKey = 'connect.sid', cookie = {} }) => ({
  get: (ctx) => {
    const own = ctx.cookies.get(key, { signed: true });
    if (own) return own;
    try {
      return unsign(decodeURIComponent(ctx.cookies.get(expressKey, { signed: false }) ?? ''), secrets);
    } catch {
      return undefined; // Malformed percent-encoding.
    }
  },
  set: (ctx, sid) => {
    ctx.cookies.set(key, sid, { httpOnly: true, sameSite: 'lax', ...cookie, signed: true });
  },
});
