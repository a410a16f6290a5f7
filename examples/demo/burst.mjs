/** Many requests at once, as a busy server has them: what do they cost the database? */

/** How many requests. */
const size = 200;

/**
 * Reads and saves a session as often at once, each time as a request of its own.
 *
 * @param maxAge of the session, in ms, as koa-session would prolong it
 * @returns { requests, calls, statements }: `statements` as the store counts them, with those of requests that others
 * made meanwhile
 */
export const runBurst = async (sessions, sid, maxAge) => {
  const before = statementsOf(sessions.stats());
  let calls = 0;
  const call = (method, ...args) => {
    calls += 1;
    return sessions[method](...args);
  };
  const request = async () => {
    // The store knows by the `ctx` who has loaded a session: so it sees that nothing has changed.
    const context = { ctx: {} };
    const session = await call('get', sid, maxAge, context);
    if (session !== null) await call('set', sid, session, maxAge, context);
  };
  await Promise.all(Array.from({ length: size }, request));
  return { requests: size, calls, statements: statementsOf(sessions.stats()) - before };
};

/** The statements that the calls of requests took. */
export const statementsOf = ({ batches: { reads, writes } }) => reads.statements + writes.statements;
