/** When a session expires: from the many ways to name a ttl to one number in the `expires` column. */

import { kindOf, messageOf } from './errors';

/** A ttl as middlewares name it: milliseconds, or koa-session's `'session'` for 'as long as the browser is open'. */
export type Ttl = number | 'session' | null | undefined;

/** The last second that both a bigint column and a JavaScript Date can hold. */
export const maxExpires = 8_640_000_000_000;

interface CookieLike {
  expires?: unknown;
  maxAge?: unknown;
}

/**
 * How long a session lives.
 *
 * The order: `ttl`; else `session.cookie.expires`; else `session.cookie.maxAge`; else `fallback`.
 * Missing, 0, NaN and `'session'` mean 'no ttl' at each step.
 *
 * @param ttl ms, from the caller
 * @param session whose `cookie`, if it has one, may name an expiry
 * @param fallback ms, for sessions that name none
 * @param now ms since the epoch
 * @returns ms; negative for a session that has expired already, `Infinity` for one that never does
 * @throws TypeError if `ttl` is of another kind, or the cookie cannot be read; `cause` is what it throws
 */
export const ttlOf = (ttl: unknown, session: unknown, fallback: number, now: number): number => {
  checkTtl(ttl);
  return asTtl(ttl) ?? cookieTtl(session, now) ?? fallback;
};

const checkTtl = (ttl: unknown): void => {
  if (ttl === undefined || ttl === null || ttl === 'session' || typeof ttl === 'number') return;
  const came = typeof ttl === 'string' ? `the string ${JSON.stringify(ttl.slice(0, 40))}` : kindOf(ttl);
  throw new TypeError(`ttl must be a number of milliseconds, 'session', null or undefined, but is ${came}`);
};

const asTtl = (value: unknown): number | undefined =>
  typeof value === 'number' && value !== 0 && !Number.isNaN(value) ? value : undefined;

/** Both undefined where there is no cookie. What a session does that is looked at is its own, and may be to throw. */
const cookieOf = (session: unknown): CookieLike => {
  try {
    const cookie = (session as { cookie?: CookieLike | null } | null | undefined)?.cookie;
    if (typeof cookie !== 'object' || cookie === null) return {};
    return { expires: cookie.expires, maxAge: cookie.maxAge };
  } catch (cause) {
    throw Object.assign(new TypeError(`session.cookie cannot be read: ${messageOf(cause)}`), { cause });
  }
};

/** `expires` comes as a Date from the app, and as its ISO string from a session that was stored. */
const cookieTtl = (session: unknown, now: number): number | undefined => {
  const { expires, maxAge } = cookieOf(session);
  const end = expires instanceof Date || typeof expires === 'string' ? new Date(expires).getTime() : NaN;
  // An expiry of this very moment is past, not 'no ttl'.
  if (!Number.isNaN(end)) return end - now || -1;
  return asTtl(maxAge);
};

/**
 * The second at which a session that lives for `ttl` expires, rounded up to a bucket.
 *
 * A bucket is the largest power of two that is at most 1 % of the ttl, and at least one second. Rounding up
 * means that no session ends early; buckets mean that a rolling session moves its indexed `expires` about a
 * hundred times in its life, not on every request; powers of two mean that a ttl that varies by a moment
 * still falls into the same buckets.
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

/** The second that expiries are compared with: a row is live while its `expires` lies after it. */
export const secondOf = (now: number): number => Math.floor(now / 1000);

/** A time in seconds since the epoch as a Date; the last one that there is for what lies beyond. */
export const dateOf = (second: number): Date => new Date(Math.min(second, maxExpires) * 1000);

/**
 * An absolute lifetime in whole seconds. One more than it has: where the database keeps whole seconds, a session may
 * have been created at the end of its first one, and none is to end early.
 *
 * @param ms `Infinity` for none
 */
export const lifetimeInSeconds = (ms: number): number => Math.ceil(ms / 1000) + 1;
