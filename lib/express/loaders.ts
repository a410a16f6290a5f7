/** Which request loaded a session: from the object that the store read to the one that the middleware makes of it. */

import type { CallContext } from '../index';
import { isObject } from '../errors';

/** A symbol: it is not stored, and invisible to other code that reads the cookie. */
const loadedBy = Symbol('loaded by');

interface Cookie {
  [loadedBy]?: CallContext;
}

export const createLoaders = () => {
  const contexts = new WeakMap<object, CallContext>();

  return {
    /** Called when a session has been read. @param context of the request */
    remember: (session: object, context: CallContext): void => {
      contexts.set(session, context);
      const { cookie } = session as { cookie?: unknown };
      // For @fastify/session. A frozen object, from some codec, cannot be marked and counts as a new session.
      if (isObject(cookie)) Reflect.defineProperty(cookie, loadedBy, { value: context, enumerable: true });
    },

    /** Called when one session object has been made of another. */
    pass: (from: object, to: object): void => {
      const context = contexts.get(from);
      if (context !== undefined) contexts.set(to, context);
    },

    /** The session is now known by this context. */
    become: (session: object, context: CallContext): void => {
      contexts.set(session, context);
    },

    /** Undefined for a new session. */
    contextOf: (session: unknown): CallContext | undefined =>
      isObject(session) ? (contexts.get(session) ?? contextInFastify(session)) : undefined,
  };
};

/**
 * @fastify/session makes its own object without asking the store, and copies all but the cookie. The cookie's
 * properties become options of its next cookie, which it keeps under a symbol of its own, ours among them.
 */
const contextInFastify = (session: object): CallContext | undefined => {
  for (const symbol of Object.getOwnPropertySymbols(session)) {
    const options = (session as Record<symbol, unknown>)[symbol];
    const context = isObject(options) ? (options as Cookie)[loadedBy] : undefined;
    if (context !== undefined) return context;
  }
  return undefined;
};
