/** Calls for one key, one after the other. */

import { createKeyedQueue } from '../../lib/session/id-migration';
import { expirable } from '../support/deadline';

/** Work that ends when it is told to. */
const gateOf = (): { work: () => Promise<string>; open: (result?: string) => void; fail: () => void } => {
  let open: (result?: string) => void = () => undefined;
  let fail = (): void => undefined;
  const gate = new Promise<string>((resolve, reject) => {
    open = (result = 'done') => {
      resolve(result);
    };
    fail = () => {
      reject(new Error('failed'));
    };
  });
  return { work: () => gate, open, fail };
};

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const patient = { expired: false };

test('work for one key waits for what came before, however that ends; for another, it does not', async () => {
  const inOrder = createKeyedQueue();
  const log: string[] = [];
  const first = gateOf();
  const calls = [
    inOrder('a', patient, first.work).catch(() => log.push('first failed')),
    inOrder('a', patient, () => Promise.resolve(log.push('second'))),
    inOrder('b', patient, () => Promise.resolve(log.push('another'))),
  ];
  await settled();
  expect(log).toEqual(['another']);
  first.fail();
  await Promise.all(calls);
  expect(log).toEqual(['another', 'first failed', 'second']);
  // Once all have ended, the next one begins at once.
  expect(await inOrder('a', patient, () => Promise.resolve('third'))).toBe('third');
});

test('what nobody waits for any more when its turn comes is not begun', async () => {
  const inOrder = createKeyedQueue();
  const first = gateOf();
  const { deadline, expire } = expirable();
  const work = jest.fn(() => Promise.resolve('never'));
  const calls = [
    inOrder('a', patient, first.work),
    inOrder('a', deadline, work),
    inOrder('a', patient, () => Promise.resolve('third')),
  ];
  const results = Promise.allSettled(calls);
  expire();
  first.open();
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(work).not.toHaveBeenCalled();
});

test('what waits behind one that does not end is let go once nobody waits for it', async () => {
  const inOrder = createKeyedQueue();
  const first = gateOf();
  const stuck = inOrder('a', patient, first.work);
  let rejected = 0;
  for (let n = 0; n < 1_000; n += 1) {
    const { deadline, expire } = expirable();
    inOrder('a', deadline, () => Promise.resolve('never')).catch(() => (rejected += 1));
    expire();
  }
  await settled();
  expect(rejected).toBeGreaterThanOrEqual(900);
  first.open();
  expect(await stuck).toBe('done');
  await settled();
  expect(rejected).toBe(1_000);
});
