/** From session ids to row keys. */

import fc from 'fast-check';
import { createRowKeys, isSessionId, maxKeyLength } from '../../lib/crypto/row-key';
import { runs } from '../support/runs';

const rowKey = (sid: string): string => createRowKeys(false)(sid).key;
const anyString = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ maxLength: 120 }),
  fc.string().map((s) => `sha256:${s}`),
);

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
  fc.assert(
    fc.property(anyString, anyString, (one, other) => {
      fc.pre(one !== '' && other !== '');
      expect(rowKey(one) === rowKey(other)).toBe(one === other);
      expect(rowKey(one)).toMatch(/^[!-~]+$/);
      expect(rowKey(one).length).toBeLessThanOrEqual(maxKeyLength);
    }),
    runs(2_000),
  );
});

test('only strings, and not the empty one, are session ids', () => {
  expect(isSessionId('a')).toBe(true);
  for (const value of ['', null, undefined, 1, {}, []]) expect(isSessionId(value)).toBe(false);
});

describe('with hashed ids', () => {
  const hashed = createRowKeys(true);
  const migrating = createRowKeys('migrate');

  test('every id becomes a digest, the same one as without where it was one already', () => {
    fc.assert(
      fc.property(anyString, (sid) => {
        fc.pre(sid !== '');
        const { key, formerKey } = hashed(sid);
        expect(key).toMatch(/^sha256:[\w-]{43}$/);
        expect(formerKey).toBeUndefined();
        expect(migrating(sid).key).toBe(key);
        if (rowKey(sid) !== sid) expect(key).toBe(rowKey(sid));
      }),
      runs(2_000),
    );
  });

  test('while they are being hashed, a row may still lie under the id itself', () => {
    fc.assert(
      fc.property(anyString, (sid) => {
        fc.pre(sid !== '');
        expect(migrating(sid).formerKey).toBe(rowKey(sid) === sid ? sid : undefined);
      }),
      runs(2_000),
    );
  });

  test('an id that looks like a digest is nobody’s key, neither its own nor a former one', () => {
    const { key } = hashed('stolen');
    for (const keysOf of [hashed, migrating]) {
      expect(keysOf(key).key).not.toBe(key);
      expect(keysOf(key).formerKey).toBeUndefined();
    }
  });

  test('a digest does not change from version to version', () => {
    expect(hashed('koa:sess:1').key).toBe('sha256:gZFwDda8s1gg5Pluq6BKx7W_m4rAV7DPifgWmC1os0I');
  });
});
