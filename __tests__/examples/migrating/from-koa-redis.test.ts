/** Sessions of koa-redis move to this store, under koa-session and under koa-generic-session. */

import koaRedis from 'koa-redis';
import { describeOn } from '../../support/databases';
import { createRedis, redis } from '../../support/redis-server';
import type { ServerProcess } from '../../support/server-process';
import { afterwards, at, describePlaces, logIn, openScene, seen, userOf, type Scene } from './support';

const hour = 3_600_000;
const program = 'from-koa-redis.mjs';
const middlewares = ['koa-session', 'koa-generic-session'] as const;

/** Options of a middleware, for sessions that live for an hour, and what its keys begin with. */
const settings = {
  'koa-session': { options: { maxAge: hour, prefix: 'app:' }, match: 'app:*' },
  'koa-generic-session': { options: { cookie: { maxAge: hour } }, match: 'koa:sess:*' },
};

/** When each session of the new table ends, in ms since the epoch. */
const endsIn = async ({ knex, tableName }: Scene): Promise<Map<string, number>> => {
  const rows = await knex<{ id: string; expires: number | string }>(tableName).select('id', 'expires');
  return new Map(rows.map(({ id, expires }) => [id, Number(expires) * 1000]));
};

describeOn(redis(), () => {
  let server: ServerProcess & { url: string };
  let REDIS_URL: string;

  beforeAll(async () => {
    server = await createRedis();
    await server.start();
    REDIS_URL = server.url;
  });

  afterAll(() => server.remove());

  /** koa-redis itself, on an empty server. */
  const openRedis = async (options: object = {}): Promise<ReturnType<typeof koaRedis>> => {
    const store = koaRedis({ url: REDIS_URL, ...options });
    afterwards(() => store.quit());
    await store.client.flushall();
    return store;
  };

  describePlaces((place) => {
    test.each(middlewares)(
      'visitors of %s stay logged in, for as long as before; logouts stay',
      async (name) => {
        const { client } = await openRedis();
        const scene = openScene(place());
        const { options, match } = settings[name];
        const env = { MIDDLEWARE: name, SESSION_OPTIONS: JSON.stringify(options), REDIS_URL };
        const before = await scene.start('koa.mjs', { ...env, STORES: 'redis' });
        const ada = await logIn(before, 'Ada');
        await ada.post('/visit');
        const grace = await logIn(before, 'Grace');
        const thief = at(before, grace);
        await grace.post('/logout');
        const [key = '', ...others] = await client.keys('*');
        expect(others).toEqual([]);
        await before.stop();

        const { code, stdout, stderr } = await scene.migrate(program, ['--match', match], {}, { REDIS_URL });
        expect(stderr).toBe('');
        expect(stdout).toContain('1 read: 1 copied, 0 there already');
        expect(code).toBe(0);

        const endInRedis = Date.now() + (await client.pttl(key));
        const end = (await endsIn(scene)).get(key);
        // Whole seconds, and a bucket of 1 % of an hour, at most.
        expect(end).toBeGreaterThan(endInRedis - 2_000);
        expect(end).toBeLessThan(endInRedis + hour / 100 + 2_000);
        await client.flushall();

        const after = await scene.start('koa.mjs', { ...env, STORES: 'knex' });
        expect(seen(await at(after, ada).get('/'))).toEqual({ user: 'Ada', visits: 1 });
        expect(await userOf(at(after, thief))).toBeNull();
        const adaLater = at(after, ada);
        expect(seen(await adaLater.post('/visit'))).toEqual({ user: 'Ada', visits: 2 });
        await adaLater.post('/logout');
        expect(await userOf(at(after, ada))).toBeNull();
      },
    );
  });

  const sqlite = { client: 'better-sqlite3', url: ':memory:' };

  describePlaces((place) => {
    test('an app on both stores loses no visit and no logout while its sessions are copied', async () => {
      await openRedis();
      const scene = openScene(place());
      const env = { MIDDLEWARE: 'koa-session', REDIS_URL };
      const before = await scene.start('koa.mjs', { ...env, STORES: 'redis' });
      const visitors = await Promise.all(Array.from({ length: 40 }, (_, n) => logIn(before, `user-${n}`)));
      await before.stop();
      const app = await scene.start('koa.mjs', { ...env, STORES: 'knex,redis' });

      let copying = true;
      const copy = scene.migrate(program, ['--batch-size', '5'], {}, { REDIS_URL }).finally(() => {
        copying = false;
      });
      const walk = async (visitor: (typeof visitors)[number], index: number) => {
        const here = at(app, visitor);
        let visits = 0;
        while (copying) {
          visits += 1;
          expect(seen(await here.post('/visit')).visits).toBe(visits);
          // One in four leaves, each at a time of its own.
          if (index % 4 === 0 && visits > index / 4) {
            await here.post('/logout');
            return { visitor, expected: { user: null, visits: 0 } };
          }
        }
        return { visitor, expected: { user: `user-${index}`, visits } };
      };
      const walks = await Promise.all(visitors.map(walk));
      expect(await copy).toMatchObject({ code: 0, stderr: '' });
      await app.stop();

      const after = await scene.start('koa.mjs', { ...env, STORES: 'knex' });
      for (const { visitor, expected } of walks) {
        expect(seen(await at(after, visitor).get('/'))).toEqual(expected);
      }
    });
  });

  describePlaces((place) => {
    test('a run over many keys reads sessions alone, counts them, and can be repeated', async () => {
      const store = await openRedis();
      const scene = openScene(place());
      const session = { cookie: { path: '/' }, user: 'Ada' };
      const keys = Array.from({ length: 2_300 }, (_, n) => `koa:sess:${n}`);
      await Promise.all(keys.map((key) => store.set(key, session, hour)));
      await store.set('koa:sess:for-ever', session);
      await store.client.lpush('koa:sess:list', 'x');
      await store.client.set('koa:sess:text', 'x');
      await store.client.set('other', '{"cookie":{}}');
      const args = ['--match', 'koa:sess:*', '--batch-size', '100'];
      const migrate = (...more: string[]) =>
        scene.migrate(program, [...args, ...more], { browserSessionLifetime: 2 * hour }, { REDIS_URL });
      const began = Date.now();

      const dry = await migrate('--dry-run');
      expect(dry.stdout).toContain('2301 to copy, 0 there already, 0 expired, 1 unreadable');
      expect(await scene.knex.schema.hasTable(scene.tableName)).toBe(false);

      const { code, stdout, stderr } = await migrate();
      expect(stdout.match(/ read: /g)?.length).toBeGreaterThan(2);
      expect(stdout).toContain('2301 copied, 0 there already, 0 expired, 1 unreadable');
      expect(stderr).toBe('unreadable: a key that holds no session\n');
      expect(code).toBe(1);
      const ends = await endsIn(scene);
      expect(new Set(ends.keys())).toEqual(new Set([...keys, 'koa:sess:for-ever']));
      expect(ends.get('koa:sess:for-ever')).toBeGreaterThanOrEqual(began + 2 * hour);
      expect((await migrate()).stdout).toContain('0 copied, 2301 there already');
    });
  });

  describePlaces((place) => {
    test('a run that is stopped half-way is finished by another one', async () => {
      const store = await openRedis();
      const { startMigrating, migrate, knex, tableName } = openScene(place());
      const keys = Array.from({ length: 4_000 }, (_, n) => `koa:sess:${n}`);
      await Promise.all(keys.map((key) => store.set(key, { cookie: {} }, hour)));
      const args = [program, ['--batch-size', '20'], {}, { REDIS_URL }] as const;
      const count = async (): Promise<number> =>
        (await knex.schema.hasTable(tableName)) ? (await knex(tableName).select('id')).length : 0;

      const first = startMigrating(...args);
      while ((await count()) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      first.interrupt();
      await first.ended;
      const copied = await count();
      expect(copied).toBeLessThan(4_000);

      const second = await migrate(...args);
      expect(second.code).toBe(0);
      expect(second.stdout).toContain(`4000 read: ${4_000 - copied} copied, ${copied} there already`);
      expect(await count()).toBe(4_000);
      expect(await knex.schema.hasTable(`${tableName}_copy`)).toBe(false);
    });
  });

  test('a variable that is missing is named, and nothing goes on', async () => {
    const env = { REDIS_URL, DATABASE_URL: '' };
    const { code, stderr } = await openScene(sqlite).migrate(program, [], {}, env);
    expect(stderr).toBe('error: set DATABASE_URL: the database to copy to\n');
    expect(code).toBe(1);
  });

  test.each(['shop:', String.raw`shop[1]\*?:`])(
    'keys that koa-redis puts the keyPrefix %s in front of are read without it',
    async (keyPrefix) => {
      const store = await openRedis({ keyPrefix });
      await store.set('sid', { _expire: Date.now() + hour, user: 'Ada' }, hour);
      const { stdout } = await openScene(sqlite).migrate(
        program,
        ['--key-prefix', keyPrefix, '--dry-run'],
        {},
        { REDIS_URL },
      );
      expect(stdout).toContain('1 read: 1 to copy');
    },
  );

  test('a Redis that is not there is said in a line', async () => {
    const { code, stderr } = await openScene(sqlite).migrate(
      program,
      [],
      {},
      { REDIS_URL: 'redis://127.0.0.1:1/0' },
    );
    expect(stderr).toMatch(/^error: .*max retries per request/m);
    expect(code).toBe(1);
  });
});
