/** What the numbers of a store say: just what happened, on real databases. */

import type { CreateKnexStoreOptions, SessionStore } from '../../lib';
import { countBatch } from '../../lib/observability/instrument';
import { createCounts, statsOf } from '../../lib/observability/stats';
import { betterSqlite3, mysql, postgres, standardSqlite } from '../support/databases';
import { onEachDatabase } from '../support/each-database';
import { createGate } from '../support/gate';

test('sizes of statements are counted by powers of two', () => {
  const { batches } = createCounts();
  for (const rows of [1, 1, 2, 3, 4, 7, 8, 100]) countBatch(batches.reads, rows, rows + 1);
  expect(batches.reads).toEqual({
    statements: 8,
    calls: 134,
    rows: 126,
    largest: 100,
    sizes: [2, 2, 2, 1, 0, 0, 1],
  });
});

test('a snapshot counts no further', () => {
  const counts = createCounts();
  countBatch(counts.batches.reads, 1, 1);
  const before = statsOf(counts, 0);
  const copy = structuredClone(before);
  counts.calls.get += 1;
  counts.sweeps.runs += 1;
  countBatch(counts.batches.reads, 5, 5);
  expect(before).toEqual(copy);
});

onEachDatabase([betterSqlite3(), postgres(), mysql(), standardSqlite()], (database) => {
  const create = (options: CreateKnexStoreOptions = {}): SessionStore =>
    database.open({ gcFrequency: 0, ...options });

  test('a new store has done nothing', async () => {
    const { stats, ready } = create();
    await ready();
    expect(stats()).toMatchObject({
      calls: { get: 0, set: 0, ready: 1 },
      failures: 0,
      hits: 0,
      misses: 0,
      batches: { reads: { statements: 0, sizes: [] }, writes: { statements: 0, sizes: [] } },
      savedWrites: { unchanged: 0, merged: 0 },
      conflicts: { merged: 0, rejected: 0, retried: 0 },
      retries: 0,
      outages: 0,
      sweeps: { runs: 0, rows: 0, failures: 0 },
      waiting: 0,
    });
  });

  test('calls that share a statement are counted with their rows', async () => {
    const { get, set, stats, ready } = create();
    await ready();
    await Promise.all([set('a', { n: 1 }), set('b', { n: 1 }), set('c', { n: 1 }), set('a', { n: 2 })]);
    await Promise.all([get('a'), get('b'), get('a'), get('none')]);
    const { calls, hits, misses, batches, savedWrites } = stats();
    expect(calls).toMatchObject({ get: 4, set: 4 });
    expect({ hits, misses }).toEqual({ hits: 3, misses: 1 });
    expect(batches).toEqual({
      reads: { statements: 1, calls: 4, rows: 3, largest: 3, sizes: [0, 1] },
      writes: { statements: 1, calls: 4, rows: 3, largest: 3, sizes: [0, 1] },
    });
    expect(savedWrites).toEqual({ unchanged: 0, merged: 1 });
  });

  test('a call that asks under two keys counts once as a call, and in each of its statements', async () => {
    const { get, stats, ready } = create({ hashIds: 'migrate' });
    await ready();
    await get('none');
    const { calls, hits, misses, batches } = stats();
    expect({ get: calls.get, hits, misses }).toEqual({ get: 1, hits: 0, misses: 1 });
    expect(batches.reads).toMatchObject({ calls: 3, rows: 3 });
  });

  test('a session that has not changed is a write saved', async () => {
    const { get, set, stats } = create();
    await set('a', { n: 1 }, 3_600_000);
    const session = await get('a');
    // The expiry moves on by a bucket of 36 s: once at most in this test.
    for (let n = 0; n < 3; n += 1) await set('a', session ?? {}, 3_600_000);
    expect(stats().savedWrites.unchanged).toBeGreaterThanOrEqual(2);
    expect(stats().batches.writes.statements).toBeLessThanOrEqual(2);
  });

  test('sweeps are counted with the rows that they removed, whoever began them', async () => {
    const { gc, set, get, stats } = create({ gcFrequency: 1 });
    await set('a', { n: 1 });
    await database.table().update({ expires: 1 });
    await gc();
    expect(stats().sweeps.rows).toBe(1);
    const { runs } = stats().sweeps;
    await get('a');
    await gc();
    expect(stats().sweeps.runs).toBeGreaterThan(runs);
    expect(stats().calls.gc).toBe(2);
  });

  test('calls that fail are counted, also where they only emit', async () => {
    const { set, get, on, stats, close } = create({ writeErrors: 'emit' });
    on('error', () => undefined);
    await set('a', 5 as unknown as object);
    expect(stats().failures).toBe(1);
    const waiting = [get('a'), get('b')];
    expect(stats().waiting).toBe(2);
    await Promise.all(waiting);
    expect(stats().waiting).toBe(0);
    await close();
    await expect(get('a')).rejects.toMatchObject({ code: 'ECLOSED' });
    expect(stats()).toMatchObject({ failures: 2, calls: { get: 3, set: 1 } });
  });

  test('every method is counted', async () => {
    const {
      destroy,
      touch,
      update,
      rotate,
      length,
      clear,
      entries,
      sessionsOf,
      destroyAllOf,
      destroyByHandle,
      set,
      stats,
    } = create({ userId: ({ user }) => user as string });
    await Promise.all(['a', 'b', 'c'].map((sid) => set(sid, { user: 'ann' })));
    await touch('a', 60_000);
    await destroy('b');
    await update('a', () => undefined);
    await rotate('a', 'd');
    await length();
    let pages = 0;
    for await (const _entry of entries({ batchSize: 1 })) pages += 1;
    const [session] = await sessionsOf('ann');
    await destroyByHandle(session?.handle ?? '');
    await destroyAllOf('ann');
    await clear();
    expect(pages).toBe(2);
    expect(stats().calls).toEqual({
      get: 0,
      set: 3,
      destroy: 1,
      touch: 1,
      update: 1,
      rotate: 1,
      gc: 0,
      length: 1,
      clear: 1,
      ready: 0,
      // Two pages of one, and one that is empty.
      entries: 3,
      sessionsOf: 1,
      destroyAllOf: 1,
      destroyByHandle: 1,
    });
  });
});

const quiet = { warn: () => undefined, error: () => undefined, debug: () => undefined };

onEachDatabase([postgres()], (database) => {
  test('an outage is counted once, and what was sent again each time', async () => {
    const gate = await createGate(String(database.connection));
    await gate.open();
    const store = database.open({}, database.connect({ connection: gate.url, log: quiet }));
    try {
      await store.set('a', { n: 1 });
      await gate.shut();
      const waiting = store.get('a');
      await new Promise<void>((resolve) =>
        store.once('unavailable', () => {
          resolve();
        }),
      );
      expect(store.stats()).toMatchObject({ outages: 1, waiting: 1 });
      // Long enough for several of its waits, of 500 ms at most.
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await gate.open();
      expect(await waiting).toEqual({ n: 1 });
      const { outages, retries, failures, waiting: now } = store.stats();
      expect({ outages, failures, now }).toEqual({ outages: 1, failures: 0, now: 0 });
      expect(retries).toBeGreaterThanOrEqual(2);
    } finally {
      await gate.open();
      await store.close();
      await gate.shut();
    }
  });
});
