/** What createKnexStore takes, and what it says of the rest. */

import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
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
    conflicts: 'last',
    gcFrequency: 10_000,
    timestamps: false,
    browserSessionLifetime: 86_400_000,
    hashIds: false,
    secret: undefined,
    readPlain: false,
    maxBytes: 1_048_576,
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
      `unknown option "${name}"; valid options: tableName, sync, syncTimeout, retryTimeout, maxPending, writeErrors, conflicts, gcFrequency, timestamps, browserSessionLifetime, codec, hashIds, secret, readPlain, maxBytes, userId, absoluteLifetime`,
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
      'a[1]',
      '[a]',
      'a]',
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
  ['conflicts', ['first', true, null, '']],
  ['hashIds', ['true', 'MIGRATE', 1, null]],
  ['readPlain', ['yes', 1, null]],
  ['maxBytes', [0, -1, NaN, '1', null]],
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

describe('secret', () => {
  const good = 'c2f0a94b7d1e6853c4b7a96e0d5f1823';
  const key = createSecretKey(Buffer.from(good, 'hex').toString('base64url') + good, 'utf8');

  test('is a string or a KeyObject of 32 bytes or more, or a list of them', () => {
    for (const secret of [good, 'é'.repeat(9) + 'abcdefghijklmnopq', [good], [good, key], key]) {
      expect(resolve({ secret }).secret).toBe(secret);
    }
  });

  const weak: [string, unknown, RegExp][] = [
    ['a short string', 'correct horse', /but is a string of 13 bytes/],
    ['spaces around a short string', ` ${'ab12'.repeat(6)}        `, /but is a string of 24 bytes/],
    ['a pattern', 'abc'.repeat(20), /a string of a few characters, repeated/],
    ['a phrase again and again', 'correct horse '.repeat(4), /a string of the same 14 bytes, repeated/],
    ['the same with a rest', 'correct horse '.repeat(3).slice(0, 35), /the same 14 bytes, repeated/],
    ['a key of equal bytes', createSecretKey(Buffer.alloc(32, 7)), /a key of a few characters, repeated/],
    ['a short key', createSecretKey(Buffer.alloc(16, 1)), /but is a key of 16 bytes/],
    ['a public key', generateKeyPairSync('ed25519').publicKey, /but is an instance of/],
    ['no secret at all', [], /but is an empty list/],
    ['a weak one behind a good one', [good, 'weak'], /but is a string of 4 bytes/],
    ['a hole', [good, undefined], /has an element that is undefined/],
    ['an empty place', new Array(1), /but is undefined/],
    ['a number', 7, /but is a number/],
    ['null', null, /but is null/],
  ];

  test.each(weak)('refuses %s', (_, secret, message) => {
    expect(() => resolve({ secret })).toThrow(TypeError);
    expect(() => resolve({ secret })).toThrow(message);
  });

  test('is not told by the error that refuses it', () => {
    for (const secret of ['tell nobody', ['tell nobody', good]]) {
      let thrown: unknown;
      try {
        resolve({ secret });
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(TypeError);
      expect(inspect(thrown)).not.toContain('tell nobody');
    }
  });

  test('that is undefined, as a variable that is not set, is refused instead of left out', () => {
    expect(() => resolve({ secret: undefined })).toThrow(
      /option secret is undefined: is its environment variable set/,
    );
    expect(() => resolve({ secret: [good, undefined as never] })).toThrow(
      /option secret has an element that is undefined: is its environment variable set/,
    );
  });

  test('is needed for readPlain', () => {
    expect(() => resolve({ readPlain: true })).toThrow(/readPlain only works with secret/);
    expect(resolve({ readPlain: true, secret: good }).readPlain).toBe(true);
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
    ['the options', { tableName: 'x' }, /but is a plain object/],
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

describe('userId and absoluteLifetime', () => {
  const userId = (session: { user?: string }): string | undefined => session.user;

  test('keep timestamps, unless they are declined', () => {
    expect(resolve({}).timestamps).toBe(false);
    expect(resolve({ userId }).timestamps).toBe(true);
    expect(resolve({ absoluteLifetime: 1_000 }).timestamps).toBe(true);
    expect(resolve({ userId, timestamps: false }).timestamps).toBe(false);
  });

  test('an absolute lifetime cannot do without created_at', () => {
    expect(() => resolve({ absoluteLifetime: 1_000, timestamps: false })).toThrow(
      /option absoluteLifetime needs the column created_at/,
    );
  });

  test.each([999, 0, -1, NaN, Infinity, 2_147_483_647_001, '1 day', null])(
    'an absolute lifetime of %p is refused',
    (absoluteLifetime) => {
      expect(() => resolve({ absoluteLifetime })).toThrow(
        /option absoluteLifetime must be a number of ms from 1000/,
      );
    },
  );

  test.each(['user', {}, null, true])('a userId of %p is refused', (value) => {
    expect(() => resolve({ userId: value })).toThrow(/option userId must be a function/);
  });
});
