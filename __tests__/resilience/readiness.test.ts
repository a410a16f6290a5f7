/** Attempts to make the table ready, one after the other. */

import { createReadiness } from '../../lib/resilience/readiness';

const never = (): Promise<never> => new Promise(() => undefined);

test('an attempt that hangs is given up, and the next one may succeed', async () => {
  let attempts = 0;
  const ready = jest.fn();
  const prepare = (): Promise<void> => {
    attempts += 1;
    return attempts < 2 ? never() : Promise.resolve();
  };
  const readiness = createReadiness(prepare, 20_000, ready, undefined, 10);
  await readiness.ready();
  expect(attempts).toBe(2);
  expect(ready).toHaveBeenCalledTimes(1);
  await readiness.stop(100);
});

test('a call that waits for an attempt that hangs learns that the database did not answer', async () => {
  const readiness = createReadiness(never, 60, () => undefined, undefined, 10);
  await expect(readiness.ready()).rejects.toMatchObject({
    code: 'ESYNC',
    cause: { message: 'the database did not answer within 10 ms' },
  });
  await readiness.stop(100);
});

test('an attempt that was given up, and succeeds after all, makes the table ready once', async () => {
  const finish: (() => void)[] = [];
  const ready = jest.fn();
  const prepare = (): Promise<void> => new Promise((resolve) => finish.push(resolve));
  const readiness = createReadiness(prepare, 20_000, ready, undefined, 5);
  while (finish.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  finish[0]?.();
  await readiness.ready();
  expect(readiness.isReady).toBe(true);
  for (const resolve of finish) resolve();
  await readiness.stop(100);
  expect(ready).toHaveBeenCalledTimes(1);
});

test('after stop, an attempt that ends changes nothing', async () => {
  for (const end of ['resolve', 'reject'] as const) {
    let settle = (): void => undefined;
    const ready = jest.fn();
    const prepare = (): Promise<void> =>
      new Promise((resolve, reject) => {
        settle =
          end === 'resolve'
            ? resolve
            : () => {
                reject(new Error('late'));
              };
      });
    const readiness = createReadiness(prepare, 50, ready, undefined, 1_000);
    const stopped = readiness.stop(100);
    settle();
    await stopped;
    expect(ready).not.toHaveBeenCalled();
    expect(readiness.isReady).toBe(false);
  }
});

test('of attempts that hang, no more than two are under way', async () => {
  const ends: (() => void)[] = [];
  const prepare = (): Promise<void> =>
    new Promise((_, reject) =>
      ends.push(() => {
        reject(new Error('ended'));
      }),
    );
  const readiness = createReadiness(prepare, 20_000, () => undefined, undefined, 5);
  while (ends.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(ends).toHaveLength(2);
  ends[0]?.();
  while (ends.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const end of ends) end();
  await readiness.stop(100);
});
