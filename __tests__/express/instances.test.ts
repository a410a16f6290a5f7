/** Session objects are what express-session's own base class for stores makes of the same. */

import express from 'express';
import session from 'express-session';
import { createExpressStore, type ExpressStore } from '../../lib/express';
import { signed } from '../middlewares/signed';
import { called, openStore, serve } from './support';

const hour = 3_600_000;
const future = new Date(Date.now() + hour).toISOString();

/** What the adapter and express-session's own stores have in common here. */
type Base = Pick<ExpressStore, 'createSession'>;

/** The middleware gives the store what it needs. */
const used = (options: Partial<session.SessionOptions> = {}) => {
  const { store } = openStore();
  const adapter = createExpressStore(store);
  const middleware = session({
    secret: 'a key of the tests',
    resave: false,
    saveUninitialized: false,
    ...options,
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a store need not be of its class
    store: adapter,
  });
  return { store, adapter, middleware };
};

const request = (adapter: Base) => ({
  sessionID: 'ann',
  sessionStore: adapter,
  headers: {},
  session: undefined,
});

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const create = (store: Base, { cookie, ...data }: { cookie: unknown; user: string }) => {
  const req = request(store);
  // The base class changes the cookie that it is given.
  const stored = { cookie: isPlain(cookie) ? { ...cookie } : cookie, ...data };
  const made = store.createSession(req, stored) as session.Session;
  expect(req.session).toBe(made);
  const { originalMaxAge } = made.cookie;
  return { made, own: Object.entries(made), cookie: JSON.stringify(made.cookie), originalMaxAge };
};

test.each([
  { originalMaxAge: null, expires: null, httpOnly: true, path: '/' },
  { originalMaxAge: hour, expires: future, httpOnly: true, path: '/' },
  { originalMaxAge: hour, expires: future, httpOnly: false, path: '/app', secure: true, sameSite: 'lax' },
  {
    originalMaxAge: hour,
    expires: future,
    path: '/',
    domain: 'example.org',
    partitioned: true,
    priority: 'high',
  },
  { originalMaxAge: 2 * hour, expires: new Date(Date.now() + hour) },
  { originalMaxAge: false, expires: false, path: '/' },
  {},
])('with a cookie of %j', (cookie) => {
  const { adapter } = used({ cookie: { maxAge: 5, domain: 'of.the.options', sameSite: 'strict' } });
  const stored = { cookie, user: 'ann', visits: [1, { two: 2 }], id: 'not this', save: 'nor this' };

  const ours = create(adapter, stored);
  const theirs = create(new session.MemoryStore(), stored);

  expect(ours.own.map(([name]) => name)).toEqual(['cookie', 'user', 'visits']);
  expect(ours.own.slice(1)).toEqual(theirs.own.slice(1));
  expect(ours.cookie).toBe(theirs.cookie);
  expect(ours.originalMaxAge).toBe(theirs.originalMaxAge);
  expect(ours.made.id).toBe('ann');
  expect(ours.made).toBeInstanceOf(session.Session);
  expect(ours.made.cookie).toBeInstanceOf(session.Cookie);
});

test.each([
  undefined,
  null,
  7,
  'cookie',
  [],
  { data: 1, maxAge: 'x' },
  { expires: 'never', originalMaxAge: {} },
])('where no cookie was stored but %j, it is one that ends with the browser, and no error page', (cookie) => {
  const { made } = create(used().adapter, { cookie, user: 'ann' });
  expect(made).toMatchObject({ user: 'ann' });
  expect(made.cookie).toMatchObject({ path: '/', httpOnly: true, expires: null });
});

test.each(['soon', {}, true])(
  'a request with a cookie of which %j was stored as its age is answered',
  async (age) => {
    const { store, middleware } = used();
    await store.set('ann', { cookie: { originalMaxAge: age }, visits: 1 });
    const url = await serve(
      express().use(middleware, (req, res) => {
        const visited = req.session as unknown as { visits: number };
        visited.visits += 1;
        res.json(visited.visits);
      }),
    );
    const cookie = `connect.sid=${signed('ann', 'a key of the tests')}`;

    const answer = await fetch(url, { headers: { cookie }, signal: AbortSignal.timeout(10_000) });

    expect(await answer.json()).toBe(2);
    expect(await store.get('ann')).toMatchObject({ visits: 2, cookie: { originalMaxAge: null } });
  },
);

test('what was read stays as it was', async () => {
  const { store, adapter } = used();
  await store.set('ann', { cookie: { originalMaxAge: hour, expires: future }, user: 'ann' });
  const stored = await called<object>((done) => {
    adapter.get('ann', done);
  });
  const before = JSON.stringify(stored);
  adapter.createSession(request(adapter), stored);
  expect(JSON.stringify(stored)).toBe(before);
});

test('genid and cookie of the app are asked once to learn them, with what looks like the request', async () => {
  const asked: (string | undefined)[] = [];
  const { store, adapter, middleware } = used({
    genid: (req) => {
      asked.push(req.get('x-name'));
      return `made ${asked.length}`;
    },
  });
  const app = express().use(middleware, (req, res) => {
    res.json({ id: req.sessionID, own: req.session.id });
  });
  const url = await serve(app);
  await store.set('ann', { cookie: {}, user: 'ann' });
  const cookie = `connect.sid=${signed('ann', 'a key of the tests')}`;

  for (let visit = 0; visit < 3; visit += 1) {
    const answer = await fetch(url, { headers: { cookie, 'x-name': 'ann' } });
    expect(await answer.json()).toEqual({ id: 'ann', own: 'ann' });
  }
  expect(asked).toEqual(['ann']);
  expect(adapter.listenerCount('disconnect')).toBe(1);
});

describe('load', () => {
  test('makes a session without a request, also behind a proxy', async () => {
    const { store, adapter } = used({ proxy: true, cookie: { secure: 'auto' } });
    await store.set('ann', { cookie: { originalMaxAge: hour, expires: future }, user: 'ann' });

    const made = await called<session.Session>((done) => {
      adapter.load('ann', done);
    });
    expect(made).toBeInstanceOf(session.Session);
    Object.assign(made, { user: 'bob' });
    await called((done) => {
      made.save(done);
    });

    expect(await store.get('ann')).toMatchObject({ user: 'bob' });
    expect(
      await called((done) => {
        adapter.load('nobody', done);
      }),
    ).toBeUndefined();
  });

  test('tells its callback what the app throws, and that nobody uses the store', async () => {
    const { store, adapter } = used({
      genid: () => {
        throw new Error('no id today');
      },
    });
    await store.set('ann', { cookie: {} });
    await expect(
      called((done) => {
        adapter.load('ann', done);
      }),
    ).rejects.toThrow('no id today');

    const unused = createExpressStore(store);
    await expect(
      called((done) => {
        unused.load('ann', done);
      }),
    ).rejects.toThrow(/session\(\{ store \}\)/);
  });
});

test('regenerate ends the session, and begins another, also when the old one cannot be ended', async () => {
  const { store, adapter } = used({ genid: () => 'another' });
  await store.set('ann', { cookie: {}, user: 'ann' });
  const req = request(adapter);

  await called((done) => {
    adapter.regenerate(req, done);
  });
  expect(req).toMatchObject({ sessionID: 'another', session: { id: 'another' } });
  expect(await store.length()).toBe(0);

  await store.close();
  const next = request(adapter);
  const failing = called((done) => {
    adapter.regenerate(next, done);
  });
  await expect(failing).rejects.toMatchObject({ code: 'ECLOSED' });
  expect(next).toMatchObject({ sessionID: 'another' });
});
