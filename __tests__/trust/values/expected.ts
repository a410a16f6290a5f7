/** What must become of hostile values, as README.md and the store's types promise it. */

import { ok } from 'node:assert';

/** What JSON makes of a session; undefined if that is none, so that it must be refused. */
export const asJson = (session: unknown): object | undefined => {
  if (typeof session !== 'object' || session === null) return undefined;
  try {
    const read: unknown = JSON.parse(JSON.stringify(session));
    return typeof read === 'object' && read !== null ? read : undefined;
  } catch {
    return undefined;
  }
};

/**
 * How long a session lives, in ms; negative if it has ended; undefined for a ttl that must be refused, and for a
 * session that throws when it is asked.
 *
 * @param fallback ms, where neither ttl nor cookie says anything
 * @param now ms since the epoch
 */
export const lifetimeOf = (
  ttl: unknown,
  session: unknown,
  fallback: number,
  now: number,
): number | undefined => {
  const isNone = (value: unknown): boolean =>
    value === undefined || value === null || value === 'session' || value === 0 || Number.isNaN(value);
  if (!isNone(ttl)) return typeof ttl === 'number' ? ttl : undefined;
  const cookie = cookieOf(session);
  if (cookie === undefined) return undefined;
  const { expires, maxAge } = cookie;
  const end = expires instanceof Date || typeof expires === 'string' ? +new Date(expires) : NaN;
  if (!Number.isNaN(end)) return end > now ? end - now : Math.min(end - now, -1);
  return typeof maxAge === 'number' && !isNone(maxAge) ? maxAge : fallback;
};

const cookieOf = (session: unknown): { expires?: unknown; maxAge?: unknown } | undefined => {
  try {
    const cookie = (session as { cookie?: unknown } | null | undefined)?.cookie;
    return typeof cookie === 'object' && cookie !== null ? { ...cookie } : {};
  } catch {
    return undefined;
  }
};

/** The last second of a JavaScript Date. */
const lastSecond = 8.64e12;

/**
 * Throws unless this is when a session may expire: never early, at most 1 % or a second late, in whole seconds.
 *
 * @param expires seconds since the epoch
 * @param lifetime ms
 * @param from ms since the epoch: no sooner than then, and no later than `to`, its life began
 */
export const checkExpiry = (expires: unknown, lifetime: number, from: number, to = from): void => {
  const what = `expires ${String(expires)}, ${lifetime} ms from ${from} to ${to}`;
  ok(typeof expires === 'number' && Number.isSafeInteger(expires), `${what}: no integer`);
  ok(expires >= 0 && expires <= lastSecond, `${what}: out of range`);
  if (expires === lastSecond) {
    ok(to + lifetime > lastSecond * 990, `${what}: too long`);
    return;
  }
  ok(expires * 1_000 >= from + lifetime, `${what}: early`);
  ok(expires * 1_000 - (to + lifetime) <= Math.max(lifetime / 100, 1_000), `${what}: late`);
};
