/** When sweeps happen, and how. */

import { createGc, type Chunk } from '../lib/gc';

/** A step that removed so many rows. */
const step = (removed: number, full = false, last = 0): Promise<Chunk> =>
  Promise.resolve({ full, removed, last });

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const fail = (error: unknown): never => {
  throw error as Error;
};

/** How many requests lie between sweeps, for a given roll of the dice. */
const waits = async (frequency: number, random: number, requests: number): Promise<number[]> => {
  const swept: number[] = [];
  let request = 0;
  const gc = createGc(
    frequency,
    () => {
      swept.push(request);
      return step(0);
    },
    fail,
    () => random,
  );
  for (request = 1; request <= requests; request += 1) {
    gc.count();
    await turn();
  }
  return swept;
};

test('sweeps about every so many requests, from half to one and a half times as many', async () => {
  expect(await waits(10, 0.5, 30)).toEqual([10, 20, 30]);
  expect(await waits(10, 0, 15)).toEqual([5, 10, 15]);
  expect(await waits(10, 0.9999, 30)).toEqual([15, 30]);
});

test('frequency 1 sweeps on every request, 0 never', async () => {
  expect(await waits(1, 0, 3)).toEqual([1, 2, 3]);
  expect(await waits(0, 0, 50)).toEqual([]);
});

test('goes on step by step from where it came to, until one is not full, and counts', async () => {
  // From then on: a row that was claimed within the last minute has a lower expiry, and stays.
  jest.spyOn(Date, 'now').mockReturnValueOnce(1_700_000_000_000);
  const steps = [step(100, true, 5), step(100, true, 9), step(7, false, 12)];
  const begun: number[] = [];
  const gc = createGc(
    0,
    (from) => {
      begun.push(from);
      return steps.shift() ?? fail(new Error('asked once too often'));
    },
    fail,
  );
  expect(await gc.sweep()).toBe(207);
  expect(begun).toEqual([60 - 1_700_000_000, 5, 9]);
});

test('goes on past rows that others hold, as long as it comes forward', async () => {
  const steps = [step(0, true, 5), step(3, true, 5), step(0, true, 6), step(2)];
  const gc = createGc(0, () => steps.shift() ?? fail(new Error('asked once too often')), fail);
  expect(await gc.sweep()).toBe(5);
});

test('ends when it does not come forward', async () => {
  const steps = [step(3, true, 5), step(0, true, 5)];
  const gc = createGc(0, () => steps.shift() ?? fail(new Error('asked once too often')), fail);
  expect(await gc.sweep()).toBe(3);
});

test('ends when counts and times are no numbers', async () => {
  const gc = createGc(0, () => step(NaN, true, NaN), fail);
  expect(await gc.sweep()).toBeNaN();
});

test('gives everybody else a turn of the event loop between two steps', async () => {
  const events: string[] = [];
  const steps = [step(1, true, 1), step(1, true, 2), step(1)];
  const gc = createGc(
    0,
    () => {
      events.push('step');
      setImmediate(() => events.push('turn'));
      return steps.shift() ?? fail(new Error('asked once too often'));
    },
    fail,
  );
  await gc.sweep();
  expect(events).toEqual(['step', 'turn', 'step', 'turn', 'step']);
});

test('a failing background sweep is reported, and the next one runs', async () => {
  const errors: unknown[] = [];
  let sweeps = 0;
  const gc = createGc(
    1,
    () => {
      sweeps += 1;
      return Promise.reject(new Error('gone'));
    },
    (error) => errors.push(error),
  );
  gc.count();
  gc.count();
  await turn();
  gc.count();
  await turn();
  expect(sweeps).toBe(2);
  expect(errors).toEqual([new Error('gone'), new Error('gone')]);
});

test('a failing sweep that somebody asked for rejects', async () => {
  const gc = createGc(0, () => Promise.reject(new Error('gone')), fail);
  await expect(gc.sweep()).rejects.toThrow('gone');
});

test('one sweep runs at a time', async () => {
  let running = 0;
  const gc = createGc(
    1,
    async () => {
      running += 1;
      expect(running).toBe(1);
      await turn();
      running -= 1;
      return step(0);
    },
    fail,
  );
  for (let request = 0; request < 20; request += 1) gc.count();
  expect(gc.sweep()).toBe(gc.sweep());
  await gc.sweep();
});

test('stop ends a long sweep after its chunk, waits for it, and starts no other', async () => {
  let chunks = 0;
  const gc = createGc(
    1,
    async () => {
      chunks += 1;
      await turn();
      return step(10, true);
    },
    fail,
  );
  const sweeping = gc.sweep();
  await gc.stop();
  expect(chunks).toBe(1);
  expect(await sweeping).toBe(10);
  gc.count();
  await turn();
  expect(chunks).toBe(1);
});

test('stop waits for a sweep that fails, and does not fail with it', async () => {
  const gc = createGc(
    1,
    () => Promise.reject(new Error('gone')),
    () => undefined,
  );
  gc.count();
  await expect(gc.stop()).resolves.toBeUndefined();
});
