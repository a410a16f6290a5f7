/** A session ends while other requests, which have loaded it already, are still under way: it stays ended. */

import {
  expressSession,
  fastifySession,
  koaGenericSession1,
  koaGenericSession2,
  koaSession7,
  koaSessionMinimal4,
} from '../middlewares/middlewares';
import { describeServers, eventually, open, seen, type Middleware, type Place } from '../middlewares/support';

const middlewares: Record<string, Middleware> = {
  'koa-generic-session 1': koaGenericSession1,
  'koa-generic-session 2': koaGenericSession2,
  'koa-session 7': koaSession7,
  'koa-session-minimal 4': koaSessionMinimal4,
  'express-session': expressSession,
  '@fastify/session': fastifySession,
};

/** Requests that make a new session of the one that they have loaded. */
const remake = new Map([
  [koaSession7, '/regenerate-slowly'],
  [koaSessionMinimal4, '/regenerate-slowly'],
  [fastifySession, '/regenerate-slowly'],
  [koaGenericSession2, '/copy-slowly'],
]);

/** @param inAnother whether a process logs the user out that is not the one of the slow requests */
const logOutMeanwhile = async (middleware: Middleware, inAnother: boolean, place?: Place): Promise<void> => {
  const scene = await open(middleware, { format: 'esm', place, session: { rolling: true } });
  const elsewhere = inAnother ? await scene.beside() : scene.visitor;
  const ann = scene.visitor();
  await ann.post('/login?user=ann');
  await scene.stored(async () => {
    expect((await scene.row()).data).toMatchObject({ user: 'ann' });
  });
  const { cookies } = ann;

  const remakers = [remake.get(middleware) ?? []].flat().map((path) => {
    const visitor = scene.visitor(cookies);
    return { visitor, answer: visitor.post(path) };
  });
  const slowRequests = ['/visit-slowly', '/look-slowly'].map((path) => scene.visitor(cookies).post(path));
  await eventually(() => {
    expect(scene.output()).toContain(`requests on hold: ${slowRequests.length + remakers.length}`);
    return Promise.resolve();
  });
  await elsewhere(cookies).post('/logout');
  await scene.deleted(async () => {
    expect(await scene.rows()).toEqual([]);
  });
  await scene.visitor().post('/let-go');

  // They knew the user, and went on.
  const [visit, look] = (await Promise.all(slowRequests)).map(seen);
  expect(visit).toEqual({ user: 'ann', visits: 1 });
  expect(look?.user).toBe('ann');
  for (const { visitor, answer } of remakers) {
    expect(seen(await answer).user).toBe('ann');
    expect(seen(await scene.visitor(visitor.cookies).get('/')).user).toBeNull();
  }
  // An app that ends has written all that it had to.
  expect(await scene.restart('SIGTERM')).toBe(0);
  expect(await scene.rows()).toEqual([]);
  expect(seen(await scene.visitor(cookies).get('/')).user).toBeNull();
};

describe.each(Object.entries(middlewares))('%s', (_, middleware) => {
  test('a logout stays one, whatever requests in the same process save later', async () => {
    await logOutMeanwhile(middleware, false);
  });

  test('a logout in another process stays one as well', async () => {
    await logOutMeanwhile(middleware, true);
  });

  describeServers((place) => {
    test('a logout in another process stays one as well', async () => {
      await logOutMeanwhile(middleware, true, place);
    });
  });
});
