/** Which sessions a request has loaded or stored: what it saves of them later are changes, not new sessions. */

import { isObject } from '../errors';

/** What a row holds of a loaded session. */
export interface Known {
  readonly text: string;
  /** Undefined if unknown. */
  readonly expires: number | undefined;
  /** The row's data, if the session would be stored in another way today. */
  readonly stale?: string | undefined;
}

export interface Loaded {
  readonly key: string;
  /**
   * As it was loaded or last saved; undefined while a write is under way, after one that failed, and for a session that
   * was stored and not loaded: its callers may store others under the same id.
   */
  known: Known | undefined;
  readonly isStored?: boolean;
  /** How often it has been written: of several writes under way, only the last one tells what the row holds. */
  writes: number;
}

/** A row that its request takes away from its key, to give it another. */
export interface Claim {
  /** The key that it had. */
  readonly from: string;
  /** The key that it has in between. */
  readonly key: string;
}

/** koa-session passes `{ ctx, ... }` as the last argument of every call. */
export const ctxOf = (context: unknown): object | undefined => {
  const ctx = (context as { ctx?: unknown } | null | undefined)?.ctx;
  return isObject(ctx) ? ctx : undefined;
};

/** The object that a copy of the session shares with it: koa-generic-session puts a cookie into each. */
const cookieOf = (session: object): object | undefined => {
  const { cookie } = session as { cookie?: unknown };
  return isObject(cookie) ? cookie : undefined;
};

/** A request is recognised by the object that it got from `get` and passes to `set`, or by its `ctx`. */
export const createLoadedSessions = () => {
  const bySession = new WeakMap<object, Loaded>();
  const byCtx = new WeakMap<object, Map<string, Loaded>>();
  const claims = new WeakMap<object, Claim>();

  const bySelfOrCookie = (session: object): Loaded | undefined => {
    const cookie = cookieOf(session);
    return bySession.get(session) ?? (cookie && bySession.get(cookie));
  };

  return {
    /** @param context `{ ctx }`, as koa-session passes it, or any other value */
    remember: (session: object, context: unknown, loaded: Loaded): void => {
      bySession.set(session, loaded);
      const cookie = cookieOf(session);
      if (cookie !== undefined) bySession.set(cookie, loaded);
      const ctx = ctxOf(context);
      if (ctx === undefined) return;
      const sessions = byCtx.get(ctx) ?? new Map<string, Loaded>();
      byCtx.set(ctx, sessions.set(loaded.key, loaded));
    },

    /** @param session undefined if the call has none */
    recall: (session: object | undefined, context: unknown, key: string): Loaded | undefined => {
      const loaded = session && bySelfOrCookie(session);
      if (loaded?.key === key) return loaded;
      const ctx = ctxOf(context);
      return ctx && byCtx.get(ctx)?.get(key);
    },

    /** Whether this session was loaded, or stored, under this key. */
    isFrom: (session: object, key: string): boolean => bySelfOrCookie(session)?.key === key,

    /** The request has ended the session: what it saves under this key is a new one. */
    forget: (context: unknown, key: string, session?: object): void => {
      for (const object of session === undefined ? [] : [session, cookieOf(session)]) {
        if (object !== undefined) bySession.delete(object);
      }
      const ctx = ctxOf(context);
      if (ctx !== undefined) byCtx.get(ctx)?.delete(key);
    },

    /** The request takes this row away. */
    claim: (ctx: object, claim: Claim): void => {
      claims.set(ctx, claim);
    },

    /** The row that the request has taken away, once. @param only undefined for any */
    takeClaim: (context: unknown, only?: Claim): Claim | undefined => {
      const ctx = ctxOf(context);
      if (ctx === undefined) return undefined;
      const claim = claims.get(ctx);
      if (only !== undefined && only !== claim) return undefined;
      claims.delete(ctx);
      return claim;
    },
  };
};
