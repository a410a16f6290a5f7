/** Loaded sessions: what their requests save later are changes of them, not new sessions. */

import { isObject } from '../errors';

/** A session as it lies in its row, and as its codec wrote it. */
export interface Stored {
  readonly data: string;
  readonly text: string;
}

/** What is known of a loaded session, and of its row. */
export interface Known {
  /** The session as its request loaded or last saved it. */
  readonly text: string;
  /** Undefined if unknown. */
  readonly expires: number | undefined;
  /** The row's data, if the session would be stored in another way today. */
  readonly stale?: string | undefined;
  /** For saves that look for conflicts: what the row held last. Others' changes may have been merged into it. */
  readonly stored?: Stored | undefined;
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
  /** For saves that look for conflicts: what the last save under way will leave, if it is made as it was sent. */
  sent?: Known | undefined;
}

/** koa-session passes `{ ctx, ... }` as the last argument of every call. */
export const ctxOf = (context: unknown): object | undefined => {
  const ctx = (context as { ctx?: unknown } | null | undefined)?.ctx;
  return isObject(ctx) ? ctx : undefined;
};

/** The object that a copy of the session shares with it: koa-generic-session puts a cookie into each. */
const cookieOf = (session: unknown): object | undefined => {
  try {
    const cookie = isObject(session) ? session['cookie'] : undefined;
    return isObject(cookie) ? cookie : undefined;
  } catch {
    // The app's object: reading it may throw.
    return undefined;
  }
};

/** A request is recognised by the object that it got from `get` and passes to `set`, or by its `ctx`. */
export const createLoadedSessions = () => {
  const bySession = new WeakMap<object, Loaded>();
  const byCtx = new WeakMap<object, Map<string, Loaded>>();

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
  };
};
