/** A slow request and a fast one change the same session: over HTTP, with each middleware and each choice of `conflicts`. */

import {
  expressSession,
  fastifySession,
  koaGenericSession1,
  koaGenericSession2,
  koaSession7,
  koaSessionMinimal4,
} from './middlewares';
import { describeServers, eventually, open, seen, type Middleware, type Place, type Scene } from './support';
import type { CreateKnexStoreOptions } from '../../lib';
import type { Answer, Client } from '../support/app';

const hour = 3_600_000;

interface Case {
  name: string;
  middleware: Middleware;
  /** What the slow request is answered with `reject`. */
  rejected: number;
  /** What the middleware itself keeps in a stored session that lives for an hour. */
  own: object;
}

const koaCookie = { maxAge: hour, httpOnly: true, path: '/', overwrite: true, signed: true };

const cookie = expect.objectContaining({
  // Within 5 s: express-session reads the clock twice, and loses a few ms of it now and then.
  originalMaxAge: expect.closeTo(hour, -4) as number,
  expires: expect.any(String) as string,
  httpOnly: true,
  path: '/',
}) as object;

const cases: Case[] = [
  {
    name: 'koa-generic-session 1',
    middleware: koaGenericSession1,
    rejected: 500,
    own: { cookie: koaCookie },
  },
  {
    name: 'koa-generic-session 2',
    middleware: koaGenericSession2,
    rejected: 500,
    own: { cookie: koaCookie },
  },
  {
    name: 'koa-session 7',
    middleware: koaSession7,
    rejected: 500,
    own: { _expire: expect.any(Number) as number, _maxAge: hour },
  },
  // It has answered by then.
  { name: 'koa-session-minimal 4', middleware: koaSessionMinimal4, rejected: 200, own: {} },
  {
    name: 'express-session',
    // The end in the cookie, which is as right as that of the row.
    middleware: { ...expressSession, endOf: (row) => fastifySession.endOf(row) },
    // The head of the answer has been sent by then.
    rejected: 200,
    own: { cookie },
  },
  // The app's own answer to errors of the store.
  { name: '@fastify/session', middleware: fastifySession, rejected: 503, own: { cookie } },
];

const isStored = (scene: Scene, data: object): Promise<void> =>
  scene.stored(async () => {
    expect((await scene.row()).data).toMatchObject(data);
  });

/** What happens while the slow request is on hold, until it is stored. */
type Meanwhile = (scene: Scene, fast: Client) => Promise<void>;

const changesUserAndAddsColour: Meanwhile = async (scene, fast) => {
  await fast.post('/login?user=bob');
  await fast.post('/colour?colour=red');
  await isStored(scene, { user: 'bob', visits: 0, colour: 'red' });
};

const logsOut: Meanwhile = async (scene, fast) => {
  await fast.post('/logout');
  await scene.deleted(async () => {
    expect(await scene.rows()).toEqual([]);
  });
};

const jobAddsColour: Meanwhile = async (scene) => {
  const { id } = await scene.row();
  await scene.visitor().post(`/job?sid=${encodeURIComponent(id)}&colour=red`);
  expect((await scene.row()).data).toMatchObject({ user: 'ann', visits: 0, colour: 'red' });
};

interface Conflict {
  scene: Scene;
  ann: Client;
  /** What the slow request was answered. */
  slow: Answer;
  /** When the slow request began and when it went on, in ms since the epoch. */
  began: number;
  wentOn: number;
}

/** @param meanwhile happens while a slow request has loaded the session to count a visit in it */
const conflict = async (
  middleware: Middleware,
  store: CreateKnexStoreOptions,
  meanwhile: Meanwhile,
  place?: Place,
): Promise<Conflict> => {
  const scene = await open(middleware, {
    format: 'esm',
    place,
    session: middleware.livingFor(hour),
    store: { ...store, writeErrors: middleware.awaitsWrites ? 'reject' : 'emit' },
  });
  const ann = scene.visitor();
  await ann.post('/login?user=ann');
  await isStored(scene, { user: 'ann', visits: 0 });

  const began = Date.now();
  const slow = scene.visitor(ann.cookies).post('/visit-slowly');
  await eventually(() => {
    expect(scene.output()).toContain('requests on hold: 1');
    return Promise.resolve();
  });
  // On a server, the fast request comes to another process.
  const visitor = place === undefined ? scene.visitor : await scene.beside();
  await meanwhile(scene, visitor(ann.cookies));
  const wentOn = Date.now();
  await scene.visitor().post('/let-go');
  return { scene, ann, slow: await slow, began, wentOn };
};

describe.each(cases)('$name', ({ middleware, rejected, own }) => {
  const tests = (place?: Place): void => {
    test('merge keeps what both have changed, and the right expiry', async () => {
      const { scene, ann, slow, began, wentOn } = await conflict(
        middleware,
        { conflicts: 'merge' },
        changesUserAndAddsColour,
        place,
      );

      expect(seen(slow)).toEqual({ user: 'ann', visits: 1 });
      await isStored(scene, { user: 'bob', visits: 1, colour: 'red' });
      const row = await scene.row();
      expect(row.data).toEqual({ user: 'bob', visits: 1, colour: 'red', ...own });
      // @fastify/session counts from when it loads a session; the others from when they save it.
      const begin = middleware === fastifySession ? began : wentOn;
      const { originalMaxAge = hour } = (row.data.cookie ?? {}) as { originalMaxAge?: number };
      expect(middleware.endOf(row)).toBeGreaterThanOrEqual(begin + originalMaxAge);
      expect(middleware.endOf(row)).toBeLessThanOrEqual(Date.now() + 1.02 * hour);
      expect(row.expires * 1000).toBeGreaterThanOrEqual(middleware.endOf(row));

      // The visitor goes on.
      expect(seen(await ann.get('/'))).toEqual({ user: 'bob', visits: 1 });
      expect(seen(await ann.post('/visit'))).toEqual({ user: 'bob', visits: 2 });
      await isStored(scene, { user: 'bob', visits: 2, colour: 'red', ...own });
    });

    test('reject keeps what was first, and tells the app', async () => {
      const { scene, slow } = await conflict(
        middleware,
        { conflicts: 'reject' },
        changesUserAndAddsColour,
        place,
      );

      expect(slow.status).toBe(rejected);
      // By the answer, by Koa or the app's error handler, or, after the answer, by an `error` event.
      await eventually(() => {
        expect(slow.text + scene.output()).toContain('set: another request has changed the session');
        return Promise.resolve();
      });
      expect((await scene.row()).data).toEqual({ user: 'bob', visits: 0, colour: 'red', ...own });
    });
  };

  describe('on SQLite', () => {
    tests();

    test('last, the default, loses what was first', async () => {
      const { scene } = await conflict(middleware, {}, changesUserAndAddsColour);

      await isStored(scene, { visits: 1 });
      expect((await scene.row()).data).toEqual({ user: 'ann', visits: 1, ...own });
    });

    test('merge keeps what a job has changed by update', async () => {
      const { scene } = await conflict(middleware, { conflicts: 'merge' }, jobAddsColour);

      await isStored(scene, { visits: 1 });
      expect((await scene.row()).data).toEqual({ user: 'ann', visits: 1, colour: 'red', ...own });
    });

    test.each(['merge', 'reject'] as const)('%s: a logout stays one', async (conflicts) => {
      const { scene, ann, slow } = await conflict(middleware, { conflicts }, logsOut);

      // To save a session that has ended does nothing, and is no conflict.
      expect(slow.status).toBe(200);
      // An app that ends has written all that it had to.
      expect(await scene.restart('SIGTERM')).toBe(0);
      expect(await scene.rows()).toEqual([]);
      expect(seen(await scene.visitor(ann.cookies).get('/')).user).toBeNull();
    });
  });

  describeServers((place) => {
    tests(place);
  });
});
