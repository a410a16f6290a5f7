/**
 * Which sessions a caller has loaded, and as what: what it saves later is a change of that session, not a
 * new one. A caller is known by the object that it got from `get` and hands to `set`, or by the `ctx` that it
 * passes to both.
 */

/** A session as it was when it was loaded, or last saved. */
export interface Loaded {
  readonly key: string;
  /** Its text; undefined while nobody knows what the row holds. */
  data: string | undefined;
  /** Seconds since the epoch. */
  expires: number;
}

export interface LoadedSessions {
  remember(this: void, session: object, options: unknown, loaded: Loaded): void;
  recall(this: void, session: object, options: unknown, key: string): Loaded | undefined;
  /** The caller has ended the session: what it saves under this key from now on is a new one. */
  forget(this: void, options: unknown, key: string): void;
}

export const createLoadedSessions = (): LoadedSessions => {
  const bySession = new WeakMap<object, Loaded>();
  const byContext = new WeakMap<object, Map<string, Loaded>>();

  return {
    remember: (session, options, loaded) => {
      bySession.set(session, loaded);
      const ctx = contextOf(options);
      if (ctx === undefined) return;
      const known = byContext.get(ctx) ?? new Map<string, Loaded>();
      byContext.set(ctx, known.set(loaded.key, loaded));
    },

    recall: (session, options, key) => {
      const ctx = contextOf(options);
      const loaded = bySession.get(session) ?? (ctx && byContext.get(ctx)?.get(key));
      return loaded?.key === key ? loaded : undefined;
    },

    forget: (options, key) => {
      const ctx = contextOf(options);
      if (ctx !== undefined) byContext.get(ctx)?.delete(key);
    },
  };
};

/** koa-session passes `{ ctx, ... }` as the last argument of every call. */
const contextOf = (options: unknown): object | undefined => {
  const ctx = (options as { ctx?: unknown } | null | undefined)?.ctx;
  return typeof ctx === 'object' && ctx !== null ? ctx : undefined;
};
