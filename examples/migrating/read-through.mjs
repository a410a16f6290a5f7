/**
 * Combines two stores during a migration: writes go to the first store, and reads fall back to the second. Logouts end
 * the session in both.
 *
 *   app.use(session({ store: readThrough(createKnexStore(knex), koaRedis({ url })) }, app));
 */

/**
 * @param first the store for all writes
 * @param second the previous store; only logouts change it
 */
export const readThrough = (first, second) => {
  // The sessions loaded from the second store, with their ids. The key is the ctx that koa-session passes, or the session
  // object itself, which koa-session-minimal may save under a new id.
  const fromSecond = new WeakMap();
  const keyOf = (session, context) => context?.ctx ?? session;

  return {
    get: async (sid, ttl, context) => {
      const stored = await first.get(sid, ttl, context);
      if (stored) return stored;
      const session = await second.get(sid, ttl, context);
      if (session) fromSecond.set(keyOf(session, context), sid);
      return session;
    },

    set: async (sid, session, ttl, context) => {
      await first.set(sid, session, ttl, context);
      if (fromSecond.get(keyOf(session, context)) !== sid) return;
      // Another request may have ended it after this one loaded it: then it must not come back.
      if (!(await second.get(sid, ttl))) await first.destroy(sid, context);
    },

    destroy: async (sid, context) => {
      fromSecond.delete(context?.ctx);
      // In this order: after copying a session, a copy checks whether it still exists here.
      await second.destroy(sid, context);
      await first.destroy(sid, context);
    },
  };
};
