/** A visitor's session gets another id by `rotate` while requests with the old cookie are under way: over HTTP, with each middleware. */

import {
  expressSession,
  koaGenericSession1,
  koaGenericSession2,
  koaSession7,
  koaSessionMinimal4,
} from './middlewares';
import { describeServers, eventually, open, seen, type Middleware, type Place, type Scene } from './support';

const middlewares: [name: string, middleware: Middleware][] = [
  ['koa-generic-session 1', koaGenericSession1],
  ['koa-generic-session 2', koaGenericSession2],
  ['koa-session 7', koaSession7],
  ['koa-session-minimal 4', koaSessionMinimal4],
  ['express-session', expressSession],
];

const grace = 30_000;
const hour = 3_600_000;

describe.each(middlewares)('%s', (_name, middleware) => {
  const begin = async (place?: Place): Promise<Scene> =>
    open(middleware, { format: 'esm', place, session: middleware.livingFor(hour) });

  /** The live rows; a forward has expired for all that do not know it. */
  const live = async (scene: Scene): Promise<{ id: string; data: Record<string, unknown> }[]> =>
    (await scene.rows()).filter(({ expires }) => expires > 0);

  const tests = (place?: Place): void => {
    test('both cookies know the visitor, only the new one changes the session, and a logout with either is one', async () => {
      const scene = await begin(place);
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      await scene.stored(async () => {
        expect(await live(scene)).toMatchObject([{ data: { user: 'ann', visits: 0 } }]);
      });
      const [before] = await live(scene);
      const old = scene.visitor(ann.cookies);
      const slow = scene.visitor(ann.cookies).post('/visit-slowly');
      await eventually(() => {
        expect(scene.output()).toContain('requests on hold: 1');
        return Promise.resolve();
      });

      expect(seen(await ann.post(`/rotate?grace=${grace}`))).toEqual({ user: 'ann', visits: 0 });

      expect(ann.cookies.get(middleware.cookie)).not.toBe(old.cookies.get(middleware.cookie));
      // On a server, the requests with the old cookie come to another process.
      const others = place === undefined ? scene.visitor : await scene.beside();
      const late = others(old.cookies);
      expect(seen(await late.get('/')).user).toBe('ann');
      await scene.visitor().post('/let-go');
      expect(seen(await slow)).toEqual({ user: 'ann', visits: 1 });
      // Nor did the request that was slow, and no third session has come of it all.
      expect(seen(await ann.get('/'))).toEqual({ user: 'ann', visits: 0 });
      expect(seen(await ann.post('/visit'))).toEqual({ user: 'ann', visits: 1 });
      await scene.stored(async () => {
        expect(await live(scene)).toMatchObject([{ data: { user: 'ann', visits: 1 } }]);
      });
      const [after] = await live(scene);
      expect(after?.id).not.toBe(before?.id);
      expect(late.cookies.get(middleware.cookie)).toBe(old.cookies.get(middleware.cookie));

      await late.post('/logout');
      await scene.deleted(async () => {
        expect(await live(scene)).toEqual([]);
      });
      expect(seen(await ann.get('/')).user).toBeNull();
    });

    test('what the request has changed before it rotated is saved under the new id', async () => {
      const scene = await begin(place);
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      await scene.stored(async () => {
        expect(await live(scene)).toHaveLength(1);
      });
      expect(seen(await ann.post('/rotate?grace=0&visits=7'))).toEqual({ user: 'ann', visits: 7 });
      await scene.stored(async () => {
        expect(await live(scene)).toMatchObject([{ data: { user: 'ann', visits: 7 } }]);
      });
      expect(seen(await ann.get('/'))).toEqual({ user: 'ann', visits: 7 });
    });

    test('a request that was logged out meanwhile gets no session by rotating', async () => {
      const scene = await begin(place);
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      await scene.stored(async () => {
        expect(await live(scene)).toHaveLength(1);
      });
      const rotating = scene.visitor(ann.cookies).post(`/rotate?grace=${grace}&slowly=1`);
      await eventually(() => {
        expect(scene.output()).toContain('requests on hold: 1');
        return Promise.resolve();
      });
      await ann.post('/logout');
      await scene.deleted(async () => {
        expect(await live(scene)).toEqual([]);
      });
      await scene.visitor().post('/let-go');
      await rotating;
      expect(await scene.restart('SIGTERM')).toBe(0);
      expect(await live(scene)).toEqual([]);
    });
  };

  describe('on SQLite', () => {
    tests();
  });

  describeServers((place) => {
    tests(place);
  });
});
