/** `rotate` gives a session another id: what lives on, what ends, and what the old id still does, on each database. */

import { setTimeout as delay } from 'node:timers/promises';
import { composeCodecs, type CreateKnexStoreOptions, type SessionStore } from '../../lib';
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

const secret = 'rotate: c2f0a94b7d1e6853c4b7a96e0d5f1823';
const hour = 3_600_000;
const grace = 30_000;
const userId = ({ user }: Session): string => user as string;
/** As koa-generic-session calls them, and one that cannot be a key. */
const [old, next, third] = ['koa:sess:Q7m0W2', 'koa:sess:é 😀', 'koa:sess:pX91aa'] as const;

/** How the same session may lie in its row. */
const shapes: Record<string, CreateKnexStoreOptions> = {
  plain: {},
  'hashed while ids are migrated': { hashIds: 'migrate' },
  'hashed and encrypted, with a user': { hashIds: true, secret, userId },
  'with times, and a codec of its own': {
    timestamps: true,
    codec: composeCodecs(jsonCodec, { encode: (text) => `é${text}`, decode: (text) => text.slice(1) }),
  },
};

const tests = (database: DatabaseFixture): void => {
  const open = (options: CreateKnexStoreOptions = {}): SessionStore =>
    database.open({ gcFrequency: 0, ...options });
  const rows = (): Promise<Record<string, unknown>[]> => database.table().select('*');
  const hasForwards = database.rowByRow !== true;
  /** A test of forwards, which other Knex clients do not leave. */
  const testForwards = (name: string, run: () => Promise<void>): void => {
    if (hasForwards) test(name, run);
  };

  describe.each(Object.entries(shapes))('%s', (_name, shape) => {
    let store: SessionStore;
    let other: SessionStore;
    const bothIds = async (): Promise<unknown[]> => [await other.get(old), await store.get(next)];

    beforeEach(async () => {
      [store, other] = [open(shape), open(shape)];
      await store.set(old, { user: 'ann', n: 1 }, hour);
    });

    test('the session lives on under the new id alone, with its expiry and its age', async () => {
      const [before] = await rows();
      await delay(shape.timestamps === true ? 1_100 : 0);
      expect(await store.rotate(old, next)).toBe(true);
      expect(await bothIds()).toEqual([null, { user: 'ann', n: 1 }]);
      expect(await store.length()).toBe(1);
      const after = (await rows()).find(({ expires }) => Number(expires) > 0);
      expect([after?.expires, after?.created_at]).toEqual([before?.expires, before?.created_at]);
      if (shape.userId) expect(await store.sessionsOf('ann')).toHaveLength(1);
      await store.destroy(next);
      expect(await bothIds()).toEqual([null, null]);
    });

    test('no session, no rotation', async () => {
      expect(await store.rotate(third, next)).toBe(false);
      await store.destroy(old);
      expect(await other.rotate(old, next)).toBe(false);
      expect(await rows()).toEqual([]);
      await store.set(old, { user: 'ann' }, hour);
      await database.table().update({ expires: Math.floor(Date.now() / 1_000) });
      expect(await store.rotate(old, next)).toBe(false);
      expect(await bothIds()).toEqual([null, null]);
    });

    test('a session under the new id makes room, live or expired', async () => {
      for (const ttl of [hour, 1_000]) {
        await store.set(next, { user: 'bob' }, ttl);
        await store.set(old, { user: 'ann', ttl }, hour);
        if (ttl === 1_000)
          await database
            .table()
            .where('expires', '<', Math.floor(Date.now() / 1_000) + 60)
            .update({ expires: 5 });
        expect(await store.rotate(old, next)).toBe(true);
        expect(await bothIds()).toEqual([null, { user: 'ann', ttl }]);
      }
    });

    test('the request goes on under the new id, and cannot bring the session back', async () => {
      const ctx = {};
      const session = (await store.get(old)) ?? {};
      const byCtx = (await store.get(old, hour, { ctx })) ?? {};
      expect(await store.rotate(old, next)).toBe(true);
      session.n = 2;
      await store.set(next, session, hour);
      expect(await bothIds()).toEqual([null, { user: 'ann', n: 2 }]);
      await store.set(next, { ...byCtx, n: 3 }, hour, { ctx });
      expect(await bothIds()).toEqual([null, { user: 'ann', n: 3 }]);
      // Once more: the id before the last.
      expect(await store.rotate(next, third)).toBe(true);
      session.n = 4;
      await store.set(third, session, hour);
      expect(await other.get(third)).toEqual({ user: 'ann', n: 4 });

      await other.destroy(third);
      session.n = 5;
      await store.set(third, session, hour);
      await store.set(third, { ...byCtx, n: 6 }, hour, { ctx });
      expect(await store.get(third)).toBeNull();
      expect(await store.length()).toBe(0);
      // A session that no request has loaded is a new one.
      await store.set(third, { user: 'cy' }, hour);
      expect(await store.get(third)).toEqual({ user: 'cy' });
    });

    test('what a request saves after a rotation that found nothing is not stored', async () => {
      const session = (await store.get(old)) ?? {};
      await other.destroy(old);
      expect(await store.rotate(old, next)).toBe(false);
      await store.set(next, Object.assign(session, { n: 2 }), hour);
      expect(await bothIds()).toEqual([null, null]);
    });

    test('one of two rotations at once gets the session, and no save is lost', async () => {
      const increment = (session: Session): void => {
        session.n = Number(session.n) + 1;
      };
      const [first, second, ...saved] = await Promise.all([
        store.rotate(old, next),
        other.rotate(old, third),
        ...[store, other, store, other].map((one) => one.update(old, increment)),
      ]);
      expect([first, second].filter(Boolean)).toEqual([true]);
      expect(await store.get(first ? next : third)).toEqual({
        user: 'ann',
        n: 1 + saved.filter((session) => session !== null).length,
      });
      expect(await store.get(first ? third : next)).toBeNull();
      expect(await store.length()).toBe(1);
    });

    testForwards('during grace, the old id reads the session and changes nothing', async () => {
      expect(await store.rotate(old, next, { grace })).toBe(true);
      expect(await bothIds()).toEqual([
        { user: 'ann', n: 1 },
        { user: 'ann', n: 1 },
      ]);
      expect(await store.length()).toBe(1);
      for await (const { session } of store.entries()) expect(session).toEqual({ user: 'ann', n: 1 });
      const expiries = (): Promise<number[]> =>
        rows().then((all) => all.map(({ expires }) => Number(expires)));
      const before = await expiries();

      const ctx = {};
      const session = (await other.get(old, hour, { ctx })) ?? {};
      await other.set(old, Object.assign(session, { n: 2 }), 2 * hour);
      await other.set(old, { user: 'ann', n: 3 }, 2 * hour, { ctx });
      await other.touch(old, 2 * hour);
      await other.touch(old, 2 * hour, { ctx });
      expect(await other.update(old, () => ({ n: 4 }))).toBeNull();
      expect(await other.rotate(old, third, { grace })).toBe(false);
      expect(await bothIds()).toEqual([
        { user: 'ann', n: 1 },
        { user: 'ann', n: 1 },
      ]);
      expect(await expiries()).toEqual(before);

      // It reads what the session is now, under whichever id.
      await store.set(next, { user: 'ann', n: 5 }, hour);
      expect(await store.rotate(next, third, { grace })).toBe(true);
      expect(await bothIds()).toEqual([
        { user: 'ann', n: 5 },
        { user: 'ann', n: 5 },
      ]);
      // No sweep ends it early, nor does it end with the sweep.
      await store.gc();
      expect(await other.get(old)).toEqual({ user: 'ann', n: 5 });
      await other.destroy(third);
      expect(await bothIds()).toEqual([null, null]);
    });

    testForwards('grace ends, and a sweep deletes what is left of it', async () => {
      expect(await store.rotate(old, next, { grace: 40 })).toBe(true);
      await delay(50);
      expect(await bothIds()).toEqual([null, { user: 'ann', n: 1 }]);
      const past = 120 - Math.floor(Date.now() / 1_000);
      await database.table().where('expires', '<', 0).update({ expires: past });
      expect(await store.gc()).toBe(1);
      expect(await bothIds()).toEqual([null, { user: 'ann', n: 1 }]);
    });

    const logouts: Record<string, (one: SessionStore) => Promise<void>> = {
      destroy: (one) => one.destroy(old),
      'destroy by koa-session': (one) => one.destroy(old, { ctx: { session: null } }),
      'destroy by an adapter that may rotate': (one) => one.destroy(old, { ctx: {}, rotates: true }),
      'a negative ttl': (one) => one.set(old, { user: 'ann' }, -1),
    };

    for (const [name, logOut] of hasForwards ? Object.entries(logouts) : []) {
      test.each([grace, 0])(
        `a logout with the old id ends the session (${name}, grace %s)`,
        async (given) => {
          expect(await store.rotate(old, next, { grace: given })).toBe(true);
          expect(await store.rotate(next, third, { grace: given })).toBe(true);
          await logOut(other);
          expect([...(await bothIds()), await store.get(third)]).toEqual([null, null, null]);
          expect(await store.length()).toBe(0);
          // The old id is free for another session.
          await store.set(old, { user: 'bob' }, hour);
          expect(await bothIds()).toEqual([{ user: 'bob' }, null]);
        },
      );
    }

    test('a logout holds against a rotation at the same moment', async () => {
      for (let n = 0; n < 40; n += 1) {
        const [from, to] = [`${old}-${n}`, `${next}-${n}`];
        await store.set(from, { user: 'ann', n }, hour);
        const session = (await store.get(from)) ?? {};
        const logOut = async (): Promise<void> => {
          if (n % 2 === 1) await delay(n % 4);
          await other.destroy(from);
        };
        const [wasThere] = await Promise.all([
          store.rotate(from, to, hasForwards ? { grace } : {}),
          logOut(),
        ]);
        // Without forwards, only a logout that comes first can hold.
        if (!hasForwards && wasThere) continue;
        await store.set(to, Object.assign(session, { saved: true }), hour);
        expect({ n, wasThere, ids: [await other.get(from), await other.get(to)] }).toEqual({
          n,
          wasThere,
          ids: [null, null],
        });
      }
    });
  });

  describe('for a user', () => {
    testForwards(
      'all sessions of a user end, whichever id they have, also while they get another',
      async () => {
        const [store, other] = [open({ userId }), open({ userId })];
        for (let n = 0; n < 20; n += 1) {
          await store.set(old, { user: 'ann' }, hour);
          const session = (await store.get(old)) ?? {};
          await Promise.all([store.rotate(old, next, { grace }), other.destroyAllOf('ann')]);
          await store.set(next, Object.assign(session, { n }), hour);
          const left = (await other.sessionsOf('ann')).length;
          // A rotation that came before is over; one that came after found nothing.
          expect({ n, left, ids: [await store.get(old), await store.get(next)] }).toEqual({
            n,
            left: 0,
            ids: [null, null],
          });
          await store.destroy(old);
        }
      },
    );
  });

  testForwards(
    'with merge, a save under the new id is merged, and no conflict with the rotation',
    async () => {
      const store = open({ conflicts: 'merge', secret });
      await store.set(old, { a: 1, b: 1 }, hour);
      const [one, two] = [(await store.get(old)) ?? {}, (await store.get(old)) ?? {}];
      expect(await store.rotate(old, next, { grace })).toBe(true);
      await store.set(next, Object.assign(one, { a: 2 }), hour);
      expect(store.stats().conflicts).toEqual({ merged: 0, rejected: 0, retried: 0 });
      await store.set(next, Object.assign(two, { b: 2 }), hour);
      expect(await store.get(next)).toEqual({ a: 2, b: 2 });
      expect(store.stats().conflicts.merged).toBe(1);
      // Under the old id, there is nothing to merge with.
      const three = (await store.get(old)) ?? {};
      await store.set(old, Object.assign(three, { c: 1 }), hour);
      expect(await store.get(next)).toEqual({ a: 2, b: 2 });
    },
  );

  test('refuses what cannot be meant', async () => {
    const store = open();
    const rejects = (args: unknown[], message: RegExp): Promise<void> =>
      expect((store.rotate as (...given: unknown[]) => Promise<unknown>)(...args)).rejects.toMatchObject({
        name: 'TypeError',
        message: expect.stringMatching(message) as string,
      });
    await rejects(['', next], /^rotate: from must be a string of at least one character, but is empty$/);
    await rejects([old], /^rotate: to must be a string .*undefined/);
    await rejects([old, old], /^rotate: to must be another id than from$/);
    await rejects([old, next, { grce: 1 }], /^rotate: .*grce/);
    for (const bad of [-1, NaN, Infinity, '10s', null]) {
      await rejects(
        [old, next, { grace: bad }],
        /^rotate: grace must be a number of milliseconds, 0 or above/,
      );
    }
    if (!hasForwards) await rejects([old, next, { grace: 1 }], /^rotate: grace needs PostgreSQL/);
    expect(store.stats().calls.rotate).toBeGreaterThan(0);
  });
};

onEachDatabase(
  [betterSqlite3(), sqlite3(), postgres(), mysql(), mssql(), standardPostgres(), standardSqlite()],
  tests,
);
