/** Ttls and cookies as nobody would wish for them, for fast-check. */

import fc from 'fast-check';
import { anyText } from './ids';

const { MIN_VALUE, MAX_VALUE, EPSILON } = Number;

const anyTtlNumber = fc.oneof(
  fc.integer({ min: 1, max: 100_000 }),
  // A year.
  fc.integer({ min: 1, max: 31_536_000_000 }),
  fc.double(),
  fc.double({ min: -1e6, max: 1e13 }),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, MIN_VALUE, -MIN_VALUE, EPSILON, MAX_VALUE, -MAX_VALUE),
  fc.constantFrom(1, -1, 0.1, 999.999_999, 1_000, 1_000.000_001, 199_999, 200_000, 2 ** 31 - 1, 2 ** 31),
  fc.constantFrom(2 ** 53, -(2 ** 53), 2 ** 63, 2 ** 64, 8.64e15, 8.64e15 + 2, -8.64e15, 1e21),
);

const anyWrongTtl = fc.oneof(
  fc.constantFrom('', '0', '5000', 'session ', 'Session', 'NaN', `1; DROP TABLE victim; --`),
  fc.constantFrom<unknown>(true, false, 1n, Symbol('ttl'), {}, [], [5_000], new Date(0), () => 1),
  fc.constantFrom<unknown>(Object(5_000), Object('session'), { valueOf: () => 5_000 }),
);

/** What `set` and `touch` may be asked for as a ttl. */
export const anyTtl: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: anyTtlNumber },
  { weight: 2, arbitrary: fc.constantFrom(undefined, null, 'session') },
  { weight: 1, arbitrary: anyWrongTtl },
);

/** None within years of now: on which side of it one falls shall not depend on when the tests run. */
const anyDate = fc.oneof(
  fc.date({ noInvalidDate: false, max: new Date('2020-01-01') }),
  fc.date({ min: new Date('2100-01-01') }),
  fc.constantFrom(new Date(NaN), new Date(0), new Date(8.64e15), new Date(-8.64e15)),
);

const anyCookieExpires = fc.oneof(
  anyDate,
  anyDate.map((date) => (Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString())),
  anyDate.map(String),
  anyText,
  anyTtl,
);

/** The cookie of a session: of the kinds that middlewares know, and of all others. */
export const anyCookie: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ maxAge: anyTtl, expires: anyCookieExpires }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, undefined, 7, 'cookie', [], new Date(0), () => 1) },
);
