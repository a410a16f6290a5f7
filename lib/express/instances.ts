/**
 * Session objects of express-session, made of what was stored: what its base class for stores does.
 *
 * That base class is not imported: the app may have no express-session at all, and this package may find another copy
 * of it than the app. The copy that uses the store has given it `generate`, which makes new sessions; so these show
 * what old ones are made of.
 */

import { isObject } from '../errors';

/** Gives a request a new session. */
export type Generate = (req: object) => void;

/** @fastify/session knows no such thing. */
interface Cookie {
  expires: unknown;
  originalMaxAge: unknown;
  maxAge: unknown;
}

interface StoredCookie extends Partial<Cookie> {
  data?: unknown;
}

interface Request {
  session: object & { constructor: unknown; cookie: Cookie };
}

interface Classes {
  Session: new (req: object, data: object) => object;
  cookie: object;
}

/** What `generate` makes sessions of; asked once for each, as it calls the app's `genid` and `cookie`. */
const classesOf = (generate: Generate, req: object): Classes => {
  // Looks like the request, and takes the new session in its place.
  const request = Object.create(req) as Request;
  generate(request);
  const { session } = request;
  return {
    Session: session.constructor as Classes['Session'],
    cookie: Object.getPrototypeOf(session.cookie) as object,
  };
};

const dateOf = (expires: unknown): unknown => {
  if (typeof expires !== 'string') return expires ?? null;
  const date = new Date(expires);
  return Number.isNaN(date.getTime()) ? null : date;
};

/** The cookie again: with the defaults of express-session, and with what was stored. */
const cookieOf = (prototype: object, stored: StoredCookie): Cookie => {
  // These two are computed.
  const { data: _data, maxAge: _maxAge, expires, originalMaxAge, ...others } = stored;
  const cookie = Object.assign(Object.create(prototype) as Cookie, { path: '/', httpOnly: true }, others);
  cookie.expires = dateOf(expires);
  const isOver = !(cookie.expires instanceof Date) || cookie.expires.getTime() <= Date.now();
  // `touch` has moved the end of the row, not this one within it. Saved before the response ends, it would end the
  // session.
  if (isOver && typeof originalMaxAge === 'number') cookie.maxAge = originalMaxAge;
  // The setters of both have set it to what is left of it. What is neither a number nor nothing would throw at the end of
  // every request, so that express-session never answered.
  const isNumberOrNone = typeof originalMaxAge === 'number' || !originalMaxAge;
  cookie.originalMaxAge = isNumberOrNone ? originalMaxAge : null;
  return cookie;
};

export const createInstances = () => {
  const known = new WeakMap<Generate, Classes>();

  /**
   * @param generate of the middleware that uses the store
   * @param session as it was stored, which stays as it is
   * @throws whatever `generate` throws
   */
  return (generate: Generate, req: object, session: object): object => {
    const classes = known.get(generate) ?? classesOf(generate, req);
    known.set(generate, classes);
    const { cookie } = session as { cookie?: unknown };
    return new classes.Session(req, {
      ...session,
      cookie: cookieOf(classes.cookie, isObject(cookie) ? cookie : {}),
    });
  };
};
