/** From session ids to row keys. */

import fc from 'fast-check';
import { isSessionId, maxKeyLength, rowKey } from '../lib/id';

test('1-100 visible ASCII characters are their own key', () => {
  for (const sid of ['a', 'koa:sess:Yk3_-', '!~', 'x'.repeat(100)]) expect(rowKey(sid)).toBe(sid);
});

test('everything else becomes a digest', () => {
  for (const sid of ['a b', 'a\0', 'é', '😀', '\n', 'x'.repeat(101), '\x7f']) {
    expect(rowKey(sid)).toMatch(/^sha256:[\w-]{43}$/);
  }
});

test('an id that looks like a digest is digested, so that nobody can name the row of another', () => {
  const key = rowKey('a b');
  expect(rowKey(key)).not.toBe(key);
  expect(rowKey('sha256:')).toMatch(/^sha256:[\w-]{43}$/);
});

test('ids that differ only in lone surrogates have different keys', () => {
  expect(rowKey('\ud800')).not.toBe(rowKey('\ud801'));
  expect(rowKey('\ud800')).not.toBe(rowKey('\ufffd'));
});

test('different ids have different keys, and every key fits the column', () => {
  const anyString = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ maxLength: 120 }),
    fc.string().map((s) => `sha256:${s}`),
  );
  fc.assert(
    fc.property(anyString, anyString, (one, other) => {
      fc.pre(one !== '' && other !== '');
      expect(rowKey(one) === rowKey(other)).toBe(one === other);
      expect(rowKey(one)).toMatch(/^[!-~]+$/);
      expect(rowKey(one).length).toBeLessThanOrEqual(maxKeyLength);
    }),
    { numRuns: 2_000 },
  );
});

test('only strings, and not the empty one, are session ids', () => {
  expect(isSessionId('a')).toBe(true);
  for (const value of ['', null, undefined, 1, {}, []]) expect(isSessionId(value)).toBe(false);
});
