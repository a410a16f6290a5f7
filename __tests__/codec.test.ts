/** Sessions to text and back. */

import fc from 'fast-check';
import { asciiJsonCodec, decodeWith, encodeWith, jsonCodec, type Codec } from '../lib/codec';

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
    { numRuns: 2_000 },
  );
});

test('JSON in ASCII says the same', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (session) => {
      const text = encodeWith(asciiJsonCodec, session);
      expect(text).toMatch(/^[\x20-\x7e]*$/);
      expect(decodeWith(jsonCodec, text)).toEqual(JSON.parse(JSON.stringify(session)));
    }),
    { numRuns: 2_000 },
  );
  expect(asciiJsonCodec.encode({ a: 'é😀\u007f' })).toBe('{"a":"\\u00e9\\ud83d\\ude00\\u007f"}');
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
  ).toThrow(/must return a string, but returned an object of Promise/);
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

test('a decoder must get text and return an object', () => {
  expect(
    decodeWith(
      codecOf(
        () => '',
        () => ({ a: 1 }),
      ),
      'x',
    ),
  ).toEqual({ a: 1 });
  expect(() => decodeWith(jsonCodec, null)).toThrow(/must hold text, but holds null/);
  for (const text of ['null', '7', '"x"'])
    expect(() => decodeWith(jsonCodec, text)).toThrow(/must return an object/);
  expect(() => decodeWith(jsonCodec, '{')).toThrow(SyntaxError);
});
