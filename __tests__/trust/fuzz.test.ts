/** Ids, sessions and ttls as nobody would wish for them, against the rooms that need no database. */

import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { asciiJsonCodec, composeCodecs, decodeWith, encodeWith, jsonCodec } from '../../lib/codec';
import { createRowKeys, isSessionId } from '../../lib/crypto/row-key';
import { expiresAt, ttlOf } from '../../lib/ttl';
import type { Codec, HashIds, TextCodec } from '../../lib/types';
import { everyRun } from '../support/runs';
import { asJson, checkExpiry, lifetimeOf } from './values/expected';
import { anyNoSid, anySid, anyText, nearTo } from './values/ids';
import { anySession } from './values/sessions';
import { anyTtl } from './values/ttls';

const many = 100_000;

/** What it throws, which must be a TypeError; undefined if it throws nothing. */
const refusalOf = (work: () => unknown): TypeError | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof TypeError) return error;
    throw error;
  }
};

describe('ids', () => {
  test('no id has, or ever had, the key of another, hashed or not', () => {
    const owners = new Map<string, string>();
    const own = (key: string | undefined, sid: string): void => {
      if (key === undefined) return;
      const owner = owners.get(key) ?? sid;
      if (owner !== sid) throw new Error(`${JSON.stringify([owner, sid])} share the key ${key}`);
      owners.set(key, sid);
    };
    const modes = ([false, true, 'migrate'] satisfies HashIds[]).map((hashIds) => createRowKeys(hashIds));
    const sids = new Set<string>();

    fc.assert(
      fc.property(anySid, (seed) => {
        for (const sid of nearTo(seed)) {
          sids.add(sid);
          ok(isSessionId(sid));
          const [plain, hashed, migrating] = modes.map((keysOf) => keysOf(sid));
          for (const { key, formerKey } of [plain, hashed, migrating].flatMap((keys) => keys ?? [])) {
            ok(/^[!-~]{1,100}$/.test(key), `not every database compares ${JSON.stringify(key)} alike`);
            own(key, sid);
            own(formerKey, sid);
          }
          const isPlain = plain?.key === sid;
          ok(isPlain || /^sha256:[\w-]{43}$/.test(plain?.key ?? ''));
          ok(!(isPlain && sid.startsWith('sha256:')), 'a digest was taken by its name');
          ok(/^sha256:[\w-]{43}$/.test(hashed?.key ?? ''));
          deepStrictEqual(migrating, { key: hashed?.key, formerKey: isPlain ? sid : undefined });
        }
      }),
      everyRun(1_600),
    );
    expect(sids.size).toBeGreaterThanOrEqual(many);
  });

  test('what is no string, or an empty one, is no id', () => {
    fc.assert(
      fc.property(anyNoSid, (value) => !isSessionId(value)),
      everyRun(10_000),
    );
  });
});

describe('sessions', () => {
  /** What is read of what is written, or that it is refused: as JSON has it. */
  const readsBack = (codec: Codec, stored: RegExp) =>
    fc.property(anySession, (session) => {
      const expected = asJson(session);
      let text = '';
      const refusal = refusalOf(() => (text = encodeWith(codec, session as object)));
      strictEqual(refusal !== undefined, expected === undefined, refusal?.message ?? 'it was not refused');
      if (expected === undefined) return;
      ok(stored.test(text), `some database would change ${JSON.stringify(text)}`);
      deepStrictEqual(decodeWith(codec, text), expected);
    });
  const unchangeable = /^[^\0\p{Surrogate}]*$/u;
  const gzip: TextCodec = {
    encode: (text) => gzipSync(text).toString('base64'),
    decode: (text) => gunzipSync(Buffer.from(text, 'base64'), { maxOutputLength: 1_048_576 }).toString(),
  };

  test.each([
    ['as JSON', jsonCodec, unchangeable, many],
    ['as JSON in ASCII', asciiJsonCodec, /^[ -~]*$/, many],
    ['compressed', composeCodecs(jsonCodec, gzip), /^[ -~]*$/, 10_000],
  ])('read back, or are refused with a TypeError: %s', (_, codec, stored, count) => {
    fc.assert(readsBack(codec, stored), everyRun(count));
  });

  test('nested until JSON gives up are refused with a TypeError', () => {
    const nested = (depth: number): object => {
      let session = {};
      for (let n = 0; n < depth; n += 1) session = n % 2 === 0 ? { session } : [session];
      return session;
    };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (depth) => {
        let text = '';
        const refusal = refusalOf(() => (text = encodeWith(jsonCodec, nested(depth))));
        if (refusal !== undefined) ok(depth > 500, `refused at ${depth}`);
        else strictEqual(JSON.stringify(decodeWith(jsonCodec, text)), text);
      }),
      everyRun(50),
    );
    throws(() => encodeWith(jsonCodec, nested(100_000)), TypeError);
  });

  test('as a codec writes them read back as that very text, or are refused with a TypeError', () => {
    const raw: Codec = { encode: ({ text }) => text as string, decode: (text) => ({ text }) };
    let refused = 0;
    fc.assert(
      fc.property(fc.oneof(anyText, fc.anything()), (text) => {
        let stored = '';
        if (refusalOf(() => (stored = encodeWith(raw, { text }))) === undefined) {
          ok(unchangeable.test(stored), 'some database would change it');
          deepStrictEqual(decodeWith(raw, stored), { text });
          return;
        }
        refused += 1;
        ok(typeof text !== 'string' || !unchangeable.test(text), 'refused without need');
      }),
      everyRun(many),
    );
    expect(refused).toBeGreaterThan(many / 10);
  });
});

describe('ttls', () => {
  // From 2001 to 2096, at any moment and at the beginning of a second.
  const anySecond = fc.integer({ min: 1e9, max: 4e9 });
  const anyNow = fc.oneof(
    fc.integer({ min: 1e12, max: 4e12 }),
    anySecond.map((second) => second * 1_000),
  );
  const anyFallback = fc.oneof(
    fc.integer({ min: 1, max: 1e12 }),
    fc.double({ min: 0, minExcluded: true, noNaN: true }),
  );

  test('end sessions when they, their cookie or the default say, never early and 1 % or a second late', () => {
    const seen = { refused: 0, ended: 0, dated: 0, clamped: 0 };
    fc.assert(
      fc.property(anyTtl, anySession, anyFallback, anyNow, (ttl, session, fallback, now) => {
        let lifetime = 0;
        const refusal = refusalOf(() => (lifetime = ttlOf(ttl, session, fallback, now)));
        const expected = lifetimeOf(ttl, session, fallback, now);
        strictEqual(refusal !== undefined, expected === undefined, refusal?.message ?? 'it was not refused');
        if (expected === undefined) {
          seen.refused += 1;
          return;
        }
        if (expected < 0) ok(lifetime < 0, 'it has ended, and lives on');
        else strictEqual(lifetime, expected);
        if (lifetime < 0) {
          seen.ended += 1;
          return;
        }
        const expires = expiresAt(lifetime, now);
        checkExpiry(expires, lifetime, now);
        seen[expires < 8.64e12 ? 'dated' : 'clamped'] += 1;
      }),
      everyRun(many),
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(many / 50);
  });
});
