/** Sessions as nobody would wish for them, against what their rows hold: encoded, sealed, and limited in size. */

import { deepStrictEqual, throws } from 'node:assert';
import fc from 'fast-check';
import { jsonCodec } from '../../lib/codec';
import { createRowKeys } from '../../lib/crypto/row-key';
import { createSerializer, type Serialized } from '../../lib/session/serializer';
import { everyRun } from '../support/runs';
import { asJson } from './values/expected';
import { anySid, anyText, nearTo } from './values/ids';
import { anySession } from './values/sessions';

const secret = (name: string): string => `${name}: ${'0123456789abcdef'.repeat(2)}`;
const options = { codec: jsonCodec, readPlain: false, maxBytes: 60 };
const plain = createSerializer(options, false);
const sealed = createSerializer({ ...options, secret: [secret('second'), secret('first')] }, false);
const older = createSerializer({ ...options, secret: [secret('first')] }, false);
const anyKey = anySid.map((sid) => createRowKeys(false)(sid).key);

test('a row holds a session that reads back, or it is refused with a TypeError, or with E2BIG for its size', () => {
  const seen = { kept: 0, refused: 0, large: 0 };
  fc.assert(
    fc.property(anySession, anyKey, (session, key) => {
      const expected = asJson(session);
      const isLarge =
        expected !== undefined && Buffer.byteLength(JSON.stringify(expected)) > options.maxBytes;
      for (const serializer of [plain, sealed, older]) {
        const serialize = (): Serialized => serializer.serialize(session as object, key);
        if (isLarge) {
          throws(serialize, { name: 'SessionStoreError', code: 'E2BIG' });
          seen.large += 1;
        } else if (expected === undefined) {
          throws(serialize, TypeError);
          seen.refused += 1;
        } else {
          deepStrictEqual(serializer.deserialize(serialize().content(), key).session, expected);
          seen.kept += 1;
        }
      }
    }),
    everyRun(5_000),
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(500);
});

/** One place of a text changed, in one of the ways in which rows go bad. */
const anyDamage = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  put: fc.oneof(
    fc.string({ maxLength: 2 }),
    fc.constantFrom('', '=', '.', '-', '_', 'A', 'v1.', '\0', 'é', '\n'),
  ),
  take: fc.nat(3),
});

test('rows that were sealed open as they were, for their own key, and in no other way', () => {
  let damaged = 0;
  fc.assert(
    fc.property(anyText, anySid, anyDamage, fc.boolean(), (text, sid, { at, put, take }, isOld) => {
      const { key } = createRowKeys(isOld)(sid);
      const data = (isOld ? older : sealed).serialize({ text: text.slice(0, 8) }, key).content().data;
      deepStrictEqual(sealed.deserialize({ data }, key), {
        session: { text: text.slice(0, 8) },
        text: JSON.stringify({ text: text.slice(0, 8) }),
        isCurrent: !isOld,
      });
      for (const near of nearTo(sid).slice(1, 8)) {
        const other = createRowKeys(isOld)(near).key;
        if (other !== key) throws(() => sealed.deserialize({ data }, other), 'it opened in another row');
      }
      const place = Math.floor(at * data.length);
      const changed = data.slice(0, place) + put + data.slice(place + take);
      if (changed === data) return;
      damaged += 1;
      throws(() => sealed.deserialize({ data: changed }, key), `it opened as ${changed}`);
    }),
    everyRun(5_000),
  );
  expect(damaged).toBeGreaterThan(4_000);
});

test('rows move to another key with what they hold, and to it alone', () => {
  fc.assert(
    fc.property(anyKey, anyKey, anyText, (from, to, word) => {
      const text = word.slice(0, 8);
      for (const serializer of [plain, sealed]) {
        const stored = serializer.serialize({ text }, from).content();
        const moved = serializer.rewrite(stored, from, to) ?? stored;
        deepStrictEqual(serializer.deserialize(moved, to).session, { text });
        if (serializer === sealed && from !== to) throws(() => serializer.deserialize(moved, from));
      }
    }),
    everyRun(2_000),
  );
});
