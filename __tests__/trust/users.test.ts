/** A user's sessions: listed, and ended from elsewhere; and nobody else's. */

import type { CreateKnexStoreOptions, SessionStore, SessionStoreError } from '../../lib';
import {
  betterSqlite3,
  mssql,
  mysql,
  postgres,
  sqlite3,
  standardPostgres,
  standardSqlite,
} from '../support/databases';
import { onEachDatabase } from '../support/each-database';

interface Session {
  user?: string | number | null;
  n?: number;
}

const day = 86_400_000;
const secret = 'first: c2f0a94b7d1e6853c4b7a96e0d5f1823';
const otherSecret = 'second: 7d1e6853c4b7a96e0d5f1823c2f0a94b';
const userId = (session: Session): string | number | null | undefined => session.user;

const databases = [
  ...[betterSqlite3(), sqlite3(), postgres(), mysql(), mssql()],
  ...[standardSqlite(), standardPostgres()],
];

onEachDatabase(databases, (database) => {
  const errors: SessionStoreError[] = [];

  const open = (options: CreateKnexStoreOptions<Session> = {}): SessionStore<Session> => {
    const store = database.open<Session>({ gcFrequency: 0, userId, ...options });
    store.on('error', (error: SessionStoreError) => errors.push(error));
    return store;
  };

  const users = async (): Promise<unknown[]> =>
    (await database.table<{ user_id: unknown }>().select().orderBy('id')).map((row) => row.user_id);

  const sessionsOf = async (store: SessionStore<Session>, id: string | number): Promise<Session[]> =>
    (await store.sessionsOf(id)).map(({ session }) => session);

  afterEach(() => {
    expect(errors.splice(0)).toEqual([]);
  });

  describe.each([
    ['in the clear', {}],
    ['with hashIds', { hashIds: true }],
    ['with secret', { secret }],
    ['with hashIds and secret', { hashIds: true, secret }],
    ['while ids are hashed and data is sealed', { hashIds: 'migrate', secret, readPlain: true }],
  ] as [string, CreateKnexStoreOptions<Session>][])('%s', (_name, options) => {
    test('a user’s live sessions are listed, this one is marked, and no handle is a login', async () => {
      const store = open(options);
      const before = Math.floor(Date.now() / 1000) * 1000 - 1_000;
      await store.set('koa:sess:phone', { user: 'ann', n: 1 }, day);
      await store.set('koa:sess:laptop', { user: 'ann', n: 2 }, 2 * day);
      await store.set('koa:sess:over', { user: 'ann', n: 3 }, -1);
      await store.set('koa:sess:bob', { user: 'bob' }, day);
      await store.set('koa:sess:guest', {}, day);
      const listed = await store.sessionsOf('ann', { current: 'koa:sess:laptop' });
      expect(new Map(listed.map(({ session, current }) => [session.n, current]))).toEqual(
        new Map([
          [1, false],
          [2, true],
        ]),
      );
      for (const { created, updated, expires, handle, session } of listed) {
        expect(created?.getTime()).toBeGreaterThanOrEqual(before);
        expect(updated).toEqual(created);
        expect(updated?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
        const ttl = (session.n ?? 0) * day;
        expect(expires.getTime()).toBeGreaterThanOrEqual(before + ttl);
        expect(expires.getTime()).toBeLessThanOrEqual(Date.now() + 1.01 * ttl);
        expect(handle).not.toMatch(/koa:sess|phone|laptop/);
        for (const part of [handle, ...handle.split('.'), `sha256:${handle.split('.')[0] ?? ''}`]) {
          expect(await store.get(part)).toBeNull();
        }
      }
      expect(await sessionsOf(store, 'nobody')).toEqual([]);
    });

    test('all of a user’s sessions end at once, or all others', async () => {
      const store = open(options);
      for (const sid of ['a', 'b', 'c', 'odd id', 'ü']) await store.set(sid, { user: 'ann' });
      await store.set('d', { user: 'bob' });
      await store.set('e', {});
      expect(await store.destroyAllOf('ann', { except: 'odd id' })).toBe(4);
      expect(await store.get('odd id')).toEqual({ user: 'ann' });
      for (const sid of ['a', 'b', 'c', 'ü']) expect(await store.get(sid)).toBeNull();
      expect(await store.destroyAllOf('ann')).toBe(1);
      expect(await store.destroyAllOf('ann')).toBe(0);
      expect(await store.get('d')).toEqual({ user: 'bob' });
      expect(await store.get('e')).toEqual({});
    });

    test('one session ends by its handle, and only as long as it is that user’s', async () => {
      const store = open(options);
      await store.set('a', { user: 'ann', n: 1 });
      await store.set('b', { user: 'ann', n: 2 });
      await store.set('c', { user: 'bob' });
      const listed = await store.sessionsOf('ann');
      const handleOf = (n: number): string => listed.find(({ session }) => session.n === n)?.handle ?? '';
      expect(await store.destroyByHandle(handleOf(1))).toBe(true);
      expect(await store.destroyByHandle(handleOf(1))).toBe(false);
      expect([await store.get('a'), await store.get('b')]).toEqual([null, { user: 'ann', n: 2 }]);
      const bobs = (await store.sessionsOf('bob'))[0]?.handle ?? '';
      const [digest = '', name = ''] = handleOf(2).split('.');
      const forged = [`${bobs.split('.')[0] ?? ''}.${name}`, `${digest}.${bobs.split('.')[1] ?? ''}`];
      for (const handle of [
        ...forged,
        digest,
        name,
        '',
        'a',
        'b',
        `${digest}.`,
        `${digest}.!`,
        "' OR 1=1 --",
      ]) {
        expect(await store.destroyByHandle(handle)).toBe(false);
      }
      expect(await store.destroyByHandle(undefined as unknown as string)).toBe(false);
      await store.set('b', { user: 'bob', n: 2 });
      expect(await store.destroyByHandle(handleOf(2))).toBe(false);
      expect(await store.length()).toBe(2);
    });

    test('a session that a request has loaded stays ended', async () => {
      const store = open(options);
      await store.set('a', { user: 'ann' });
      const [loaded, other] = [await store.get('a'), await store.get('a')];
      await store.destroyAllOf('ann');
      await store.set('a', Object.assign(loaded ?? {}, { n: 1 }));
      await store.set('a', other ?? {});
      expect(await store.get('a')).toBeNull();
    });

    test('a session changes hands with what it says', async () => {
      const store = open(options);
      await store.set('a', {});
      const session = (await store.get('a')) ?? {};
      await store.set('a', Object.assign(session, { user: 7 }));
      expect(await sessionsOf(store, '7')).toEqual([{ user: 7 }]);
      expect(await sessionsOf(store, 7)).toEqual([{ user: 7 }]);
      await store.set('a', Object.assign(session, { user: 'ann' }));
      expect([await sessionsOf(store, 7), await sessionsOf(store, 'ann')]).toEqual([[], [{ user: 'ann' }]]);
      await store.set('a', Object.assign(session, { user: null }));
      expect(await sessionsOf(store, 'ann')).toEqual([]);
      expect(await users()).toEqual([null]);
    });

    test('no user is reached by the id of another, however alike', async () => {
      const store = open(options);
      const alike = [
        ...[
          'ann',
          'Ann',
          'ANN',
          'ann ',
          ' ann',
          'ann\0',
          'änn',
          'a\u0308nn',
          'ａnn',
          'ann%',
          'an_',
          '%',
          '_',
          '*',
        ],
        ...[
          '1',
          '01',
          '1.0',
          '1e0',
          ' 1',
          'null',
          'undefined',
          'NaN',
          'true',
          '[object Object]',
          "' OR '1'='1",
        ],
        ...[
          'x'.repeat(99),
          'x'.repeat(100),
          'x'.repeat(101),
          'x'.repeat(5_000),
          '\ud800',
          '\udc00',
          '\ufffd',
        ],
        ...['sha256:', 'hmac:', 'hmac:ann', '__proto__', 'constructor'],
      ];
      await Promise.all(alike.map((user, n) => store.set(`sid-${n}`, { user, n })));
      // What the column shows of one user is no id of another.
      const stored = (await users()).map(String);
      const more = stored.filter((id) => !alike.includes(id));
      await Promise.all(more.map((user, n) => store.set(`more-${n}`, { user, n })));
      for (const [n, user] of alike.entries()) expect(await sessionsOf(store, user)).toEqual([{ user, n }]);
      for (const [n, user] of more.entries()) expect(await sessionsOf(store, user)).toEqual([{ user, n }]);
      let left = alike.length + more.length;
      // Those that look like what is stored first, while what they look like is still there.
      for (const user of [...more, ...alike]) {
        expect(await store.destroyAllOf(user)).toBe(1);
        left -= 1;
        expect(await store.length()).toBe(left);
      }
    });
  });

  test('the session that was used last, or merely prolonged, comes first', async () => {
    const store = open();
    for (const n of [1, 2, 3]) await store.set(`sid-${n}`, { user: 'ann', n }, n * day);
    // Databases keep times in whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await store.touch('sid-1', day);
    const [first, ...others] = await store.sessionsOf('ann');
    expect(first?.session.n).toBe(1);
    expect(first?.updated?.getTime()).toBeGreaterThan(first?.created?.getTime() ?? Infinity);
    expect(others).toHaveLength(2);
  });

  test('without a secret, the column holds ids as they are, to be joined; with one, it tells nobody', async () => {
    await open().set('a', { user: 'ann' });
    await open().set('b', { user: 42 });
    expect(await users()).toEqual(['ann', '42']);
    await open({ secret }).set('c', { user: 'ann' });
    await open({ secret }).set('d', { user: 'ann' });
    const [, , third, fourth] = await users();
    expect(third).toMatch(/^hmac:[\w-]{43}$/);
    expect(fourth).toBe(third);
  });

  test('a table that holds sessions already learns whose they are as they are saved, changed or not', async () => {
    const old = database.open<Session>();
    await old.set('a', { user: 'ann' });
    await old.set('b', { user: 'ann' });
    const store = open();
    expect(await sessionsOf(store, 'ann')).toEqual([]);
    await store.set('a', (await store.get('a')) ?? {});
    expect(await sessionsOf(store, 'ann')).toEqual([{ user: 'ann' }]);
    // Those who do not know the column go on beside.
    await old.set('b', { user: 'bob' });
    expect(await users()).toEqual(['ann', null]);
    // And what they write counts for more than what the column says.
    await old.set('a', { user: 'bob' });
    expect(await sessionsOf(store, 'ann')).toEqual([]);
  });

  test('a user’s sessions are found under every secret, and after the first save under the first', async () => {
    await open().set('plain', { user: 'ann', n: 0 });
    await open({ secret: otherSecret }).set('other', { user: 'ann', n: 1 });
    const store = open({ secret: [secret, otherSecret], readPlain: true });
    await store.set('first', { user: 'ann', n: 2 });
    const found = async (): Promise<unknown[]> => (await sessionsOf(store, 'ann')).map(({ n }) => n).sort();
    expect(await found()).toEqual([0, 1, 2]);
    const handles = (await store.sessionsOf('ann')).map(({ handle }) => handle).sort();
    for (const sid of ['plain', 'other']) await store.set(sid, (await store.get(sid)) ?? {});
    expect(new Set(await users()).size).toBe(1);
    expect(await found()).toEqual([0, 1, 2]);
    expect((await store.sessionsOf('ann')).map(({ handle }) => handle).sort()).toEqual(handles);
    expect(await store.destroyAllOf('ann')).toBe(3);
  });

  test('of a session under its id and its digest, one is listed, and both end', async () => {
    const store = open({ hashIds: 'migrate' });
    for (const sid of ['a', 'b']) {
      await open({ hashIds: true }).set(sid, { user: 'ann', n: 1 });
      await open().set(sid, { user: 'ann', n: 2 });
    }
    const listed = await store.sessionsOf('ann', { current: 'a' });
    expect(listed.map(({ session }) => session.n)).toEqual([1, 1]);
    const current = listed.find((one) => one.current);
    expect(await store.destroyByHandle(current?.handle ?? '')).toBe(true);
    expect(await store.get('a')).toBeNull();
    expect(await store.destroyAllOf('ann')).toBe(2);
    expect(await store.get('b')).toBeNull();
  });

  test('an unchanged session that would be stored in another way today takes nothing from other requests', async () => {
    await open({ secret: otherSecret }).set('a', { user: 'ann', n: 0 });
    for (const options of [{ secret: [secret, otherSecret] }, { secret, userId: undefined }]) {
      const store = open(options);
      const [first, second] = [await store.get('a'), await store.get('a')];
      await store.set('a', Object.assign(second ?? {}, { n: (second?.n ?? 0) + 1 }));
      const changed = await store.get('a');
      await store.set('a', first ?? {}, 3 * day);
      expect(await store.get('a')).toEqual(changed);
    }
    // Without others, it is stored as it would be today, and has its new expiry.
    const store = open();
    await store.set('b', { user: 'ann' });
    const sealing = open({ secret, readPlain: true });
    await sealing.set('b', (await sealing.get('b')) ?? {}, 30 * day);
    const row = await database
      .table<{ id: string; data: string; expires: unknown }>()
      .where({ id: 'b' })
      .first();
    expect(row?.data).toMatch(/^v1\./);
    expect(Number(row?.expires) * 1000).toBeGreaterThan(Date.now() + 29 * day);
  });

  test('handles stay the same while ids are hashed', async () => {
    await open().set('a', { user: 'ann' });
    const [before] = await open().sessionsOf('ann');
    const store = open({ hashIds: 'migrate' });
    const [unmoved] = await store.sessionsOf('ann', { current: 'a' });
    expect(unmoved).toMatchObject({ handle: before?.handle, current: true });
    await store.get('a');
    const [moved] = await store.sessionsOf('ann', { current: 'a' });
    expect(moved).toMatchObject({ handle: before?.handle, current: true });
    expect(await store.destroyByHandle(before?.handle ?? '')).toBe(true);
    await open().set('a', { user: 'ann' });
    expect(await store.destroyAllOf('ann', { except: 'a' })).toBe(0);
    expect(await store.destroyByHandle(before?.handle ?? '')).toBe(true);
    // Who looks for digests alone lists nothing that lies under an id.
    await open().set('a', { user: 'ann' });
    expect(await open({ hashIds: true }).sessionsOf('ann')).toEqual([]);
  });

  test('input that is no user, no session id and no known option is refused, and ends nothing', async () => {
    const store = open();
    await store.set('a', { user: 'ann' });
    await store.set('b', {});
    for (const id of [undefined, null, '', NaN, Infinity, {}, [], true, ['ann']] as unknown as string[]) {
      await expect(store.destroyAllOf(id)).rejects.toThrow(/destroyAllOf: userId must be a string/);
      await expect(store.sessionsOf(id)).rejects.toThrow(/sessionsOf: userId must be a string/);
    }
    for (const except of [undefined, null, '', 7, {}] as unknown as string[]) {
      await expect(store.destroyAllOf('ann', { except })).rejects.toThrow(/except must be a session id/);
    }
    const mistyped = { exept: 'a' } as object;
    await expect(store.destroyAllOf('ann', mistyped)).rejects.toThrow(
      /unknown option "exept"; valid: except/,
    );
    await expect(store.sessionsOf('ann', { current: '' })).rejects.toThrow(/current must be a session id/);
    for (const options of [[], null, 'a', 7] as unknown as object[]) {
      await expect(store.destroyAllOf('ann', options)).rejects.toThrow(
        /options must be an object with except/,
      );
      await expect(store.sessionsOf('ann', options)).rejects.toThrow(
        /options must be an object with current/,
      );
    }
    expect(await store.sessionsOf('ann', { current: undefined })).toHaveLength(1);
    expect(await store.length()).toBe(2);
  });

  test('a userId that fails, or returns what is no id, refuses the session, and nothing is written', async () => {
    for (const bad of [{}, [], true, NaN, Infinity, 1n, Symbol('x'), () => 'ann', Promise.resolve('ann')]) {
      const store = open({ userId: () => bad as string });
      await expect(store.set('a', { n: 1 })).rejects.toThrow(
        /option userId must return a string, a number, null or undefined/,
      );
    }
    const broken = open({
      userId: () => {
        throw new Error('no such thing');
      },
    });
    await expect(broken.set('a', { n: 1 })).rejects.toThrow(
      'option userId failed for a session: no such thing',
    );
    await expect(broken.set('a', { n: 1 })).rejects.toThrow(TypeError);
    expect(await broken.length()).toBe(0);
    // It costs nobody the session that is there.
    await open().set('b', { n: 1 });
    expect(await broken.get('b')).toEqual({ n: 1 });
    await open({ userId: () => '' }).set('c', {});
    expect(await users()).toEqual([null, null]);
  });

  test('without the option, the methods say what is missing', async () => {
    const store = open({ userId: undefined });
    for (const call of [store.sessionsOf('ann'), store.destroyAllOf('ann'), store.destroyByHandle('x')]) {
      await expect(call).rejects.toThrow(/needs the option userId/);
      await expect(call).rejects.toThrow(TypeError);
    }
  });

  test('without timestamps, nobody knows when; with sync off, a missing column is named', async () => {
    const strict = open({ sync: false });
    await expect(strict.ready()).rejects.toThrow(/there is no table/);
    const plain = open({ userId: undefined });
    await plain.ready();
    await expect(open({ sync: false, timestamps: false }).ready()).rejects.toThrow(/has no column user_id/);
    const store = open({ timestamps: false });
    await store.set('a', { user: 'ann' });
    expect(await store.sessionsOf('ann')).toMatchObject([{ created: null, updated: null }]);
  });
});
