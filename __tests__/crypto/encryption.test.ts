/** Sealed text opens with its secret, in its row, as it was written; and in no other way. */

import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { createEncryption, isEncrypted } from '../../lib/crypto/encryption';
import { runs } from '../support/runs';

const [first, second, third] = ['first', 'second', 'third'].map(
  (name) => `${name}: ${'0123456789abcdef'.repeat(2)}`,
) as [string, string, string];
const row = 'sid';
const anyText = fc.string({ unit: 'grapheme', maxLength: 200 });

test('what is sealed opens again, whatever it says, and shows nothing of it', () => {
  const seal = createEncryption([first]);
  fc.assert(
    fc.property(anyText, fc.string({ minLength: 1 }), (text, key) => {
      const sealed = seal.encrypt(text, key);
      expect(sealed).toMatch(/^v1\.[\w-]{8}\.[\w-]+$/);
      if (text.length > 8)
        expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').includes(text)).toBe(false);
      expect(seal.decrypt(sealed, key)).toBe(text);
      expect([isEncrypted(sealed), seal.isCurrent(sealed)]).toEqual([true, true]);
    }),
    runs(2_000),
  );
});

test('the same text is never sealed the same way', () => {
  const seal = createEncryption([first]);
  const sealed = new Set(Array.from({ length: 1_000 }, () => seal.encrypt('text', row)));
  expect(sealed.size).toBe(1_000);
});

test('one changed bit anywhere, and it does not open', () => {
  const seal = createEncryption([first, second]);
  const sealed = Buffer.from(seal.encrypt('{"user":"ann"}', row));
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => seal.decrypt(changed.toString('latin1'), row)).toThrow();
  }
});

test('one changed bit of what is sealed, and it does not open', () => {
  const seal = createEncryption([first]);
  const [version, id, payload = ''] = seal.encrypt('{"user":"ann"}', row).split('.');
  const bytes = Buffer.from(payload, 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => seal.decrypt([version, id, changed.toString('base64url')].join('.'), row)).toThrow();
  }
});

test('cut off anywhere, or with anything behind, it does not open', () => {
  const seal = createEncryption([first]);
  const sealed = seal.encrypt('{"user":"ann"}', row);
  for (let length = 0; length < sealed.length; length += 1) {
    expect(() => seal.decrypt(sealed.slice(0, length), row)).toThrow();
  }
  for (const more of ['A', '=', ' ', '\n', '.', sealed]) {
    expect(() => seal.decrypt(sealed + more, row)).toThrow();
  }
});

test('in another row, or as of another version, it does not open', () => {
  const seal = createEncryption([first]);
  const sealed = seal.encrypt('{"user":"ann"}', row);
  for (const key of ['', 'sid ', 'Sid', 'sid2', 'si', 'sha256:sid']) {
    expect(() => seal.decrypt(sealed, key)).toThrow();
  }
  for (const version of ['v0', 'v2', 'V1', '']) {
    expect(() => seal.decrypt(sealed.replace('v1', version), row)).toThrow(
      /not encrypted, or in an unknown format/,
    );
  }
});

test('a session in the clear, or anything else that was never sealed, does not open', () => {
  const seal = createEncryption([first]);
  for (const text of ['{"user":"ann"}', '', 'v1', 'v1..', 'v1.AAAAAAAA.', `v1.AAAAAAAA.${'A'.repeat(60)}`]) {
    expect(() => seal.decrypt(text, row)).toThrow();
  }
});

test('the first secret seals, all of them open, and others do not', () => {
  const old = createEncryption([first]).encrypt('text', row);
  const both = createEncryption([second, first]);
  expect(both.decrypt(old, row)).toBe('text');
  expect([isEncrypted(old), both.isCurrent(old)]).toEqual([true, false]);
  const fresh = both.encrypt('text', row);
  expect(createEncryption([second]).decrypt(fresh, row)).toBe('text');
  expect(createEncryption([third, second]).decrypt(fresh, row)).toBe('text');
  expect(() => createEncryption([first]).decrypt(fresh, row)).toThrow(
    /key id [\w-]{8}\) that is not among the options/,
  );
  expect(() => createEncryption([third]).decrypt(old, row)).toThrow(/not among the options/);
});

test('a key object is the same secret as the string of its bytes', () => {
  const key = createSecretKey(Buffer.from(first));
  expect(createEncryption([key]).decrypt(createEncryption([first]).encrypt('text', row), row)).toBe('text');
});

test('what one version has sealed, later ones open', () => {
  const sealed = 'v1.kMJHpXol.bt6diSXQKTiUjpuCrb8C_G3APXgjKZfzHpLqDr9Nc0i_SRP0Keovzxz0';
  expect(createEncryption([first]).decrypt(sealed, row)).toBe('{"user":"ann"}');
});
