/**
 * Measures the calls of one or two builds, in a process of its own. Two builds take turns of a fraction of a second,
 * on the same kind of table: whatever else the machine does, it does to both.
 */

import { openKnex } from '../databases.mjs';
import { sessionOf } from '../sessions.mjs';
import { measureCalls } from '../support/calls.mjs';
import { answerAndEnd, readInput } from '../support/processes.mjs';

const { builds, callNames, sessions, turns, callsPerTurn } = readInput();

const ttl = 86_400_000;
const callsToWarmUp = 8_000;

/** As long as koa-generic-session's. */
const idOf = (kind, n) => `koa:sess:${kind}${String(n).padStart(29, '0')}`;
const ids = Array.from({ length: sessions }, (_, n) => idOf('old', n));

const openStore = async ({ url, options, place }) => {
  const { createKnexStore } = await import(url);
  const knex = openKnex(place);
  // Without sweeps, which would start at random times.
  const store = createKnexStore(knex, { tableName: place.table, gcFrequency: 0, ...options });
  await store.ready();
  await Promise.all(ids.map((id, n) => store.set(id, sessionOf(n), ttl)));
  if (place.database === 'postgres') await knex.raw(`VACUUM (ANALYZE) ${place.table}`);
  const close = async () => {
    await store.close();
    await knex.destroy();
  };
  return { knex, store, close };
};

/** What makes a function that makes one call, of this store, on another session than the last one. */
const creators = {
  get: ({ store }) => {
    let n = 0;
    return () => store.get(ids[(n = (n + 1) % sessions)]);
  },
  'set, changed': async ({ store }) => {
    const loaded = await Promise.all(ids.map((id) => store.get(id)));
    let n = 0;
    return () => {
      n = (n + 1) % sessions;
      loaded[n].count += 1;
      return store.set(ids[n], loaded[n], ttl);
    };
  },
  'set, new': ({ store }) => {
    let n = 0;
    return () => {
      n += 1;
      return store.set(idOf('new', n), sessionOf(n), ttl);
    };
  },
};

const statements = { get: 'SELECT', 'set, changed': 'UPDATE', 'set, new': 'INSERT' };

/** @throws Error if the call is not what its name says */
const check = async (name, { knex }, call) => {
  const sent = [];
  const listen = ({ sql }) => sent.push(sql.trim().split(/\s/)[0]);
  knex.on('query', listen);
  await call();
  knex.off('query', listen);
  if (sent.join() !== statements[name]) throw new Error(`${name} sent ${sent.join()}`);
};

const stores = [];
for (const build of builds) stores.push(await openStore(build));

/** The figures of each turn, in a list for each build. Every second turn goes the other way round. */
const measure = async (calls, concurrency, count, times) => {
  const figures = calls.map(() => []);
  for (let turn = 0; turn < times; turn += 1) {
    const order = calls.map((_, index) => (turn % 2 === 0 ? index : calls.length - 1 - index));
    for (const index of order) {
      const { perSecond, cpuMicroseconds } = await measureCalls(calls[index], concurrency, { count });
      figures[index].push({ perSecond, cpuMicroseconds });
    }
  }
  return figures;
};

const answer = {};
for (const name of callNames) {
  const calls = [];
  for (const store of stores) {
    const call = await creators[name](store);
    await check(name, store, call);
    calls.push(call);
  }
  // One call at a time would be too slow to warm up the code by itself.
  await measure(calls, 64, callsToWarmUp / 4, 4);
  answer[name] = {};
  for (const [concurrency, count] of Object.entries(callsPerTurn)) {
    await measure(calls, Number(concurrency), count, 1);
    answer[name][concurrency] = await measure(calls, Number(concurrency), count, turns);
  }
}
for (const { close } of stores) await close();
answerAndEnd(answer);
