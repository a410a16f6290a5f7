/** How two versions of a session are merged, and what a save does when it meets another one. */

import fc from 'fast-check';
import { checkMergeable, mergeSessions } from '../../lib/session/conflicts';
import { runs } from '../support/runs';

describe('mergeSessions', () => {
  test('applies what was changed, added and removed, by top-level key', () => {
    const base = { same: 1, mine: 1, theirs: 1, both: 1, iRemove: 1, theyRemove: 1, wasIn: { a: 1 } };
    const mine = { same: 1, mine: 2, theirs: 1, both: 2, theyRemove: 1, wasIn: { a: 1 }, added: 1 };
    const theirs = { same: 1, mine: 1, theirs: 2, both: 3, iRemove: 1, wasIn: { a: 2 }, addedToo: 1 };
    expect(mergeSessions(base, mine, theirs)).toEqual({
      ...{ same: 1, mine: 2, theirs: 2, both: 2, wasIn: { a: 2 }, added: 1, addedToo: 1 },
    });
  });

  test('takes a value as one thing, and compares what it is, not how it is written', () => {
    const base = { cart: { a: 1, b: 1 }, kept: { x: 1, y: 2 } };
    const mine = { cart: { a: 2, b: 1 }, kept: { y: 2, x: 1 } };
    const theirs = { cart: { a: 1, b: 2 }, kept: { x: 1, y: 3 } };
    expect(mergeSessions(base, mine, theirs)).toEqual({ cart: { a: 2, b: 1 }, kept: { x: 1, y: 3 } });
  });

  test('keeps a key of any name a key', () => {
    const base = {};
    const mine = JSON.parse('{"__proto__":{"admin":true},"constructor":1}') as object;
    const merged = mergeSessions(base, mine, { a: 1 });
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(JSON.parse(JSON.stringify(merged))).toEqual(
      JSON.parse('{"a":1,"__proto__":{"admin":true},"constructor":1}'),
    );
  });

  test('of any sessions, does what each key alone would say', () => {
    const key = fc.constantFrom('a', 'b', 'c', '__proto__');
    const anySession = fc.dictionary(key, fc.oneof(fc.nat(2), fc.constant({ deep: [1] })));
    fc.assert(
      fc.property(anySession, anySession, anySession, (base, mine, theirs) => {
        const expected = new Map(Object.entries(theirs));
        for (const name of new Set([...Object.keys(base), ...Object.keys(mine)])) {
          const has = Object.keys(mine).includes(name);
          const had = Object.keys(base).includes(name);
          const isChanged = has !== had || JSON.stringify(mine[name]) !== JSON.stringify(base[name]);
          if (isChanged && has) expected.set(name, mine[name] as number);
          if (isChanged && !has) expected.delete(name);
        }
        expect(new Map(Object.entries(mergeSessions(base, mine, theirs)))).toEqual(expected);
      }),
      runs(2_000),
    );
  });
});

test('sessions that have no keys to merge by are refused', () => {
  class Session {
    user = 'ann';
  }
  for (const session of [{}, Object.create(null) as object]) checkMergeable(session);
  for (const session of [[], new Session(), new Map(), new Date()]) {
    expect(() => {
      checkMergeable(session);
    }).toThrow(/plain objects, but it returned an? (instance of \w+|array)/);
  }
});
