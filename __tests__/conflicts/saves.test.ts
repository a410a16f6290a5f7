/** Two requests of one session save it at the same time: what each choice of `conflicts` keeps, on each database. */

import { composeCodecs, type Codec, type CreateKnexStoreOptions, type SessionStore } from '../../lib';
import { jsonCodec } from '../../lib/codec';
import {
  betterSqlite3,
  mssql,
  mysql,
  postgres,
  sqlite3,
  standardPostgres,
  standardSqlite,
} from '../support/databases';
import { onEachDatabase, type DatabaseFixture } from '../support/each-database';

type Session = Record<string, unknown>;

const secret = 'conflicts: c2f0a94b7d1e6853c4b7a96e0d5f1823';
const sid = 'koa:sess:Q7m0W2';
const hour = 3_600_000;

/** How the same session may lie in its row. */
const shapes: Record<string, CreateKnexStoreOptions> = {
  plain: {},
  hashed: { hashIds: true },
  'hashed while ids are migrated': { hashIds: 'migrate' },
  encrypted: { secret },
  'hashed and encrypted, with a user': {
    hashIds: true,
    secret,
    userId: ({ user }: Session) => user as string,
  },
  'with a codec of its own': {
    codec: composeCodecs(jsonCodec, {
      encode: (text) => `é${text}`,
      decode: (text) => text.slice(1),
    }),
  },
};

/** A session that two requests have loaded. */
const loadTwice = async (store: SessionStore, first: Session, other = store): Promise<[Session, Session]> => {
  await store.set(sid, first, hour);
  return [(await store.get(sid)) ?? {}, (await other.get(sid)) ?? {}];
};

const rejection = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

const tests = (database: DatabaseFixture): void => {
  const open = (options: CreateKnexStoreOptions): SessionStore => database.open(options);

  describe.each(Object.entries(shapes))('%s', (_name, shape) => {
    test('merge keeps what both have changed, added and removed', async () => {
      const [store, other] = [open({ ...shape, conflicts: 'merge' }), open({ ...shape, conflicts: 'merge' })];
      const [one, two] = await loadTwice(store, { user: 'ann', theirs: 1, mine: 1, gone: 1, both: 1 }, other);
      Object.assign(one, { mine: 2, added: 'é😀', both: 'one' });
      delete one.gone;
      Object.assign(two, { theirs: 2, extra: { deep: [1] }, both: 'two' });
      await store.set(sid, one, hour);
      await other.set(sid, two, hour);
      const expected = { user: 'ann', theirs: 2, mine: 2, both: 'two', added: 'é😀', extra: { deep: [1] } };
      expect(await store.get(sid)).toEqual(expected);
      expect(other.stats().conflicts).toEqual({ merged: 1, rejected: 0, retried: 0 });

      // Both stand for the merged session: neither meets a conflict with itself, nor removes what it has not seen.
      two.theirs = 3;
      await other.set(sid, two, hour);
      expect(await store.get(sid)).toEqual({ ...expected, theirs: 3 });
      expect(other.stats().conflicts.merged).toBe(1);
      one.mine = 3;
      await store.set(sid, one, hour);
      expect(await store.get(sid)).toEqual({ ...expected, theirs: 3, mine: 3 });
      expect(store.stats().conflicts.merged).toBe(1);
    });

    test('reject writes nothing of the later save, and takes what changes nothing for none', async () => {
      const store = open({ ...shape, conflicts: 'reject' });
      const [one, two] = await loadTwice(store, { user: 'ann', n: 1 });
      const unchanged = (await store.get(sid)) ?? {};
      one.n = 2;
      await store.set(sid, one, hour);
      two.other = true;
      expect(await rejection(store.set(sid, two, hour))).toMatchObject({
        name: 'SessionStoreError',
        code: 'ECONFLICT',
        operation: 'set',
      });
      await store.set(sid, unchanged, 2 * hour);
      expect(await store.get(sid)).toEqual({ user: 'ann', n: 2 });
      // The request that was first goes on.
      one.n = 3;
      await store.set(sid, one, hour);
      expect(await store.get(sid)).toEqual({ user: 'ann', n: 3 });
      expect(store.stats().conflicts).toEqual({ merged: 0, rejected: 1, retried: 0 });
    });

    test('update changes what lies there, and no conflict is lost', async () => {
      const store = open(shape);
      await store.set(sid, { user: 'ann', n: 0 }, hour);
      const results = await Promise.all(
        Array.from({ length: 20 }, () =>
          store.update(sid, (session) => {
            session.n = (session.n as number) + 1;
          }),
        ),
      );
      expect(results.map((session) => session?.n as number).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, n) => n + 1),
      );
      expect(await store.get(sid)).toEqual({ user: 'ann', n: 20 });
      expect(await store.update('koa:sess:none', () => ({}))).toBeNull();
      expect(await store.get('koa:sess:none')).toBeNull();
    });
  });

  test('by default the later save wins, as it always has', async () => {
    const store = open({});
    const [one, two] = await loadTwice(store, { a: 1, b: 1 });
    one.a = 2;
    two.b = 2;
    await store.set(sid, one, hour);
    await store.set(sid, two, hour);
    expect(await store.get(sid)).toEqual({ a: 1, b: 2 });
    expect(store.stats().conflicts).toEqual({ merged: 0, rejected: 0, retried: 0 });
  });

  test.each(['merge', 'reject'] as const)('%s: a session that has ended stays ended', async (conflicts) => {
    const store = open({ conflicts });
    const [one, two] = await loadTwice(store, { n: 1 });
    one.n = 2;
    two.n = 3;
    await store.destroy(sid);
    await store.set(sid, one, hour);
    await store.set(sid, two, hour);
    expect(await store.get(sid)).toBeNull();
    expect(await store.update(sid, () => ({ n: 4 }))).toBeNull();
    expect(await database.table().select()).toEqual([]);
  });

  test('case, trailing spaces and emoji make a difference', async () => {
    const variants = [{ v: 'a' }, { v: 'A' }, { v: 'é' }, { v: 'e' }, { v: '😀' }, { v: '😃' }];
    const padded: Codec<Session> = {
      encode: (session) => JSON.stringify(session) + ' '.repeat((session.spaces as number | undefined) ?? 0),
      decode: (text) => JSON.parse(text) as Session,
    };
    for (const variant of [...variants, { v: 'a', spaces: 1 }, { v: 'a', spaces: 2 }]) {
      const store = open({ conflicts: 'reject', codec: padded });
      const [one, two] = await loadTwice(store, { v: 'start' });
      await store.set(sid, Object.assign(one, variant), hour);
      expect(await rejection(store.set(sid, Object.assign(two, { v: 'two' }), hour))).toMatchObject({
        code: 'ECONFLICT',
      });
    }
    // What differs in trailing spaces alone, which most collations ignore, is noticed; the session is the same.
    const store = open({ conflicts: 'reject', codec: padded });
    const [one] = await loadTwice(store, { v: 'a', spaces: 1 });
    await database.table().update({ data: '{"v":"a","spaces":1}  ' });
    await store.set(sid, Object.assign(one, { v: 'b' }), hour);
    expect(await database.table().select('data')).toEqual([{ data: '{"v":"b","spaces":1} ' }]);
    expect(store.stats().conflicts.merged).toBe(1);
  });

  test('a save keeps the later expiry, and update keeps what others have made of it', async () => {
    const store = open({ conflicts: 'merge' });
    const expires = async (): Promise<number> => {
      const [row] = await database.table<{ expires: number }>().select('expires');
      return Number(row?.expires) - Date.now() / 1_000;
    };
    const [one, two] = await loadTwice(store, { n: 1 });
    await store.set(sid, Object.assign(one, { n: 2 }), hour);
    await store.set(sid, Object.assign(two, { n: 2 }), 24 * hour);
    expect(await expires()).toBeGreaterThan(80_000);
    await store.set(sid, one, hour);
    await store.update(sid, async (session) => {
      await store.touch(sid, 24 * hour);
      session.n = 3;
    });
    expect(await expires()).toBeGreaterThan(80_000);
    expect(await store.get(sid)).toEqual({ n: 3 });
    await store.update(sid, () => ({ n: 4 }), { ttl: hour });
    expect(await expires()).toBeLessThan(4_000);
  });

  test('reject takes an expiry that a middleware keeps in the session for no change', async () => {
    const store = open({ conflicts: 'reject' });
    const first = { n: 1, _expire: 1, cookie: { maxAge: 1 } };
    const [one, two] = await loadTwice(store, first);
    const three = (await store.get(sid)) ?? {};
    const four = (await store.get(sid)) ?? {};
    await store.set(sid, Object.assign(one, { _expire: 2 }), hour);
    await store.set(sid, Object.assign(two, { n: 2, _expire: 3 }), hour);
    await store.set(sid, Object.assign(three, { _expire: 4, cookie: { maxAge: 4 } }), hour);
    expect(await store.get(sid)).toEqual({ n: 2, _expire: 4, cookie: { maxAge: 4 } });
    const late = store.set(sid, Object.assign(four, { n: 3, _expire: 5 }), hour);
    expect(await rejection(late)).toMatchObject({ code: 'ECONFLICT' });
  });

  test('merge refuses what has no keys, wherever it comes from', async () => {
    const store = open({ conflicts: 'merge' });
    await expect(store.set(sid, [1] as never, hour)).rejects.toThrow('plain objects');
    await store.set(sid, { n: 1 }, hour, { ctx: store });
    await expect(store.set(sid, [1] as never, hour, { ctx: store })).rejects.toThrow('plain objects');
    await expect(store.update(sid, () => [1] as never)).rejects.toThrow('plain objects');
    class User {
      name = 'ann';
    }
    const codec = { encode: JSON.stringify, decode: () => new User() } as unknown as Codec<Session>;
    const other = open({ conflicts: 'merge', codec });
    await expect(other.get(sid)).rejects.toThrow('but it returned an instance of User');
    await expect(other.set(sid, { n: 1 })).rejects.toThrow('but it returned an instance of User');
  });

  test('saves that are not awaited follow one another, whatever others save in between', async () => {
    const [store, other] = [open({ conflicts: 'merge' }), open({ conflicts: 'merge' })];
    const [one, two] = await loadTwice(store, { mine: 0, theirs: 0 }, other);
    const saves = [1, 2, 3].map((n) =>
      store.set(sid, Object.assign(one, { mine: n, [`added${n}`]: n }), hour),
    );
    await other.set(sid, Object.assign(two, { theirs: 1 }), hour);
    await Promise.all(saves);
    // It takes back what a save under way has written.
    delete one.added2;
    one.mine = 0;
    await store.set(sid, one, hour);
    expect(await store.get(sid)).toEqual({ mine: 0, theirs: 1, added1: 1, added3: 3 });
    expect(store.stats().conflicts.rejected).toBe(0);
  });

  test('without a conflict, a changed save takes one statement', async () => {
    for (const conflicts of ['last', 'merge', 'reject'] as const) {
      const store = open({ conflicts });
      await store.set(sid, { n: 1 }, hour);
      const session = (await store.get(sid)) ?? {};
      const before = store.stats().batches;
      await store.set(sid, Object.assign(session, { n: 2 }), hour);
      await store.set(sid, session, hour);
      const after = store.stats().batches;
      expect([conflicts, after.reads.statements - before.reads.statements]).toEqual([conflicts, 0]);
      expect([conflicts, after.writes.statements - before.writes.statements]).toEqual([conflicts, 1]);
    }
  });

  test('sessions of one batch meet a conflict each on its own', async () => {
    const store = open({ conflicts: 'merge' });
    const sids = Array.from({ length: 40 }, (_, n) => `session-${n}`);
    await Promise.all(sids.map((id) => store.set(id, { n: 0, other: 0 }, hour)));
    const loaded = await Promise.all(sids.map((id) => store.get(id)));
    const others = await Promise.all(sids.map((id) => store.get(id)));
    await Promise.all(
      sids.map(async (id, n) => {
        if (n % 3 === 0) await store.set(id, Object.assign(others[n] ?? {}, { other: 1 }), hour);
      }),
    );
    const before = store.stats().batches;
    await Promise.all(sids.map((id, n) => store.set(id, Object.assign(loaded[n] ?? {}, { n: 1 }), hour)));
    const after = store.stats().batches;
    const stored = await Promise.all(sids.map((id) => store.get(id)));
    expect(stored).toEqual(sids.map((_, n) => ({ n: 1, other: n % 3 === 0 ? 1 : 0 })));
    expect(store.stats().conflicts.merged).toBe(14);
    if (!['pg', 'better-sqlite3', 'sqlite3'].includes(database.client) || database.rowByRow) return;
    // The others cannot tell which rows of a statement were replaced.
    expect(after.reads.statements - before.reads.statements).toBe(1);
    expect(after.writes.statements - before.writes.statements).toBe(2);
  });

  test('a new session that is saved again and again, awaited or not, is in no conflict with itself', async () => {
    for (const conflicts of ['merge', 'reject'] as const) {
      const store = open({ conflicts });
      const session: Session = { a: 0 };
      const saves = [store.set(sid, session, hour)];
      await new Promise((resolve) => setImmediate(resolve));
      saves.push(store.set(sid, Object.assign(session, { a: 1 }), hour));
      await saves[0];
      saves.push(store.set(sid, Object.assign(session, { a: 0, b: 1 }), hour));
      saves.push(store.set(sid, Object.assign(session, { b: 2 }), hour));
      await Promise.all(saves);
      await store.set(sid, Object.assign(session, { a: 3 }), hour);
      expect(await store.get(sid)).toEqual({ a: 3, b: 2 });
      expect(store.stats().conflicts.rejected).toBe(0);
      await store.clear();
    }
  });

  test('several stores update several sessions at once, and each change is made once', async () => {
    for (const options of [{}, { secret }]) {
      const tableName = database.newTable();
      const stores = [1, 2, 3].map(() => database.open({ ...options, tableName }));
      const [first] = stores;
      const sids = Array.from({ length: 6 }, (_, n) => `session-${n}`);
      for (const id of sids) await first?.set(id, { n: 0 }, hour);
      const increment = (session: Session): void => {
        session.n = (session.n as number) + 1;
      };
      await Promise.all(
        stores.flatMap((store) =>
          sids.flatMap((id) =>
            [1, 2].map(async () => {
              for (let round = 0; round < 10; round += 1) await store.update(id, increment);
            }),
          ),
        ),
      );
      for (const id of sids) expect(await first?.get(id)).toEqual({ n: 60 });
    }
  });

  test('of several updates at once, those whose sessions end meanwhile are null', async () => {
    const [store, other] = [open({ secret }), open({ secret })];
    const sids = Array.from({ length: 9 }, (_, n) => `session-${n}`);
    await Promise.all(sids.map((id) => store.set(id, { n: 0 }, hour)));
    let waiting = sids.length;
    let goOn = (): void => undefined;
    const allWait = new Promise<void>((resolve) => (goOn = resolve));
    const updated = await Promise.all(
      sids.map((id, index) =>
        store.update(id, async () => {
          if (index % 3 === 0) await other.destroy(id);
          waiting -= 1;
          if (waiting === 0) goOn();
          await allWait;
          return { n: 1 };
        }),
      ),
    );
    const expected = sids.map((_, index) => (index % 3 === 0 ? null : { n: 1 }));
    expect(updated).toEqual(expected);
    expect(await Promise.all(sids.map((id) => other.get(id)))).toEqual(expected);
  });

  test('64 writers of one session, each of its own key and of a counter: nothing is lost', async () => {
    const [one, two] = [open({ conflicts: 'merge' }), open({ conflicts: 'merge' })];
    await one.set(sid, { count: 0 }, hour);
    await Promise.all(
      Array.from({ length: 64 }, async (_, n) => {
        const store = n % 2 === 0 ? one : two;
        const session = (await store.get(sid)) ?? {};
        await store.set(sid, Object.assign(session, { [`key${n}`]: n }), hour);
        await store.update(sid, (now) => ({ ...now, count: (now.count as number) + 1 }));
      }),
    );
    const session = (await one.get(sid)) ?? {};
    expect(session).toEqual({
      count: 64,
      ...Object.fromEntries(Array.from({ length: 64 }, (_, n) => [`key${n}`, n])),
    });
  });
};

onEachDatabase(
  [betterSqlite3(), sqlite3(), postgres(), mysql(), mssql(), standardSqlite(), standardPostgres()],
  tests,
);
