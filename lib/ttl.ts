/** When a session expires: from the many forms of a ttl to one number in the `expires` column. */

import { isObject, kindOf, messageOf, typeError } from './errors';

/** The last second that both a bigint column and a JavaScript Date can hold. */
export const maxExpires = 8_640_000_000_000;

/** A lifetime in ms as a number; undefined for 'no ttl': missing, 0, NaN and `'session'`. */
const asTtl = (value: unknown): number | undefined =>
  typeof value === 'number' && value !== 0 && !Number.isNaN(value) ? value : undefined;

/**
 * How long a session lives. The order: `ttl`; else `session.cookie.expires`; else `session.cookie.maxAge`; else
 * `fallback`. At each step, missing, 0, NaN and `'session'` mean 'no ttl'.
 *
 * @param ttl ms, from the caller
 * @param session its `cookie` may have an expiry
 * @param fallback ms
 * @param now ms since the epoch
 * @returns ms; negative for a session that has already expired, `Infinity` for one that never does
 * @throws TypeError if `ttl` has another type, or the cookie cannot be read; `cause` is what reading it threw
 */
export const ttlOf = (ttl: unknown, session: unknown, fallback: number, now: number): number => {
  if (ttl !== undefined && ttl !== null && ttl !== 'session' && typeof ttl !== 'number') {
    const came = typeof ttl === 'string' ? `the string ${JSON.stringify(ttl.slice(0, 40))}` : kindOf(ttl);
    throw new TypeError(`ttl must be a number of milliseconds, 'session', null or undefined, but is ${came}`);
  }
  return asTtl(ttl) ?? cookieTtl(session, now) ?? fallback;
};

/** `expires` is a Date from the app, and an ISO string from a session that was stored. */
const cookieTtl = (session: unknown, now: number): number | undefined => {
  const { expires, maxAge } = cookieOf(session);
  const end = expires instanceof Date || typeof expires === 'string' ? new Date(expires).getTime() : NaN;
  // An expiry at this very millisecond is past, not 'no ttl'.
  if (!Number.isNaN(end)) return end - now || -1;
  return asTtl(maxAge);
};

/** Sessions are the app's objects: reading one may throw. */
const cookieOf = (session: unknown): { expires?: unknown; maxAge?: unknown } => {
  try {
    const cookie = isObject(session) ? session['cookie'] : undefined;
    return isObject(cookie) ? { expires: cookie['expires'], maxAge: cookie['maxAge'] } : {};
  } catch (cause) {
    throw typeError(`session.cookie cannot be read: ${messageOf(cause)}`, cause);
  }
};

/**
 * The second at which a session expires, rounded up to a bucket.
 *
 * A bucket is the largest power of two that is at most 1 % of the ttl, and at least one second. No session ends early,
 * since the expiry is rounded up. A rolling session moves its indexed `expires` about a hundred times in its life, not on
 * every request. Powers of two put a ttl that varies by a moment into the same bucket.
 *
 * @param ttl ms, not negative
 * @param now ms since the epoch
 * @returns whole seconds since the epoch, at most {@link maxExpires}
 */
export const expiresAt = (ttl: number, now: number): number => {
  const hundredth = ttl / 100_000;
  const bucket = hundredth < 2 ? 1 : 2 ** Math.floor(Math.log2(Math.min(hundredth, maxExpires)));
  return Math.min(Math.ceil((now + ttl) / 1000 / bucket) * bucket, maxExpires);
};

/** The second to compare expiries with: a row is live while its `expires` is later. @param now ms since the epoch */
export const secondOf = (now: number): number => Math.floor(now / 1000);

/**
 * The `expires` of a row that its request has claimed, to give it another key: minus the current second. The session has
 * ended, and its age shows. @param now ms since the epoch
 */
export const claimedAt = (now: number): number => -secondOf(now);

/** The least `expires` that a sweep deletes: it leaves rows that were claimed in the last minute. @param now ms since the epoch */
export const sweptFrom = (now: number): number => claimedAt(now) + 60;

/** A time in seconds since the epoch as a Date; the last possible Date for a later time. */
export const dateOf = (second: number): Date => new Date(Math.min(second, maxExpires) * 1000);

/**
 * An absolute lifetime in whole seconds, plus one: where the database stores whole seconds, a session may have been
 * created at the end of its first second, and none may end early.
 *
 * @param ms `Infinity` for none
 */
export const lifetimeInSeconds = (ms: number): number => Math.ceil(ms / 1000) + 1;
