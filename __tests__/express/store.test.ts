/** The adapter's methods: callbacks, errors and events. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import session from 'express-session';
import knexModule from 'knex';
import { SessionStoreError, type SessionStore } from '../../lib';
import { createExpressStore } from '../../lib/express';
import { root, run } from '../package/support';
import { called, openStore } from './support';

/** A session as the middleware hands it over. */
const sessionOf = (user: string, maxAge: number | null = 60_000) => {
  const cookie = new session.Cookie();
  if (maxAge !== null) Object.assign(cookie, { maxAge });
  return { cookie, user };
};

const hour = 3_600_000;

test('what was set is read, counted, listed, ended and cleared', async () => {
  const { store } = openStore();
  const adapter = createExpressStore(store);

  await called((done) => {
    adapter.set('ann', sessionOf('ann'), done);
  });
  await called((done) => {
    adapter.set('bob', sessionOf('bob'), done);
  });

  expect(
    await called((done) => {
      adapter.get('ann', done);
    }),
  ).toMatchObject({
    user: 'ann',
    cookie: { originalMaxAge: 60_000, path: '/', httpOnly: true },
  });
  expect(
    await called((done) => {
      adapter.length(done);
    }),
  ).toBe(2);
  expect(
    await called((done) => {
      adapter.all(done);
    }),
  ).toMatchObject([{ user: 'ann' }, { user: 'bob' }]);
  await called((done) => {
    adapter.destroy('ann', done);
  });
  expect(
    await called((done) => {
      adapter.get('ann', done);
    }),
  ).toBeNull();
  expect(await store.get('bob')).toMatchObject({ user: 'bob' });
  await called((done) => {
    adapter.clear(done);
  });
  expect(
    await called((done) => {
      adapter.all(done);
    }),
  ).toEqual([]);
});

test('calls for a session take effect in the order they were made', async () => {
  const { store } = openStore();
  const adapter = createExpressStore(store);
  adapter.set('ann', sessionOf('first'));
  const changing = sessionOf('second');
  adapter.set('ann', changing);
  changing.user = 'changed later';

  expect(
    await called((done) => {
      adapter.get('ann', done);
    }),
  ).toMatchObject({ user: 'second' });
  adapter.destroy('ann');
  expect(
    await called((done) => {
      adapter.get('ann', done);
    }),
  ).toBeNull();
});

describe('a session ends', () => {
  const endOf = async (store: SessionStore): Promise<number> => {
    for await (const { expires } of store.entries()) return expires.getTime();
    return 0;
  };

  test('when its cookie does, and when it is touched, when its cookie does then', async () => {
    const { store } = openStore();
    const adapter = createExpressStore(store);
    const before = Date.now();
    await called((done) => {
      adapter.set('ann', sessionOf('ann', hour), done);
    });
    expect(await endOf(store)).toBeGreaterThanOrEqual(before + hour);
    expect(await endOf(store)).toBeLessThanOrEqual(Date.now() + hour * 1.01);

    await called((done) => {
      adapter.touch('ann', sessionOf('of another', 3 * hour), done);
    });
    expect(await endOf(store)).toBeGreaterThanOrEqual(before + 3 * hour);
    expect(await endOf(store)).toBeLessThanOrEqual(Date.now() + 3 * hour * 1.01);
    expect(await store.get('ann')).toMatchObject({ user: 'ann', cookie: { originalMaxAge: hour } });
  });

  test('after browserSessionLifetime, if its cookie ends with the browser', async () => {
    const { store } = openStore({ browserSessionLifetime: hour });
    const adapter = createExpressStore(store);
    const before = Date.now();
    await called((done) => {
      adapter.set('ann', sessionOf('ann', null), done);
    });
    await called((done) => {
      adapter.touch('ann', sessionOf('ann', null), done);
    });
    expect(await endOf(store)).toBeGreaterThanOrEqual(before + hour);
    expect(await endOf(store)).toBeLessThanOrEqual(Date.now() + hour * 1.01);
  });

  test.each(['set', 'touch'] as const)('at once, when %s with a cookie that is over', async (method) => {
    const { store } = openStore();
    const adapter = createExpressStore(store);
    await store.set('ann', { user: 'ann' });
    await called((done) => {
      adapter[method]('ann', sessionOf('ann', 0), done);
    });
    expect(await store.length()).toBe(0);
  });
});

test('a session reaches the store in plain objects, so that every codec can encode it', async () => {
  const seen: object[] = [];
  const { store } = openStore({
    codec: {
      encode: (stored) => {
        seen.push(stored, stored.cookie as object);
        return JSON.stringify(stored);
      },
      decode: (text) => JSON.parse(text) as Record<string, unknown>,
    },
  });
  await called((done) => {
    createExpressStore(store).set('ann', sessionOf('ann'), done);
  });
  expect(seen.map((each) => Object.getPrototypeOf(each) as object)).toEqual([
    Object.prototype,
    Object.prototype,
  ]);
});

test('hashed ids, sealed data and users are as the store has them', async () => {
  const { store, knex } = openStore({
    hashIds: true,
    secret: randomBytes(32).toString('base64'),
    userId: ({ user }) => user as string,
  });
  const adapter = createExpressStore(store);
  for (const sid of ['first', 'second']) {
    await called((done) => {
      adapter.set(sid, sessionOf('ann'), done);
    });
  }

  const rows = await knex<{ id: string; data: string }>('Sessions').select('id', 'data');
  expect(rows.map(({ id }) => id)).toEqual(Array(2).fill(expect.stringMatching(/^sha256:/)));
  expect(rows.map(({ data }) => data).join()).not.toContain('ann');
  expect(
    await called((done) => {
      adapter.get('first', done);
    }),
  ).toMatchObject({ user: 'ann' });
  expect(await store.sessionsOf('ann', { current: 'first' })).toHaveLength(2);
  expect(await store.destroyAllOf('ann', { except: 'first' })).toBe(1);
  expect(
    await called((done) => {
      adapter.get('second', done);
    }),
  ).toBeNull();
});

describe('a callback', () => {
  test('is called once, in a later turn, in the asynchronous context of its caller', async () => {
    const { store } = openStore();
    const adapter = createExpressStore(store);
    const context = new AsyncLocalStorage<string>();
    const calls: unknown[][] = [];
    const callback =
      (name: string) =>
      (...args: unknown[]): void => {
        calls.push([name, context.getStore(), ...args]);
      };

    context.run('of the request', () => {
      adapter.set('ann', sessionOf('ann'), callback('set'));
      adapter.touch('ann', sessionOf('ann'), callback('touch'));
      adapter.get('nobody', callback('get'));
      adapter.destroy('ann', callback('destroy'));
    });
    expect(calls).toEqual([]);
    await store.close();
    await new Promise(setImmediate);

    expect(calls.sort(([a], [b]) => String(a).localeCompare(String(b)))).toEqual([
      ['destroy', 'of the request', null, undefined],
      ['get', 'of the request', null, null],
      ['set', 'of the request', null, undefined],
      ['touch', 'of the request', null, undefined],
    ]);
  });

  test('gets the error of the store', async () => {
    const { store } = openStore();
    const adapter = createExpressStore(store);
    await store.close();
    const closed = { name: 'SessionStoreError', code: 'ECLOSED' };
    const failing: ((done: (error: unknown) => void) => void)[] = [
      (done) => {
        adapter.get('ann', done);
      },
      (done) => {
        adapter.set('ann', sessionOf('ann'), done);
      },
      (done) => {
        adapter.touch('ann', sessionOf('ann'), done);
      },
      (done) => {
        adapter.destroy('ann', done);
      },
      (done) => {
        adapter.all(done);
      },
      (done) => {
        adapter.length(done);
      },
      (done) => {
        adapter.clear(done);
      },
      (done) => {
        adapter.load('ann', done);
      },
    ];
    for (const call of failing) await expect(called(call)).rejects.toMatchObject(closed);
  });

  test.each([
    ['no session', 'ann', null],
    ['no id', '', sessionOf('ann')],
    ['a session that cannot be encoded', 'ann', { ...sessionOf('ann'), big: 1n }],
    [
      'a session that throws',
      'ann',
      {
        get cookie(): never {
          throw new Error('not to be looked at');
        },
      },
    ],
  ])('gets the error of what cannot be stored: %s', async (_what, sid, value) => {
    const adapter = createExpressStore(openStore().store);
    const setting = called((done) => {
      adapter.set(sid, value, done);
    });
    await expect(setting).rejects.toThrow(
      /sid must be|session must be|cannot be encoded|not to be looked at/,
    );
  });

  test('that is missing where there must be one is an error at once', () => {
    const adapter = createExpressStore(openStore().store);
    const get = adapter.get as unknown as (sid: string) => void;
    expect(() => {
      get('ann');
    }).toThrow(/last argument must be of type function/);
  });
});

test('without a callback, a failure is an error event of the store, in its own words', async () => {
  const { store, knex } = openStore();
  const adapter = createExpressStore(store);
  await store.ready();
  const errors: unknown[] = [];
  const told = new Promise<void>((resolve) => {
    store.on('error', (error) => {
      errors.push(error);
      if (errors.length === 5) resolve();
    });
  });
  adapter.destroy('');
  await knex.schema.dropTable('Sessions');

  adapter.destroy('ann');
  adapter.set('ann', sessionOf('ann'));
  adapter.touch('ann', sessionOf('ann'));
  // Which waits for these.
  await store.close();
  adapter.clear();
  await told;

  expect(errors).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        code: 'EWRITE',
        message: expect.stringMatching(/^destroy failed: sid must be/) as string,
      }),
      ...['destroy', 'set', 'touch'].map(
        (operation): unknown =>
          expect.objectContaining({
            operation,
            code: 'EWRITE',
            cause: expect.objectContaining({ code: 'SQLITE_ERROR' }) as object,
          }) as object,
      ),
      expect.objectContaining({ code: 'ECLOSED', operation: 'clear' }),
    ]),
  );
  for (const error of errors) expect(error).toBeInstanceOf(SessionStoreError);
});

describe('a process', () => {
  const script = (body: string): string => `
const createKnex = require('knex');
const { createKnexStore } = require('koa-generic-session-knex');
const { createExpressStore } = require('koa-generic-session-knex/express');
process.on('uncaughtException', (error) => console.log('uncaught: ' + error.message));
process.on('unhandledRejection', (error) => console.log('unhandled: ' + error.message));
const knex = createKnex({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
const store = createKnexStore(knex);
const adapter = createExpressStore(store);
${body}`;
  const runScript = (body: string) => run(process.execPath, ['-e', script(body)], root);

  test('learns what a callback throws as an uncaught exception, once', async () => {
    const body = `
const callback = (name) => (error) => { console.log(name, error); throw new Error('of ' + name); };
adapter.get('nobody', callback('get'));
adapter.set('ann', { cookie: {} }, callback('set'));
setImmediate(() => store.close().then(() => knex.destroy()));`;
    const { code, stdout } = await runScript(body);
    expect(stdout.trim().split('\n').sort()).toEqual(
      ['get null', 'set null', 'uncaught: of get', 'uncaught: of set'].sort(),
    );
    expect(code).toBe(0);
  });

  test('is not ended by a failure that nobody waits for, which is an error event', async () => {
    const body = `
const fail = async (store) => {
  const adapter = createExpressStore(store);
  adapter.destroy('ann');
  adapter.set('ann', {});
  adapter.touch('ann', {});
  adapter.clear();
  await store.close();
};
const heard = createKnexStore(knex);
heard.on('error', ({ code, operation, cause }) => console.log(operation, code, cause.code));
Promise.all([store.ready(), heard.ready()])
  .then(() => knex.schema.dropTable('Sessions'))
  .then(() => fail(store))
  .then(() => fail(heard))
  .then(() => knex.destroy());`;
    const { code, stdout, stderr } = await runScript(body);
    expect(stdout.trim().split('\n').sort()).toEqual(
      ['clear', 'destroy', 'set', 'touch'].map((name) => `${name} EWRITE SQLITE_ERROR`),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('events', () => {
  test('are those of the store, and an error is none of its own that somebody must listen to', async () => {
    const { store, knex } = openStore();
    const silent = createExpressStore(store);
    const adapter = createExpressStore(store);
    const told: unknown[] = [];
    adapter.on('connect', () => told.push('connect'));
    adapter.on('error', (error: { code: string }) => told.push(error.code));
    await store.set('ann', { user: 'ann' });
    await knex('Sessions').update({ data: 'no session' });

    expect(
      await called((done) => {
        silent.get('ann', done);
      }),
    ).toBeNull();
    expect(told).toEqual(['connect', 'EDECODE']);
  });
});

test('what is no store is refused, with what to do', () => {
  const knex = knexModule({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
  const create = createExpressStore as (store: unknown) => void;
  for (const [value, came] of [
    [undefined, 'undefined'],
    [null, 'null'],
    [knex, /a function \(a Knex instance\?\)/],
    [{}, 'a plain object'],
    [new session.MemoryStore(), 'an instance of MemoryStore'],
  ] as const) {
    expect(() => {
      create(value);
    }).toThrow(came);
    expect(() => {
      create(value);
    }).toThrow(/the first argument must be a store.*createKnexStore\(knex, opts\)/);
  }
});
