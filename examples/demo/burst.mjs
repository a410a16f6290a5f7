/** Simulates many concurrent requests and counts their statements. */

/** Number of requests. */
const size = 200;

/**
 * Reads and saves a session that many times at once, each time as a separate request.
 *
 * @param maxAge of the session, in ms, as koa-session would pass it
 * @returns { requests, calls, statements }: `statements` as the store counts them, including those of other requests at
 * the same time
 */
export const runBurst = async (sessions, sid, maxAge) => {
  const before = statementsOf(sessions.stats());
  let calls = 0;
  const call = (method, ...args) => {
    calls += 1;
    return sessions[method](...args);
  };
  const request = async () => {
    // The store remembers per `ctx` what it has loaded, and recognises that nothing has changed.
    const context = { ctx: {} };
    const session = await call('get', sid, maxAge, context);
    if (session !== null) await call('set', sid, session, maxAge, context);
  };
  await Promise.all(Array.from({ length: size }, request));
  return { requests: size, calls, statements: statementsOf(sessions.stats()) - before };
};

/** The number of statements for calls of requests. */
export const statementsOf = ({ batches: { reads, writes } }) => reads.statements + writes.statements;
