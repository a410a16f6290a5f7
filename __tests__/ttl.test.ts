/** When sessions expire. */

import fc from 'fast-check';
import { expiresAt, maxExpires, secondOf, ttlOf } from '../lib/ttl';

const now = Date.UTC(2026, 0, 1);
const fallback = 1_000;

describe('ttlOf', () => {
  const ttl = (value: unknown, session?: unknown): number => ttlOf(value, session, fallback, now);

  test('the argument comes first, then cookie.expires, then cookie.maxAge, then the fallback', () => {
    const expires = new Date(now + 3_000);
    expect(ttl(4_000, { cookie: { expires, maxAge: 2_000 } })).toBe(4_000);
    expect(ttl(undefined, { cookie: { expires, maxAge: 2_000 } })).toBe(3_000);
    expect(ttl(undefined, { cookie: { maxAge: 2_000 } })).toBe(2_000);
    expect(ttl(undefined, { cookie: {} })).toBe(fallback);
    expect(ttl(undefined, {})).toBe(fallback);
  });

  test('missing, 0, NaN and "session" mean no ttl, at each step', () => {
    for (const none of [undefined, null, 0, -0, NaN, 'session']) {
      expect(ttl(none)).toBe(fallback);
      expect(ttl(none, { cookie: { maxAge: none } })).toBe(fallback);
      expect(ttl(none, { cookie: { maxAge: 2_000, expires: none } })).toBe(2_000);
    }
  });

  test('a stored cookie.expires is a string again', () => {
    expect(ttl(undefined, { cookie: { expires: new Date(now + 3_000).toISOString() } })).toBe(3_000);
  });

  test('an expiry that is past, or this very moment, is negative', () => {
    expect(ttl(undefined, { cookie: { expires: new Date(now - 5) } })).toBe(-5);
    expect(ttl(undefined, { cookie: { expires: new Date(now) } })).toBeLessThan(0);
    expect(ttl(-1)).toBe(-1);
    expect(ttl(undefined, { cookie: { maxAge: -1 } })).toBe(-1);
  });

  test('a cookie that makes no sense is passed over', () => {
    for (const cookie of [
      null,
      'cookie',
      7,
      { expires: 'never' },
      { expires: new Date(NaN) },
      { expires: {} },
      { maxAge: '9' },
    ]) {
      expect(ttl(undefined, { cookie })).toBe(fallback);
    }
    for (const session of [null, undefined, 'text']) expect(ttl(undefined, session)).toBe(fallback);
  });

  test('a cookie that throws when it is read is a TypeError, with the cause', () => {
    const cause = new Error('no');
    const throwing = {
      get expires() {
        throw cause;
      },
    };
    for (const session of [
      { cookie: throwing },
      Object.defineProperty({}, 'cookie', { get: () => throwing.expires }),
    ]) {
      expect(() => ttl(undefined, session)).toThrow(TypeError);
      expect(() => ttl(undefined, session)).toThrow(expect.objectContaining({ cause }) as Error);
      expect(ttl(5_000, session)).toBe(5_000);
    }
  });

  test('any other kind is a TypeError that says what came', () => {
    expect(() => ttl('5000')).toThrow(/but is the string "5000"/);
    expect(() => ttl({})).toThrow(/but is a plain object/);
    expect(() => ttl(Object.create(null))).toThrow(/but is an object without a class/);
    expect(() => ttl([])).toThrow(/but is an array/);
    expect(() => ttl(1n)).toThrow(/but is a bigint/);
    expect(() => ttl(false)).toThrow(TypeError);
    expect(() => ttl(() => 1)).toThrow(/but is a function/);
  });
});

describe('expiresAt', () => {
  const anyTtl = fc.oneof(
    fc.integer({ min: 1, max: 10_000 }),
    fc.integer({ min: 1, max: 366 * 86_400_000 }),
    fc.double({ min: 1, max: 1e13, noNaN: true }),
  );
  const anyNow = fc.integer({ min: 0, max: 4e12 });

  test('is never early, and late by at most 1 % of the ttl, or a second', () => {
    fc.assert(
      fc.property(anyTtl, anyNow, (ttl, at) => {
        const late = expiresAt(ttl, at) * 1_000 - (at + ttl);
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThanOrEqual(Math.max(ttl / 100, 1_000));
      }),
      { numRuns: 2_000 },
    );
  });

  test('later calls never expire earlier', () => {
    fc.assert(
      fc.property(anyTtl, anyNow, fc.nat(100_000), (ttl, at, pause) => {
        expect(expiresAt(ttl, at + pause)).toBeGreaterThanOrEqual(expiresAt(ttl, at));
      }),
    );
  });

  test('a day of requests, one a second, moves the expiry of a one-day session some two hundred times', () => {
    const day = 86_400_000;
    const seen = new Set(Array.from({ length: 86_400 }, (_, n) => expiresAt(day, now + n * 1_000)));
    expect(seen.size).toBeLessThanOrEqual(200);
    expect(seen.size).toBeGreaterThanOrEqual(100);
  });

  test('the same expiry, named by a ttl that shrinks, stays in the same second', () => {
    const end = now + 3_600_000;
    const seen = new Set(Array.from({ length: 60 }, (_, n) => expiresAt(end - (now + n), now + n)));
    expect(seen.size).toBe(1);
  });

  test('endless and absurd ttls are clamped to what a Date can hold', () => {
    for (const ttl of [Infinity, Number.MAX_VALUE, 8.64e15]) {
      expect(expiresAt(ttl, now)).toBe(maxExpires);
      expect(new Date(expiresAt(ttl, now) * 1_000).getTime()).not.toBeNaN();
    }
  });

  test('a row is live while its expires lies after the current second', () => {
    expect(secondOf(1_999)).toBe(1);
    expect(secondOf(2_000)).toBe(2);
  });
});
