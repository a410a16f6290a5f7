/** Who has loaded a session: from the object that was read to the one that a middleware makes of it, and saves. */

import type { CallContext } from '../index';
import { isObject } from '../errors';

/** A symbol, so that it is no property of the cookie to anybody else, nor stored. */
const loadedBy = Symbol('loaded by');

interface Cookie {
  [loadedBy]?: CallContext;
}

export interface Loaders {
  /** A session has been read for somebody. */
  remember(this: void, session: object, context: CallContext): void;
  /** The one has been made of the other. */
  pass(this: void, from: object, to: object): void;
  /** Undefined for a session that nobody has loaded: a new one. */
  contextOf(this: void, session: unknown): CallContext | undefined;
}

export const createLoaders = (): Loaders => {
  const contexts = new WeakMap<object, CallContext>();

  return {
    remember: (session, context) => {
      contexts.set(session, context);
      const { cookie } = session as { cookie?: unknown };
      // For @fastify/session. What cannot be marked, a frozen object of some codec, is a new session then.
      if (isObject(cookie)) Reflect.defineProperty(cookie, loadedBy, { value: context, enumerable: true });
    },

    pass: (from, to) => {
      const context = contexts.get(from);
      if (context !== undefined) contexts.set(to, context);
    },

    contextOf: (session) =>
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
