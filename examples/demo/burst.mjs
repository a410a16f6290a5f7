/** Many requests at once, as a busy server has them: what do they cost the database? */

/** How many requests. */
const size = 200;

/**
 * Reads and saves a session as often at once, each time as a request of its own, and counts what the store does.
 *
 * @param maxAge of the session, in ms, as koa-session would prolong it
 * @returns { requests, calls, statements }, as the store's statistics count them
 */
export const runBurst = async (sessions, sid, maxAge) => {
  const before = totalsOf(sessions.stats());
  const request = async () => {
    // The store knows by the `ctx` who has loaded a session: so it sees that nothing has changed.
    const context = { ctx: {} };
    const session = await sessions.get(sid, maxAge, context);
    if (session !== null) await sessions.set(sid, session, maxAge, context);
  };
  await Promise.all(Array.from({ length: size }, request));
  const after = totalsOf(sessions.stats());
  return {
    requests: size,
    calls: after.calls - before.calls,
    statements: after.statements - before.statements,
  };
};

/** The calls that requests are made of, and the statements that they took. */
export const totalsOf = ({ calls, batches: { reads, writes } }) => ({
  calls: calls.get + calls.set + calls.destroy + calls.touch,
  statements: reads.statements + writes.statements,
});
