/** A slow request and a fast one change the same session: over HTTP, with each middleware and each choice of `conflicts`. */

import {
  expressSession,
  fastifySession,
  koaGenericSession1,
  koaGenericSession2,
  koaSession7,
  koaSessionMinimal4,
} from './middlewares';
import { describeServers, eventually, open, type Middleware, type Place, type Scene } from './support';
import type { StoreOptions } from '../../lib';
import type { Answer, Client } from '../support/app';

const hour = 3_600_000;

/** What the later request of a conflict is told with `reject`; express-session has answered by then. */
const middlewares: [name: string, middleware: Middleware, statusOfRejected: number][] = [
  ['koa-generic-session 1', koaGenericSession1, 500],
  ['koa-generic-session 2', koaGenericSession2, 500],
  ['koa-session 7', koaSession7, 500],
  ['koa-session-minimal 4', koaSessionMinimal4, 200],
  ['express-session', expressSession, 200],
  // The app's own answer to errors of the store.
  ['@fastify/session', fastifySession, 503],
];

interface Conflict {
  scene: Scene;
  ann: Client;
  /** What the slow request was answered. */
  slow: Answer;
}

/** @param meanwhile what a fast request does, while a slow one has loaded the session to count a visit in it */
const conflict = async (
  middleware: Middleware,
  conflicts: StoreOptions['conflicts'],
  meanwhile: string,
  place?: Place,
): Promise<Conflict> => {
  const scene = await open(middleware, {
    format: 'esm',
    place,
    session: middleware.livingFor(hour),
    store: { conflicts, writeErrors: middleware.awaitsWrites ? 'reject' : 'emit' },
  });
  const ann = scene.visitor();
  await ann.post('/login?user=ann');
  await scene.stored(async () => {
    expect((await scene.row()).data).toMatchObject({ user: 'ann', visits: 0 });
  });
  const slow = scene.visitor(ann.cookies).post('/visit-slowly');
  await eventually(() => {
    expect(scene.output()).toContain('requests on hold: 1');
    return Promise.resolve();
  });
  const before = await scene.rows();
  await (await scene.beside())(ann.cookies).post(meanwhile);
  await eventually(async () => {
    expect(await scene.rows()).not.toEqual(before);
  });
  await scene.visitor().post('/let-go');
  return { scene, ann, slow: await slow };
};

describe.each(middlewares)('%s', (_, middleware, statusOfRejected) => {
  const tests = (place?: Place): void => {
    test('merge keeps what both have changed, and the right expiry', async () => {
      const begin = Date.now();
      const { scene, ann, slow } = await conflict(middleware, 'merge', '/colour?colour=red', place);
      expect(slow.status).toBe(200);
      await scene.stored(async () => {
        expect((await scene.row()).data).toMatchObject({ user: 'ann', visits: 1, colour: 'red' });
      });
      const row = await scene.row();
      expect(middleware.endOf(row)).toBeGreaterThanOrEqual(begin + hour);
      expect(middleware.endOf(row)).toBeLessThanOrEqual(Date.now() + 1.02 * hour);
      const cookie = row.data.cookie as { path?: string; httpOnly?: boolean } | undefined;
      if (cookie !== undefined) expect(cookie).toMatchObject({ path: '/', httpOnly: true });
      // The visitor goes on.
      await ann.post('/visit');
      await scene.stored(async () => {
        expect((await scene.row()).data).toMatchObject({ user: 'ann', visits: 2, colour: 'red' });
      });
    });

    test('reject keeps what was first', async () => {
      const { scene, slow } = await conflict(middleware, 'reject', '/colour?colour=red', place);
      expect(slow.status).toBe(statusOfRejected);
      // A request that was answered before its session was saved: the app learns of it all the same.
      await eventually(() => {
        const isTold =
          slow.status !== 200 || scene.output().includes('another request has changed the session');
        expect(isTold).toBe(true);
        return Promise.resolve();
      });
      expect((await scene.row()).data).toMatchObject({ user: 'ann', visits: 0, colour: 'red' });
    });
  };

  describe('on SQLite', () => {
    tests();

    test('last, the default, loses what was first', async () => {
      const { scene } = await conflict(middleware, 'last', '/colour?colour=red');
      await scene.stored(async () => {
        expect((await scene.row()).data).toMatchObject({ user: 'ann', visits: 1 });
      });
      expect((await scene.row()).data).not.toHaveProperty('colour');
    });

    test.each(['merge', 'reject'] as const)('%s: a logout stays one', async (conflicts) => {
      const { scene, ann } = await conflict(middleware, conflicts, '/logout');
      // An app that ends has written all that it had to.
      expect(await scene.restart('SIGTERM')).toBe(0);
      expect(await scene.rows()).toEqual([]);
      expect((await scene.visitor(ann.cookies).get('/')).text).toContain('"user":null');
    });
  });

  describeServers((place) => {
    tests(place);
  });
});
