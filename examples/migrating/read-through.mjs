/**
 * Two stores as one, for the time of a migration: the first one holds what is stored from now on, the second one is
 * read where the first one has nothing. Logouts end the session in both.
 *
 *   app.use(session({ store: readThrough(createKnexStore(knex), koaRedis({ url })) }, app));
 */

/**
 * @param first where sessions are stored
 * @param second where they were stored before; left alone, but for logouts
 */
export const readThrough = (first, second) => {
  // Who has loaded a session from the second store, and under which id: koa-session passes its ctx, others hand back the
  // session itself, which koa-session-minimal may save under a new id.
  const fromSecond = new WeakMap();
  const whoever = (session, context) => context?.ctx ?? session;

  return {
    get: async (sid, ttl, context) => {
      const stored = await first.get(sid, ttl, context);
      if (stored) return stored;
      const session = await second.get(sid, ttl, context);
      if (session) fromSecond.set(whoever(session, context), sid);
      return session;
    },

    set: async (sid, session, ttl, context) => {
      await first.set(sid, session, ttl, context);
      if (fromSecond.get(whoever(session, context)) !== sid) return;
      // Another request may have ended it since this one has loaded it: then it must not come back.
      if (!(await second.get(sid, ttl))) await first.destroy(sid, context);
    },

    destroy: async (sid, context) => {
      fromSecond.delete(context?.ctx);
      // In this order: whoever has just copied it looks here afterwards whether it still should be there.
      await second.destroy(sid, context);
      await first.destroy(sid, context);
    },
  };
};
