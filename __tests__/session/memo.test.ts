/** What was made lately is remembered, and never more than the limit. */

import { createMemo } from '../../lib/session/memo';

test('what was remembered comes back, and a newer value in its place', () => {
  const memo = createMemo<number>(10_000);
  expect(memo.get('a')).toBeUndefined();
  memo.set('a', 1, 1);
  memo.set('b', 2, 1);
  memo.set('a', 3, 1);
  expect([memo.get('a'), memo.get('b')]).toEqual([3, 2]);
});

test('what is used stays; what is not is forgotten', () => {
  const memo = createMemo<number>(10_000);
  memo.set('used', 0, 1);
  memo.set('unused', 0, 1);
  for (let n = 0; n < 1_000; n += 1) {
    memo.set(`n${n}`, n, 5);
    expect(memo.get('used')).toBe(0);
  }
  expect(memo.get('unused')).toBeUndefined();
  expect(memo.get('n999')).toBe(999);
});

test('never more than the limit, however often one value is replaced', () => {
  const memo = createMemo<number>(10_000);
  memo.set('kept', 1, 10);
  for (let n = 0; n < 1_000; n += 1) memo.set('again', n, 900);
  expect([memo.get('kept'), memo.get('again')]).toEqual([1, 999]);
  const keys = Array.from({ length: 500 }, (_, n) => `k${n}`);
  for (const key of keys) memo.set(key, 1, 896);
  // Keys count, too, and what an entry takes: each of these takes some 1,000.
  expect(keys.filter((key) => memo.get(key) !== undefined).length).toBeLessThanOrEqual(10);
});

test('what would fill half of it alone is not remembered', () => {
  const memo = createMemo<number>(10_000);
  memo.set('small', 1, 1);
  memo.set('large', 2, 5_000);
  expect([memo.get('small'), memo.get('large')]).toEqual([1, undefined]);
});

test('names of Object’s own are keys like any other', () => {
  const memo = createMemo<number>(1_000);
  for (const key of ['__proto__', 'constructor', 'toString']) expect(memo.get(key)).toBeUndefined();
  memo.set('__proto__', 1, 1);
  expect(memo.get('__proto__')).toBe(1);
});

test('a key keeps nothing alive that it was cut out of', () => {
  const memo = createMemo<number>(1_000_000);
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < 1_000; n += 1) {
    const header = `sid-${String(n).padStart(20, '0')}; ${'x'.repeat(100_000)}${n}`;
    memo.set(/^[^;]*/.exec(header)?.[0] ?? '', n, 1);
  }
  // 100 MB of headers.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
  expect(memo.get('sid-00000000000000000007')).toBe(7);
});
