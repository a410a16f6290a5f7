/** Sessions as nobody would wish for them, for fast-check. */

import fc from 'fast-check';
import { anyText } from './ids';
import { anyCookie } from './ttls';

/** An object that throws when this field of it is read. */
const throwing = (field: string, thrown: unknown): object =>
  Object.defineProperties(
    {},
    {
      [field]: {
        enumerable: true,
        get: () => {
          throw thrown;
        },
      },
      // Or fast-check would throw, instead of showing what it found.
      [fc.toStringMethod]: { value: () => `an object that throws as ${field} is read` },
    },
  );

const cycle: Record<string, unknown> = {};
cycle.self = cycle;

/** What JSON makes nothing or something else of. */
const anyOddity = fc.oneof(
  fc.constantFrom<unknown>(undefined, 1n, Symbol('value'), () => 1, new Date(0), new Date(NaN), /re/g, cycle),
  fc.constantFrom(new Map([['a', 1]]), new Set([1]), Buffer.from('bytes'), new Uint8Array(3), new Array(3)),
  fc.constantFrom({ toJSON: () => undefined }, { toJSON: () => 'text' }, { toJSON: () => ({ a: 1 }) }),
  fc.constantFrom<unknown>(Object(7), Object('text'), { toJSON: 7 }, new Error('value'), Promise.resolve(1)),
  fc.constantFrom<unknown>(Object.create(null), Object.create({ inherited: 1 }), new Proxy({ a: 1 }, {})),
  fc.constantFrom(new Error('no'), 'text', undefined).map((thrown) => throwing('field', thrown)),
  fc.anything({ maxDepth: 1, maxKeys: 2 }),
);

const anyLeaf = fc.oneof(
  { weight: 4, arbitrary: anyText },
  { weight: 3, arbitrary: fc.oneof(fc.double(), fc.integer(), fc.boolean(), fc.constant(null)) },
  { weight: 1, arbitrary: anyOddity },
);

const anyValue = fc.oneof(
  { weight: 6, arbitrary: anyLeaf },
  { weight: 1, arbitrary: fc.array(anyLeaf, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(anyText, anyLeaf, { maxKeys: 3 }) },
);

/** With keys of its own that an assignment would not make: `__proto__`. */
const anyFields = fc
  .array(fc.tuple(anyText, anyValue), { maxLength: 4 })
  .map((fields) => Object.fromEntries(fields));

/** What `set` may be asked to keep: mostly objects, of which JSON can say most. */
export const anySession: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 12, arbitrary: anyFields },
  { weight: 4, arbitrary: fc.tuple(anyFields, anyCookie).map(([fields, cookie]) => ({ ...fields, cookie })) },
  { weight: 2, arbitrary: fc.dictionary(anyText, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 3 }) },
  { weight: 1, arbitrary: fc.array(anyValue, { maxLength: 3 }) },
  { weight: 1, arbitrary: anyOddity },
  { weight: 1, arbitrary: fc.constant(throwing('cookie', new Error('no'))) },
  { weight: 1, arbitrary: fc.oneof(anyText, fc.integer(), fc.constantFrom(null, undefined, true)) },
);
