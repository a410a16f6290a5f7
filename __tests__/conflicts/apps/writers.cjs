/** A process whose writers all change one session, by `set` and by `update`, and tell what was acknowledged. */

'use strict';

const { setTimeout: delay } = require('node:timers/promises');
const createKnex = require('knex');
const createKnexStore = require('koa-generic-session-knex');
const answer = require('../../support/answer.cjs');

/** Failures after which a call may have taken effect, or not. */
const isUnknown = ({ code }) => code === 'ETIMEDOUT' || code === 'ECONFLICT';

/** Saves its own key by `set`, and increments its own counter and everybody's by one `update`, round after round. */
const work = async (store, sid, { name, rounds, pauses }) => {
  const report = { name, saved: 0, attempted: 0, incremented: 0, unknown: 0, counts: [] };
  for (let round = 1; round <= rounds; round += 1) {
    try {
      const session = await store.get(sid);
      await delay(pauses[round % pauses.length]);
      report.attempted = round;
      await store.set(sid, Object.assign(session, { [name]: round }));
      report.saved = round;
    } catch (error) {
      if (!isUnknown(error)) throw error;
    }
    try {
      const session = await store.update(sid, async (now) => {
        await delay(pauses[(round + 1) % pauses.length]);
        now.count += 1;
        now[`count ${name}`] = (now[`count ${name}`] ?? 0) + 1;
      });
      report.incremented += 1;
      report.counts.push(session.count);
    } catch (error) {
      if (!isUnknown(error)) throw error;
      report.unknown += 1;
    }
  }
  return report;
};

answer({
  write: async ({ client, connection, options, sid, writers }) => {
    const knex = createKnex({
      client,
      connection,
      useNullAsDefault: true,
      pool: { min: 0, max: client === 'better-sqlite3' ? 1 : 5 },
      log: { warn: () => undefined },
    });
    try {
      const store = createKnexStore(knex, { conflicts: 'merge', ...options });
      const reports = await Promise.all(writers.map((writer) => work(store, sid, writer)));
      const { conflicts } = store.stats();
      await store.close();
      return { reports, conflicts };
    } finally {
      await knex.destroy();
    }
  },
});
