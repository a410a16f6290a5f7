/** All live sessions, page by page. */

import type { CreateKnexStoreOptions, SessionEntry, SessionStore } from '../../lib';
import type { SessionRow } from '../../lib/database/rows';
import { pages } from '../../lib/session/entries';
import { betterSqlite3, mssql, mysql, postgres, standardSqlite } from '../support/databases';
import { onEachDatabase } from '../support/each-database';

const day = 86_400_000;
const secret = 'first: c2f0a94b7d1e6853c4b7a96e0d5f1823';

onEachDatabase([betterSqlite3(), postgres(), mysql(), mssql(), standardSqlite()], (database) => {
  const open = (options: CreateKnexStoreOptions = {}): SessionStore =>
    database.open({ gcFrequency: 0, ...options });

  const all = async (entries: AsyncIterable<SessionEntry>): Promise<SessionEntry[]> => {
    const found: SessionEntry[] = [];
    for await (const entry of entries) found.push(entry);
    return found;
  };

  test.each([1, 7, 50, 100])('each live session comes once, %p rows at a time', async (batchSize) => {
    const store = open();
    await Promise.all(Array.from({ length: 50 }, (_, n) => store.set(`sid-${n}`, { n }, day)));
    await store.set('over', { n: -1 }, -1);
    await database.table().insert({ id: 'long over', data: '{}', expires: 1 });
    const found = await all(store.entries({ batchSize }));
    expect(new Map(found.map(({ id, session }) => [id, session.n as unknown]))).toEqual(
      new Map(Array.from({ length: 50 }, (_, n) => [`sid-${n}`, n])),
    );
    expect(found).toHaveLength(50);
    for (const { created, updated, expires } of found) {
      expect([created, updated]).toEqual([null, null]);
      expect(expires.getTime()).toBeGreaterThan(Date.now() + day - 1_000);
    }
  });

  test('with timestamps, hashed and sealed, an entry says what its row says', async () => {
    const store = open({ hashIds: true, secret, timestamps: true });
    await store.set('sid', { user: 'ann' }, day);
    const [entry] = await all(store.entries());
    expect(entry?.id).toMatch(/^sha256:[\w-]{43}$/);
    expect(entry?.session).toEqual({ user: 'ann' });
    for (const time of [entry?.created, entry?.updated]) {
      expect(Math.abs((time?.getTime() ?? 0) - Date.now())).toBeLessThan(30_000);
    }
  });

  test('a row that holds no session is left out, and is an error event', async () => {
    const store = open();
    const codes: string[] = [];
    store.on('error', ({ code }) => codes.push(code));
    await store.set('a', { n: 1 });
    await store.set('b', { n: 2 });
    await database.table().where({ id: 'a' }).update({ data: 'broken' });
    expect((await all(store.entries({ batchSize: 1 }))).map(({ id }) => id)).toEqual(['b']);
    expect(codes).toEqual(['EDECODE']);
  });

  test('sessions may come, go and change meanwhile, and the reader may stop early', async () => {
    const store = open();
    for (let n = 10; n < 60; n += 1) await store.set(`sid-${n}`, { n });
    const seen: string[] = [];
    for await (const { id } of store.entries({ batchSize: 5 })) {
      seen.push(id);
      await store.set(id, { n: 0 });
      await store.destroy(`sid-${59 - seen.length}`);
      if (seen.length === 20) break;
    }
    expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => `sid-${n + 10}`));
    expect(await store.length()).toBe(30);
  });

  test('an expiry beyond all dates is the last one there is', async () => {
    const store = open();
    await store.set('sid', {});
    await database.table().update({ expires: '9000000000000000' });
    const [entry] = await all(store.entries());
    expect(entry?.expires.toISOString()).toBe('+275760-09-13T00:00:00.000Z');
  });

  test('bad options throw at once, and a closed store says so', async () => {
    const store = open();
    for (const batchSize of [0, -1, 1.5, NaN, Infinity, 10_001, '5', null]) {
      const call = (): unknown => store.entries({ batchSize: batchSize as number });
      if (batchSize === null) expect(call).not.toThrow();
      else expect(call).toThrow(/entries: batchSize must be a whole number from 1 to 10000/);
    }
    for (const options of [null, [], 'x', 5] as unknown as object[]) {
      expect(() => store.entries(options)).toThrow(/entries: options must be an object with batchSize/);
    }
    expect(() => store.entries({ size: 1 } as object)).toThrow(/unknown option "size"; valid: batchSize/);
    await store.close();
    await expect(all(store.entries())).rejects.toMatchObject({ code: 'ECLOSED', operation: 'entries' });
  });
});

test('ids that do not come back as they are stored are an error, not a reading without end', async () => {
  // What a driver with too small a character set makes of some ids sorts before those that came before.
  const ids = ['aaa', 'bbb', '??', '??'];
  let statements = 0;
  const page = (after: string, limit: number): Promise<SessionRow[]> => {
    statements += 1;
    const from = after === '??' ? 0 : ids.indexOf(after) + 1;
    const row = { data: '{}', expires: 9e9, user: null, created: null, updated: null };
    return Promise.resolve(ids.slice(from, from + limit).map((id) => ({ id, ...row })));
  };
  for (const batchSize of [1, 2, 3]) {
    const read = async (): Promise<number> => {
      let rows = 0;
      for await (const found of pages({ page }, batchSize, (work) => work())) rows += found.length;
      return rows;
    };
    await expect(read()).rejects.toThrow(/ids that do not come back as they are stored/);
    expect(statements).toBeLessThan(30);
  }
});
