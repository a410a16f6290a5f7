/** Options that want to be SQL: each value is refused with the option's name, or changes no statement. */

import type { Knex } from 'knex';
import {
  createKnexStore,
  SessionStoreError,
  type CreateKnexStoreOptions,
  type SessionStore,
  type Ttl,
} from '../../lib';
import { resolveOptions } from '../../lib/options';
import { onEachDatabase } from '../support/each-database';
import { databases, kindOf, openGround, type Ground } from './ground';
import { watchShapes } from './shapes';
import { words } from './values/ids';

const { MIN_VALUE, MAX_VALUE, MAX_SAFE_INTEGER, EPSILON } = Number;

const values: unknown[] = [
  ...words(
    `' " \` \\' ; -- /* ? ?? :name $1 [1] NULL 1 0x10 1e3 NaN é \0 \ud800 😀 __proto__ reject emit migrate`,
  ),
  ...['', ' ', `1; DROP TABLE victim; --`, `'; DROP TABLE victim; --`, `1 OR 1=1`, '() => 1'],
  ...[`'; DROP TABLE victim; -- 0123456789abcdef`, '`"\\?:name$1 0123456789abcdef 0123456789abcdef'],
  ...[0, -0, 1, -1, 0.5, 1e-7, 1e21, 1e300, 2 ** 31, 2 ** 31 - 1, 2 ** 53, 2 ** 63, 8.64e15, NaN, Infinity],
  ...[MIN_VALUE, MAX_VALUE, MAX_SAFE_INTEGER, EPSILON, -Infinity, 1n, 10n ** 30n, true, false, null, () => 1],
  ...[{}, [], [1], ['1; DROP TABLE victim'], { a: 1 }, { toString: () => '1 OR 1=1' }, { valueOf: () => 1 }],
  ...[{ toSqlString: () => '1 OR 1=1' }, Object(1) as object, Object('1') as object, new Date(0), new Map()],
  ...[Symbol('1'), Buffer.from('1'), { sql: '1', bindings: [] }],
];

const userId = (): string => 'ann';

/** The first session that there is, if any. */
const first = async (entries: AsyncIterable<unknown>): Promise<unknown> => {
  for await (const entry of entries) return entry;
  return undefined;
};

/** What is not refused whatever it is: handles are anybody's input. */
const everyCallOfUsers = async (store: SessionStore): Promise<void> => {
  const [session] = await store.sessionsOf('ann', { current: 'sid' });
  await store.destroyByHandle(session?.handle ?? '');
  await store.destroyAllOf('ann', { except: 'sid' });
  await store.destroyAllOf('ann');
};

/** A way by which a value gets from the app into the store: an option, what it returns, or an argument of a call. */
type Way = [
  name: string,
  options: (value: unknown) => object,
  call?: (store: SessionStore, value: unknown) => unknown,
];

const ways: Way[] = [
  ...Object.keys(resolveOptions({}))
    .filter((option) => option !== 'tableName')
    .map((option): Way => [option, (value) => ({ [option]: value })]),
  ['modelName', (value) => ({ modelName: value })],
  ['ttl', () => ({}), (store, value) => store.set('sid', {}, value as Ttl)],
  ['ttl', () => ({}), (store, value) => store.touch('sid', value as Ttl)],
  ['ttl', () => ({}), (store, value) => store.update('sid', () => undefined, { ttl: value as Ttl })],
  ['userId', (value) => ({ userId: () => value })],
  ['userId', () => ({ userId }), (store, value) => store.sessionsOf(value as string)],
  ['userId', () => ({ userId }), (store, value) => store.destroyAllOf(value as string)],
  ['except', () => ({ userId }), (store, value) => store.destroyAllOf('ann', { except: value as string })],
  ['current', () => ({ userId }), (store, value) => store.sessionsOf('ann', { current: value as string })],
  ['batchSize', () => ({}), (store, value) => first(store.entries({ batchSize: value as number }))],
];

/** Every call, one after the other. @returns what they rejected with */
const callAll = async (store: SessionStore, more: () => unknown = () => undefined): Promise<unknown[]> => {
  const failures: unknown[] = [];
  const calls: (() => unknown)[] = [
    () => store.set('sid', { n: 1 }),
    () => store.get('sid').then((session) => store.set('sid', Object.assign(session ?? {}, { n: 2 }))),
    () => store.touch('sid'),
    () => store.touch('sid', 1_000_000),
    () => store.update('sid', (session) => ({ ...session, n: 3 })),
    () => store.update('sid', (session) => ({ ...session, n: 4 }), { ttl: 1_000_000 }),
    more,
    store.length,
    () => store.destroy('sid'),
    store.gc,
  ];
  for (const call of calls) {
    try {
      await call();
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
};

onEachDatabase(databases, (database) => {
  const kind = kindOf(database);
  const shapes = watchShapes();
  const tableName = 'Sessions_of_ours';
  let ground: Ground;
  let knex: Knex;
  let before: unknown[];
  let known: Set<string>;

  const open = (options: CreateKnexStoreOptions): SessionStore =>
    createKnexStore(knex, { tableName, gcFrequency: 0, ...options });

  const dumpOfOthers = async (): Promise<unknown[]> =>
    (await ground.catalog.dump()).filter(([[, table]]) => table !== tableName);

  beforeAll(async () => {
    ground = await openGround(database);
    const max = kind === 'SQLite' ? 1 : 4;
    const log = { warn: () => undefined, error: () => undefined };
    knex = ground.connect({ log, pool: { min: 1, max, afterCreate: shapes.afterCreate } });
    shapes.listen(knex);
    const usual: CreateKnexStoreOptions[] = [{}, { timestamps: true }, { hashIds: 'migrate' }];
    // The first one creates the table; the last one moves the session that the one before it has left.
    for (const options of usual) {
      const store = open(options);
      await callAll(store);
      await store.set('sid', { n: 1 });
      await store.close();
    }
    const absolute = database.rowByRow ? [] : [{ absoluteLifetime: 5_000 }];
    const others: CreateKnexStoreOptions[] = [
      { hashIds: 'migrate', timestamps: true },
      ...[{}, { secret: 'c2f0a94b7d1e6853c4b7a96e0d5f1823', readPlain: true }],
      ...[{ userId }, { userId: () => null }],
      { conflicts: 'merge' },
      ...absolute,
    ];
    for (const options of others) {
      const store = open(options);
      const more = async (): Promise<void> => {
        await first(store.entries());
        if (options.userId !== undefined) await everyCallOfUsers(store);
      };
      expect(await callAll(store, more)).toEqual([]);
      await store.close();
    }
    known = shapes.take();
    before = await dumpOfOthers();
  });

  afterAll(async () => {
    await knex.destroy();
    await ground.close();
  });

  test.each(ways)('%s', async (...way: Way) => {
    const [option, optionsWith, call] = way;
    const counts = { refused: 0, taken: 0 };
    for (const value of values) {
      const refusal = expect.objectContaining({
        message: expect.stringContaining(option) as string,
      }) as Error;
      let store: SessionStore;
      try {
        store = open(optionsWith(value));
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
        expect(error).toEqual(refusal);
        counts.refused += 1;
        continue;
      }
      const failures = await callAll(store, () => call?.(store, value));
      const refusals = failures.filter((failure) => !(failure instanceof SessionStoreError));
      for (const failure of refusals) {
        expect(failure).toBeInstanceOf(TypeError);
        expect(failure).toEqual(refusal);
      }
      counts[refusals.length > 0 ? 'refused' : 'taken'] += 1;
      await store.close();
    }
    expect(counts.refused).toBeGreaterThan(values.length / 4);
    const isForeign = option === 'absoluteLifetime' && database.rowByRow;
    expect(counts.taken > 0).toBe(option !== 'codec' && !isForeign);
    expect([...shapes.take()].filter((shape) => !known.has(shape))).toEqual([]);
    expect(await dumpOfOthers()).toEqual(before);
  });

  test('handles', async () => {
    const store = open({ userId });
    await store.set('sid', { n: 1 });
    const [session] = await store.sessionsOf('ann');
    const handle = session?.handle ?? '';
    const near = [`${handle} `, handle.toLowerCase(), handle.slice(1), `${handle}'; DROP TABLE victim; --`];
    for (const value of [...values, ...near]) {
      expect(await store.destroyByHandle(value as string)).toBe(false);
    }
    expect(await store.get('sid')).toEqual({ n: 1 });
    expect([...shapes.take()].filter((shape) => !known.has(shape))).toEqual([]);
    await store.close();
  });
});
