/** Sessions to text and back. */

import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  asciiJsonCodec,
  composeCodecs,
  decodeWith,
  encodeWith,
  fromAscii,
  jsonCodec,
  toAscii,
} from '../lib/codec';
import type { Codec, TextCodec } from '../lib/types';
import { runs } from './support/runs';

const codecOf = (
  encode: (session: object) => unknown,
  decode: (text: string) => unknown = JSON.parse,
): Codec => ({ encode, decode }) as Codec;

test('whatever JSON can say reads back deep-equal, from text that any database can store', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (session) => {
      const text = encodeWith(jsonCodec, session);
      expect(text).not.toMatch(/\0|\p{Surrogate}/u);
      expect(decodeWith(jsonCodec, text)).toEqual(JSON.parse(JSON.stringify(session)));
    }),
    runs(2_000),
  );
});

test('JSON in ASCII says the same', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (session) => {
      const text = encodeWith(asciiJsonCodec, session);
      expect(text).toMatch(/^[\x20-\x7e]*$/);
      expect(decodeWith(jsonCodec, text)).toEqual(JSON.parse(JSON.stringify(session)));
    }),
    runs(2_000),
  );
  expect(asciiJsonCodec.encode({ a: 'é😀\u007f' })).toBe('{"a":"\\u00e9\\ud83d\\ude00\\u007f"}');
});

test('any text has a form in ASCII, from which it comes back', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('\\', 'u', '0', 'a', 'é', 'ascii:', '\\u00e9') }),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      for (const one of [text, `ascii:${text}`, toAscii(text)]) {
        expect(toAscii(one)).toMatch(/^[\0-\x7e]*$/);
        expect(fromAscii(toAscii(one))).toBe(one);
      }
    }),
    runs(2_000),
  );
  expect(toAscii('{"a":"\\n"}')).toBe('{"a":"\\n"}');
  expect(toAscii('é\\')).toBe('ascii:\\u00e9\\u005c');
});

test('a decoder that returns a promise is refused, and what the promise rejects with is nobody’s problem', () => {
  const codec = codecOf(
    () => '',
    () => Promise.reject(new Error('later')),
  );
  expect(() => decodeWith(codec, 'x')).toThrow(/at once, but returned a promise/);
});

test('what is no object is refused, with a hint', () => {
  for (const session of [null, undefined, 'text', 7, true, Symbol('s')] as never[]) {
    expect(() => encodeWith(jsonCodec, session)).toThrow(/session must be an object.*destroy\(sid\)/);
  }
});

test('what JSON cannot say is refused, with the cause', () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  for (const session of [cycle, { big: 1n }, new Date(), { toJSON: () => undefined }, { toJSON: () => 7 }]) {
    const encode = (): string => encodeWith(jsonCodec, session);
    expect(encode).toThrow(TypeError);
    expect(encode).toThrow(expect.objectContaining({ cause: expect.any(TypeError) as unknown }) as Error);
  }
});

test('an encoder that throws no error, or returns no string, is refused', () => {
  expect(() =>
    encodeWith(
      codecOf(() => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- a codec may throw anything
        throw 'no';
      }),
      {},
    ),
  ).toThrow('session cannot be encoded: no');
  expect(() =>
    encodeWith(
      codecOf(() => Promise.resolve('{}')),
      {},
    ),
  ).toThrow(/must return a string, but returned an instance of Promise/);
});

test('text that databases would refuse or change is refused before it is sent', () => {
  for (const text of ['a\0b', 'a\ud800b', '\udc00']) {
    expect(() =>
      encodeWith(
        codecOf(() => text),
        {},
      ),
    ).toThrow(/NUL character or a lone surrogate/);
  }
  expect(
    encodeWith(
      codecOf(() => '😀'),
      {},
    ),
  ).toBe('😀');
});

test('a decoder must return an object', () => {
  expect(
    decodeWith(
      codecOf(
        () => '',
        () => ({ a: 1 }),
      ),
      'x',
    ),
  ).toEqual({ a: 1 });
  for (const text of ['null', '7', '"x"'])
    expect(() => decodeWith(jsonCodec, text)).toThrow(/must return an object/);
  expect(() => decodeWith(jsonCodec, '{')).toThrow(SyntaxError);
});

test('what a decoder says of a text is the cause of the error, and not in its message', () => {
  const cause = new Error('unexpected: a secret');
  const failing = codecOf(
    () => '',
    () => {
      throw cause;
    },
  );
  expect(() => decodeWith(failing, 'a secret')).toThrow(
    expect.objectContaining({ message: 'codec.decode failed', cause }) as Error,
  );
});

describe('composed codecs', () => {
  const gzip: TextCodec = {
    encode: (text) => gzipSync(text).toString('base64'),
    decode: (text) => gunzipSync(Buffer.from(text, 'base64'), { maxOutputLength: 1_048_576 }).toString(),
  };
  const mark = (name: string): TextCodec => ({
    encode: (text) => `${name}(${text})`,
    decode: (text) => text.slice(`${name}(`.length, -1),
  });

  test('work one after the other, and back in reverse', () => {
    const codec = composeCodecs(jsonCodec, mark('one'), mark('two'));
    expect(encodeWith(codec, { a: 1 })).toBe('two(one({"a":1}))');
    expect(decodeWith(codec, 'two(one({"a":1}))')).toEqual({ a: 1 });
  });

  test('get nothing but the session or the text, so that JSON.stringify and its like can be used as they are', () => {
    const seen: unknown[][] = [];
    const codec = composeCodecs(
      {
        encode: (...args: unknown[]) => (seen.push(args), '{}'),
        decode: (...args: unknown[]) => (seen.push(args), {}),
      },
      {
        encode: (...args: unknown[]) => (seen.push(args), '{}'),
        decode: (...args: unknown[]) => (seen.push(args), '{}'),
      },
    );
    decodeWith(codec, encodeWith(codec, {}));
    expect(seen.map((args) => args.length)).toEqual([1, 1, 1, 1]);
    const plain = composeCodecs<Record<string, unknown>>({
      encode: JSON.stringify,
      decode: JSON.parse as (text: string) => Record<string, unknown>,
    });
    expect(decodeWith(plain, encodeWith(plain, { a: 1 }))).toEqual({ a: 1 });
  });

  test('of one are that one', () => {
    expect(encodeWith(composeCodecs(jsonCodec), { a: 1 })).toBe('{"a":1}');
  });

  test('are checked when they are composed', () => {
    expect(() => composeCodecs(jsonCodec, undefined as never)).toThrow(
      new TypeError(
        'composeCodecs: argument 2 must be an object with the functions encode and decode, but is undefined',
      ),
    );
    expect(() => composeCodecs(JSON as never)).toThrow(/argument 1 .*, but is/);
  });

  test('can compress', () => {
    const codec = composeCodecs(jsonCodec, gzip);
    const session = { text: 'again and '.repeat(1_000) };
    const text = encodeWith(codec, session);
    expect(text.length).toBeLessThan(500);
    expect(decodeWith(codec, text)).toEqual(session);
  });
});
