/** Recognises loaded sessions: in the object that was read, and in the one that a middleware makes of it and saves. */

import type { CallContext } from '../index';
import { isObject } from '../errors';

/** A symbol: other code does not see it among the cookie's properties, and it is not stored. */
const loadedBy = Symbol('loaded by');

export const createLoaders = () => {
  const contexts = new WeakMap<object, CallContext>();

  return {
    remember: (session: object, context: CallContext): void => {
      contexts.set(session, context);
      const { cookie } = session as { cookie?: unknown };
      // For @fastify/session. What cannot be marked, a frozen object of some codec, is a new session then.
      if (isObject(cookie)) Reflect.defineProperty(cookie, loadedBy, { value: context, enumerable: true });
    },

    /** A middleware has made the one of the other. */
    pass: (from: object, to: object): void => {
      const context = contexts.get(from);
      if (context !== undefined) contexts.set(to, context);
    },

    /** Undefined for a session that was not loaded: a new one. */
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
    const options: unknown = Reflect.get(session, symbol);
    if (isObject(options) && loadedBy in options) return options[loadedBy] as CallContext;
  }
  return undefined;
};
