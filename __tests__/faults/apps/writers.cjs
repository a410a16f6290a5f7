/** One of several processes that write the same sessions at the same time, and remember what each wrote last. */

'use strict';

const createKnex = require('knex');
const createKnexStore = require('koa-generic-session-knex');
const answer = require('../../support/answer.cjs');

const day = 86_400_000;
/** Few, so that many expiries move in one statement. */
const ttls = [day, 2 * day];
const pick = (list) => list[Math.floor(Math.random() * list.length)];
const shuffled = (list) =>
  list
    .map((value) => ({ value, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);

/** PostgreSQL looks for a deadlock after a second; the tests are to see many. */
const settings = {
  pg: {
    pool: {
      afterCreate: (connection, done) => {
        connection.query("SET deadlock_timeout = '20ms'", (error) => done(error, connection));
      },
    },
  },
};

let knex;
let store;
/** What failed: errors that callers saw, sweeps among them, and errors that only Knex saw, by code. */
const failures = [];
const refusals = {};

answer({
  open: async ({ client, connection, tableName, gcFrequency }) => {
    knex = createKnex({ client, connection, useNullAsDefault: true, ...settings[client] });
    knex.on('query-error', ({ code }) => {
      refusals[code] = (refusals[code] ?? 0) + 1;
    });
    store = createKnexStore(knex, { tableName, gcFrequency });
    store.on('error', (error) => failures.push(`${error.code}: ${error.cause?.stack}`));
    await store.ready();
  },

  /**
   * Concurrent writers, each of which writes each of these sessions once, in an order of its own. Between two
   * writes it moves an expiry, or ends a session of its own at once, so that there is something to sweep.
   */
  write: async ({ name, sids, writers }) => {
    const last = {};
    let written = 0;
    const tolerate = (call) => call.catch((error) => failures.push(`${error.code}: ${error.stack}`));

    const change = async (sid) => {
      // Either a new object, which is inserted or replaces, or the one that was loaded, which is updated.
      const session = (Math.random() < 0.5 && (await store.get(sid))) || {};
      written += 1;
      session.write = `${name} ${written}`;
      // The calls of a process take effect in the order in which they were made.
      last[sid] = session.write;
      await store.set(sid, session, pick(ttls));
    };

    const write = async (writer) => {
      for (const [n, sid] of shuffled(sids).entries()) {
        await tolerate(change(sid));
        if (n % 5 === 0) await tolerate(store.touch(pick(sids), pick(ttls)));
        if (n % 5 === 1) await tolerate(store.set(`${name}-${writer}-${n}`, { short: 'life' }, 1));
      }
    };

    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    return { last, written, failures, refusals };
  },

  read: async ({ sids }) => {
    const sessions = await Promise.all(sids.map((sid) => store.get(sid)));
    return sessions.map((session) => session?.write ?? null);
  },

  close: async () => {
    await store.close();
    await knex.destroy();
  },
});
