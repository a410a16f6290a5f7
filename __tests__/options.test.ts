/** What createKnexStore takes, and what it says of the rest. */

import { createKnexStore, createSessionTable, dropSessionTable } from '../lib';
import { resolveOptions } from '../lib/options';
import knexModule, { type Knex } from 'knex';

const resolve = (opts: unknown): ReturnType<typeof resolveOptions> => resolveOptions(opts as never);

test('the defaults', () => {
  const { codec, ...rest } = resolve(undefined);
  expect(rest).toEqual({
    tableName: 'Sessions',
    sync: true,
    syncTimeout: 3_000,
    retryTimeout: 10_000,
    maxPending: 10_000,
    writeErrors: 'reject',
    gcFrequency: 10_000,
    timestamps: false,
    browserSessionLifetime: 86_400_000,
  });
  expect(codec.decode(codec.encode({ a: 1 }))).toEqual({ a: 1 });
});

test('null, an empty object and undefined values leave the defaults', () => {
  for (const opts of [null, {}, { tableName: undefined, codec: undefined }]) {
    expect(resolve(opts)).toEqual(resolve(undefined));
  }
});

test('what comes is taken, and frozen', () => {
  const options = resolve({ tableName: 'app.Sessions', gcFrequency: 0, browserSessionLifetime: Infinity });
  expect(options).toMatchObject({
    tableName: 'app.Sessions',
    gcFrequency: 0,
    browserSessionLifetime: Infinity,
  });
  expect(Object.isFrozen(options)).toBe(true);
});

test('modelName, which the original package documented and ignored, is ignored', () => {
  expect(resolve({ modelName: 'Session' })).toEqual(resolve(undefined));
  expect(() => resolve({ modelName: 7 })).toThrow(
    /option modelName must be a string, but is "7" \(a number\)/,
  );
});

test('an unknown option is named, and the valid ones are listed', () => {
  for (const name of ['tablename', 'ttl', '__proto__x', 'toString', 'constructor']) {
    expect(() => resolve({ [name]: 1 })).toThrow(
      `unknown option "${name}"; valid options: tableName, sync, syncTimeout, retryTimeout, maxPending, writeErrors, gcFrequency, timestamps, browserSessionLifetime, codec`,
    );
  }
});

const wrong: [string, unknown[]][] = [
  [
    'tableName',
    [
      '',
      7,
      null,
      'a.',
      '.a',
      'a..b',
      'a.b.c.d',
      '*',
      ' a',
      'a ',
      'a b.c ',
      'a?b',
      '??',
      'a\\b',
      'a\0b',
      'a\nb',
      'Sessions as s',
      'a AS b',
      '\ud800',
      'x'.repeat(64),
      'é'.repeat(32),
      {},
    ],
  ],
  ['sync', ['true', 1, null]],
  ['syncTimeout', [0, -1, NaN, Infinity, '3000', null]],
  ['retryTimeout', [-1, NaN, Infinity, 1_073_741_824, '10', null]],
  ['maxPending', [0, -1, NaN, '10', null]],
  ['writeErrors', ['ignore', true, null, '']],
  ['gcFrequency', [-1, NaN, '1', null]],
  ['timestamps', ['yes', 0, null]],
  ['browserSessionLifetime', [0, -1, NaN, '1', null]],
  ['codec', [null, 'json', {}, { encode: JSON.stringify }, { encode: 1, decode: 2 }]],
];

describe.each(wrong)('%s', (name, values) => {
  test('of a wrong kind or out of range is a TypeError that says what was expected', () => {
    for (const value of values) {
      expect(() => resolve({ [name]: value })).toThrow(TypeError);
      expect(() => resolve({ [name]: value })).toThrow(
        new RegExp(`option ${name} must be .*, but is .*valid options`),
      );
    }
  });
});

test('odd table names that Knex takes as names are taken', () => {
  for (const tableName of [
    'a b',
    'a"b',
    "a'b;--",
    'naïve',
    'has',
    'basket',
    'as',
    'x'.repeat(63),
    'db.schema.table',
  ]) {
    expect(resolve({ tableName }).tableName).toBe(tableName);
  }
});

test('options that are no object are refused', () => {
  for (const opts of ['Sessions', 7, true, [], () => 1])
    expect(() => resolve(opts)).toThrow(/options must be an object, but are/);
});

describe('the first argument', () => {
  const bad: [string, unknown, RegExp][] = [
    ['nothing', undefined, /but is undefined/],
    ['null', null, /but is null/],
    ['the options', { tableName: 'x' }, /but is an object of Object/],
    ['a url', 'postgres://', /but is a string/],
    ['the knex module', knexModule, /the knex module itself\?/],
  ];

  test.each(bad)('%s is no Knex instance', async (_, value, message) => {
    const knex = value as Knex;
    expect(() => createKnexStore(knex)).toThrow(TypeError);
    expect(() => createKnexStore(knex)).toThrow(message);
    await expect(createSessionTable(knex)).rejects.toThrow(/createSessionTable: the first argument/);
    await expect(dropSessionTable(knex)).rejects.toThrow(/dropSessionTable: the first argument/);
  });

  test('an option that is wrong is thrown at once, not on the first call', async () => {
    const knex = knexModule({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
    expect(() => createKnexStore(knex, { tablename: 'x' } as never)).toThrow(/unknown option "tablename"/);
    await knex.destroy();
  });
});
