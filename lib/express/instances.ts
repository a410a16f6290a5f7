/**
 * Creates session objects of express-session from stored sessions, as its base class for stores does.
 *
 * That base class is not imported: the app may not use express-session at all, or this package may resolve another copy
 * of it. The copy that uses the store passes it `generate`, which creates new sessions: they show the classes to use.
 */

import { isObject } from '../errors';

/** Gives a request a new session. */
export type Generate = (req: object) => void;

/** Of express-session; @fastify/session has its own. */
interface Cookie {
  expires: unknown;
  originalMaxAge: unknown;
  maxAge: unknown;
}

interface Request {
  session: object & { constructor: unknown; cookie: Cookie };
}

interface Classes {
  Session: new (req: object, data: object) => object;
  cookie: object;
}

/** The classes that `generate` uses. Found once for each, because it calls the app's `genid` and `cookie`. */
const classesOf = (generate: Generate, req: object): Classes => {
  // Inherits from the request, and takes the new session in its place.
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

/** The stored cookie, with the defaults of express-session. */
const cookieOf = (prototype: object, stored: Partial<Cookie> & { data?: unknown }): Cookie => {
  // Computed from the others.
  const { data: _data, maxAge: _maxAge, expires, originalMaxAge, ...others } = stored;
  const cookie = Object.assign(Object.create(prototype) as Cookie, { path: '/', httpOnly: true }, others);
  cookie.expires = dateOf(expires);
  const isOver = !(cookie.expires instanceof Date) || cookie.expires.getTime() <= Date.now();
  // `touch` moves the row's expiry, not this one. If it were saved as it is before the response ends, the session would
  // end.
  if (isOver && typeof originalMaxAge === 'number') cookie.maxAge = originalMaxAge;
  // The setters above have set it to the time left. Any other value would throw at the end of every request, and
  // express-session would never answer.
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
