/** Two stores as one, while sessions move from koa-redis, under each of Koa's middlewares. */

import type { App } from '../../support/app';
import { describeOn } from '../../support/databases';
import { createRedis, redis } from '../../support/redis-server';
import type { ServerProcess } from '../../support/server-process';
import { at, logIn, newSqliteFile, openScene, seen, userOf } from './support';

const until = async (app: App, pattern: RegExp): Promise<void> => {
  while (!pattern.test(app.output())) await new Promise((resolve) => setTimeout(resolve, 10));
};

describeOn(redis(), () => {
  let server: ServerProcess & { url: string };

  beforeAll(async () => {
    server = await createRedis();
    await server.start();
  });

  afterAll(() => server.remove());

  const openWith = (MIDDLEWARE: string) => {
    const scene = openScene(newSqliteFile());
    const start = (STORES: string): Promise<App> =>
      scene.start('koa.mjs', { MIDDLEWARE, STORES, REDIS_URL: server.url });
    return { ...scene, start };
  };

  test.each(['koa-session', 'koa-generic-session', 'koa-session-minimal'])(
    'with %s, a visitor of before can log in',
    async (middleware) => {
      const { start } = openWith(middleware);
      const before = await start('redis');
      const visitor = await logIn(before, 'Ada');
      const app = await start('knex,redis');

      const moved = at(app, visitor);
      await moved.post('/login?user=Grace');

      expect(await userOf(moved)).toBe('Grace');
      expect(await userOf(at(app, moved))).toBe('Grace');
    },
  );

  describe.each(['koa-session', 'koa-generic-session'])('with %s', (middleware) => {
    const open = () => openWith(middleware);

    test('a session that is used moves, and one that is not is left where it is', async () => {
      const { knex, tableName, start } = open();
      const before = await start('redis');
      const ada = await logIn(before, 'Ada');
      const grace = await logIn(before, 'Grace');
      await before.stop();

      const app = await start('knex,redis');
      expect(seen(await at(app, ada).post('/visit'))).toEqual({ user: 'Ada', visits: 1 });
      expect(seen(await at(app, ada).post('/visit'))).toEqual({ user: 'Ada', visits: 2 });
      expect(await userOf(at(app, grace))).toBe('Grace');
      expect(await knex(tableName).select('id')).toHaveLength(1);
      await app.stop();

      const after = await start('knex');
      expect(seen(await at(after, ada).get('/'))).toEqual({ user: 'Ada', visits: 2 });
      expect(await userOf(at(after, grace))).toBeNull();
    });

    test('during a deploy, both sides know all sessions, and a logout on one is one on both', async () => {
      const { start } = open();
      const [old, next] = [await start('redis,knex'), await start('knex,redis')];
      for (const [first, second] of [
        [old, next],
        [next, old],
      ] as const) {
        const ada = await logIn(first, 'Ada');
        expect(await userOf(at(second, ada))).toBe('Ada');
        await at(second, ada).post('/visit');
        const thief = at(first, ada);
        await at(first, ada).post('/logout');
        expect(await userOf(thief)).toBeNull();
        expect(await userOf(at(second, ada))).toBeNull();
      }
    });

    test('a request that loaded a session before its logout does not bring it back', async () => {
      const { start } = open();
      const before = await start('redis');
      const ada = await logIn(before, 'Ada');
      const app = await start('knex,redis');

      const slow = at(app, ada).post('/visit-slowly');
      await until(app, /requests on hold: 1/);
      await at(app, ada).post('/logout');
      await at(app, ada).post('/let-go');
      expect((await slow).status).toBe(200);

      expect(await userOf(at(app, ada))).toBeNull();
      expect(await userOf(at(before, ada))).toBeNull();
    });
  });
});
