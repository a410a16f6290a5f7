/** What visits cost that only prolong a session of express-session, and what they leave in it. */

import express from 'express';
import session from 'express-session';
import { createExpressStore } from '../../lib/express';
import { openStore, serve } from './support';

const day = 86_400_000;
/** The bucket of a session that lives for a day: 512 s. */
const bucket = 512_000;

let now: number;
let clock: jest.SpyInstance;

beforeEach(() => {
  // The middle of a bucket, so that the test's own time crosses no border.
  now = Math.floor(Date.now() / bucket) * bucket + bucket / 2;
  clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
});

afterEach(() => {
  clock.mockRestore();
});

/** An app with a visitor who has logged in. */
const openApp = async () => {
  const { store, knex } = openStore();
  await store.ready();
  const app = express();
  app.use(
    session({
      secret: 'a key of the tests',
      resave: false,
      saveUninitialized: false,
      cookie: { maxAge: day },
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a store need not be of its class
      store: createExpressStore(store),
    }),
  );
  app.use((req, res, next) => {
    const current = req.session as unknown as { user?: string; saved?: boolean };
    if (req.path === '/login') current.user = 'ada';
    const answer = (): void => {
      res.send(current.user ?? 'nobody');
    };
    if (req.path !== '/save') {
      answer();
      return;
    }
    current.saved = true;
    req.session.save((error?: unknown) => {
      if (error === null || error === undefined) answer();
      else next(error);
    });
  });
  const url = await serve(app);
  const login = await fetch(`${url}/login`);
  const cookie = login.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const visit = async (path = '/'): Promise<string> =>
    (await fetch(`${url}${path}`, { headers: { cookie } })).text();
  return { store, knex, visit };
};

test('a session is written once in a bucket of its expiry, and then only its expiry', async () => {
  const { store, knex, visit } = await openApp();
  const statements: string[] = [];
  knex.on('query', ({ sql }: { sql: string }) => statements.push(sql.replace(/\s+/g, ' ').trim()));
  const browse = async (pages: number): Promise<string[]> => {
    statements.length = 0;
    for (let page = 0; page < pages; page += 1) expect(await visit()).toBe('ada');
    return statements.filter((sql) => !sql.startsWith('SELECT'));
  };
  const before = await knex<{ data: string }>('Sessions').first();

  expect(await browse(10)).toEqual([]);
  expect(store.stats().savedWrites.unchanged).toBe(10);
  now += bucket;
  expect(await browse(10)).toEqual([expect.stringMatching(/^UPDATE `Sessions` SET `expires` = \? WHERE/)]);
  now += 10 * bucket;
  expect(await browse(10)).toHaveLength(1);

  const after = await knex<{ data: string; expires: number }>('Sessions').first();
  expect(after?.data).toBe(before?.data);
  expect((after?.expires ?? 0) * 1000).toBeGreaterThanOrEqual(now + day);
});

test('a session that visits have kept alive is not ended when it is saved before the response', async () => {
  const { store, knex, visit } = await openApp();
  for (let visits = 0; visits < 3; visits += 1) {
    now += (2 * day) / 3;
    expect(await visit()).toBe('ada');
  }
  // What the row tells of the cookie has been over for a day.
  const row = await knex<{ data: string }>('Sessions').first();
  expect(
    Date.parse((JSON.parse(row?.data ?? '') as { cookie: { expires: string } }).cookie.expires),
  ).toBeLessThan(now);

  expect(await visit('/save')).toBe('ada');

  expect(await visit()).toBe('ada');
  for await (const { session: stored, expires } of store.entries()) {
    expect(stored).toMatchObject({ saved: true, cookie: { originalMaxAge: day } });
    expect(expires.getTime()).toBeGreaterThanOrEqual(now + day);
  }
});
