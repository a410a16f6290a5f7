/** Repeating what fails: until it works, fails for good, or nobody waits; one at a time while the database is away. */

import fc from 'fast-check';
import { noDeadline, type Deadline } from '../../lib/resilience/deadline';
import { markUnsent } from '../../lib/resilience/transient';
import { backoff, createRetries, withRetry, type Retry } from '../../lib/resilience/retry';

const away = (message = 'refused'): Error => Object.assign(new Error(message), { code: 'ECONNREFUSED' });
const deadlock = (): Error => Object.assign(new Error('deadlock'), { code: '40P01' });
const unanswered = (): Error => Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });
const refused = (): Error => Object.assign(new Error('no such table'), { code: '42P01' });

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const create = (timeout = 10_000) => {
  const heard: string[] = [];
  const retries = createRetries(timeout, {
    unavailable: (cause) => heard.push(`unavailable: ${(cause as Error).message}`),
    available: () => heard.push('available'),
  });
  return { ...retries, heard };
};

/** Work that fails with these errors, one after the other, and then resolves. */
const failing = (...errors: Error[]) => {
  const work = jest.fn<Promise<string>, unknown[]>(() => {
    const error = errors.shift();
    return error === undefined ? Promise.resolve('done') : Promise.reject(error);
  });
  return work;
};

/** Somebody who waits for one attempt, which fails. */
const failOnce = async (retry: Retry, error: Error): Promise<void> => {
  const deadline = { expired: false };
  const work = (): Promise<never> => {
    deadline.expired = true;
    return Promise.reject(error);
  };
  await expect(retry(work, deadline)).rejects.toBe(error);
};

/** Work whose end the test decides. */
const byHand = () => {
  const ends: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const work = jest.fn(() => new Promise<string>((resolve, reject) => ends.push({ resolve, reject })));
  const attempts = async (count: number): Promise<void> => {
    while (ends.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { work, ends, attempts };
};

describe('a statement', () => {
  test('that works is sent once', async () => {
    const { retry, heard } = create();
    const work = failing();
    expect(await retry(work, noDeadline())).toBe('done');
    expect(work).toHaveBeenCalledTimes(1);
    expect(heard).toEqual([]);
  });

  test('that fails for passing reasons is sent until it works', async () => {
    const { retry } = create();
    const work = failing(away(), deadlock(), away(), deadlock());
    expect(await retry(work, noDeadline())).toBe('done');
    expect(work).toHaveBeenCalledTimes(5);
  });

  test('that fails for good is not sent again, and its error is the database’s', async () => {
    const { retry } = create();
    const error = refused();
    const work = failing(deadlock(), error);
    await expect(retry(work, noDeadline())).rejects.toBe(error);
    expect(work).toHaveBeenCalledTimes(2);
  });

  test('is repeated until its deadline, which learns of the last failure', async () => {
    const { retry } = create();
    const deadline = { expired: false, cause: undefined as unknown };
    const last = deadlock();
    const work = failing(deadlock(), deadlock(), last);
    work.mockImplementationOnce(() => Promise.reject(deadlock()));
    expect(await retry(work, deadline)).toBe('done');
    expect(deadline.cause).toBe(last);
  });

  test.each([
    ['a deadlock', deadlock],
    ['an outage', away],
  ])('that nobody waits for is not sent again after %s', async (_, errorOf) => {
    const { retry } = create();
    const deadline = { expired: false };
    const work = jest.fn(() => {
      deadline.expired = work.mock.calls.length === 2;
      return Promise.reject(errorOf());
    });
    await expect(retry(work, deadline)).rejects.toThrow(errorOf().message);
    expect(work).toHaveBeenCalledTimes(2);
  });

  test('is not repeated where another answer is better, but only after a wait', async () => {
    const { retry, heard } = create();
    const error = deadlock();
    const work = failing(away(), error);
    await expect(retry(work, noDeadline(), (failure) => failure === error)).rejects.toBe(error);
    expect(work).toHaveBeenCalledTimes(2);
    expect(heard).toEqual(['unavailable: refused', 'available']);
  });

  test('is sent once, whatever happens, when nothing is to be repeated', async () => {
    const { retry, patience, heard } = create(0);
    const work = failing(away());
    await expect(retry(work, noDeadline())).rejects.toThrow('refused');
    expect(work).toHaveBeenCalledTimes(1);
    expect(patience()).toBeUndefined();
    expect(await retry(work, noDeadline())).toBe('done');
    expect(heard).toEqual(['unavailable: refused', 'available']);
  });
});

describe('an outage', () => {
  test('is told once when it begins and once when it is over', async () => {
    const { retry, heard, outage, timedOut } = create();
    const begin = performance.now();
    let isBack = false;
    const ask = (): Promise<void> => (isBack ? Promise.resolve() : Promise.reject(away()));
    const results = [1, 2, 3, 4].map(() => retry(ask, noDeadline()));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(heard).toEqual(['unavailable: refused']);
    expect(outage()).toBeInstanceOf(Error);
    isBack = true;
    await Promise.all(results);
    expect(heard).toEqual(['unavailable: refused', 'available']);
    // Who came before it was over may tell why.
    expect(timedOut(begin)).toMatchObject({ code: 'ECONNREFUSED' });
    expect(outage()).toBeUndefined();
  });

  test('is told again when there is another one', async () => {
    const { retry, heard } = create();
    await retry(failing(away('one')), noDeadline());
    await retry(failing(away('two')), noDeadline());
    expect(heard).toEqual(['unavailable: one', 'available', 'unavailable: two', 'available']);
  });

  test('is none where others hold a lock', async () => {
    const { retry, heard } = create();
    await retry(failing(deadlock(), deadlock()), noDeadline());
    expect(heard).toEqual([]);
  });

  test('is over when others are known to be at work', async () => {
    const { retry, heard } = create();
    await retry(failing(away(), deadlock()), noDeadline());
    expect(heard).toEqual(['unavailable: refused', 'available']);
  });

  test('is not over because of a failure that nobody knows', async () => {
    const { retry, heard } = create();
    await expect(retry(failing(away(), refused()), noDeadline())).rejects.toThrow('no such table');
    expect(heard).toEqual(['unavailable: refused']);
    await retry(failing(), noDeadline());
    expect(heard).toEqual(['unavailable: refused', 'available']);
  });

  test('is not over because of a statement that was sent before it', async () => {
    const { retry, heard } = create();
    const early = byHand();
    const result = retry(early.work, noDeadline());
    await early.attempts(1);
    const probe = byHand();
    const other = retry(probe.work, noDeadline());
    await probe.attempts(1);
    probe.ends[0]?.reject(away());
    await probe.attempts(2);
    early.ends[0]?.resolve('done');
    await result;
    expect(heard).toEqual(['unavailable: refused']);
    probe.ends[1]?.resolve('done');
    await other;
    expect(heard).toEqual(['unavailable: refused', 'available']);
  });

  test('is not begun anew by a statement that was sent before it, and fails when it is over', async () => {
    const { retry, heard } = create();
    const early = byHand();
    const result = retry(early.work, noDeadline());
    await early.attempts(1);
    await retry(failing(away()), noDeadline());
    early.ends[0]?.reject(away('late'));
    await early.attempts(2);
    early.ends[1]?.resolve('done');
    expect(await result).toBe('done');
    expect(heard).toEqual(['unavailable: refused', 'available']);
  });

  test('lets one statement at a time ask whether it is over, and then all the others go on', async () => {
    const { retry } = create();
    let atOnce = 0;
    let most = 0;
    let isBack = false;
    const ask = async (): Promise<string> => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setTimeout(resolve, 10));
      atOnce -= 1;
      if (!isBack) throw away();
      return 'done';
    };
    await failOnce(retry, away());
    const results = [1, 2, 3, 4].map(() => retry(ask, noDeadline()));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(most).toBe(1);
    isBack = true;
    expect(await Promise.all(results)).toEqual(['done', 'done', 'done', 'done']);
    expect(most).toBe(3);
  });

  test('lets others ask when the one who asks gets no answer for long', async () => {
    const { retry, patience } = create(200);
    await failOnce(retry, away());
    const silent = byHand();
    const first = retry(silent.work, noDeadline());
    await silent.attempts(1);
    expect(await retry(failing(), noDeadline())).toBe('done');
    silent.ends[0]?.resolve('late');
    expect(await first).toBe('late');
    expect(patience()).toBe(50);
  });

  test('ends the wait of who has waited too long for a turn, without a word to the database', async () => {
    const { retry } = create();
    const asking = byHand();
    const deadline = { expired: false };
    await failOnce(retry, away('the cause'));
    const first = retry(asking.work, noDeadline());
    const work = failing();
    const second = retry(work, deadline);
    await asking.attempts(1);
    deadline.expired = true;
    asking.ends[0]?.reject(away('still away'));
    await expect(second).rejects.toThrow('still away');
    expect(work).not.toHaveBeenCalled();
    await asking.attempts(2);
    asking.ends[1]?.resolve('done');
    await first;
  });

  test('does not keep who comes long after the last failure', async () => {
    const { retry } = create();
    for (let n = 0; n < 8; n += 1) {
      await failOnce(retry, away());
    }
    await new Promise((resolve) => setTimeout(resolve, 520));
    const work = failing();
    const result = retry(work, noDeadline());
    await turn();
    await turn();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(work).toHaveBeenCalledTimes(1);
    await result;
  });

  test('makes statements wait longer for an answer when several got none', async () => {
    const { retry, patience } = create(400);
    expect(patience()).toBe(100);
    for (let n = 0; n < 10; n += 1) {
      await failOnce(retry, unanswered());
    }
    expect(patience()).toBe(400);
    await retry(failing(), noDeadline());
    expect(patience()).toBe(100);
  });
});

describe('a call whose time is over', () => {
  test('while no statement at all was answered, shows an outage', async () => {
    const { retry, timedOut, heard } = create();
    await retry(failing(), noDeadline());
    const begin = performance.now();
    const cause = timedOut(begin);
    expect(cause).toMatchObject({
      code: 'ETIMEDOUT',
      message: expect.stringMatching(/no statement was answered within \d+ ms/) as string,
    });
    expect(timedOut(begin)).toBe(cause);
    await retry(failing(), noDeadline());
    expect(heard).toEqual(['unavailable: ' + (cause as Error).message, 'available']);
  });

  test('while others were answered, shows none', async () => {
    const { retry, timedOut, heard } = create();
    const begin = performance.now();
    await retry(failing(), noDeadline());
    expect(timedOut(begin)).toBeUndefined();
    await retry(failing(deadlock()), noDeadline());
    expect(timedOut(begin)).toBeUndefined();
    expect(heard).toEqual([]);
  });
});

describe('an attempt on its own', () => {
  test('tells of an outage, is not repeated, and ends it', async () => {
    const { attempt, heard } = create();
    const work = failing(away());
    await expect(attempt(work)).rejects.toThrow('refused');
    expect(work).toHaveBeenCalledTimes(1);
    await attempt(work);
    expect(heard).toEqual(['unavailable: refused', 'available']);
  });
});

test('the waits are any time up to a bound that doubles from 50 to 500 ms', () => {
  const bounds = [1, 2, 3, 4, 5, 6, 100].map((repetition) => backoff(repetition, () => 1));
  expect(bounds).toEqual([50, 100, 200, 400, 500, 500, 500]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, random) => {
        const wait = backoff(n, () => random);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(500);
      },
    ),
  );
});

describe('the layer around a table', () => {
  test('retries what it reads and writes, and leaves a lock timeout to the layer above', async () => {
    const lockTimeout = Object.assign(new Error('lock timeout'), { code: '55P03' });
    const read = failing(away(), deadlock());
    const write = failing(deadlock(), lockTimeout);
    const table = withRetry({ read, write }, create().retry);
    expect(await table.read(['a', 'b'], noDeadline())).toBe('done');
    expect(read.mock.calls).toEqual([[['a', 'b']], [['a', 'b']], [['a', 'b']]]);
    const change = { key: 'a' };
    await expect(table.write([change], noDeadline())).rejects.toBe(lockTimeout);
    expect(write.mock.calls.map(([changes]) => changes)).toEqual([[change], [change]]);
  });

  test('sends a change only while its caller waits, and says so of a statement that waits for a connection', async () => {
    const [a, b, c] = [{ key: 'a' }, { key: 'b' }, { key: 'c' }];
    const gone = new Set<object>();
    const deadline: Deadline = { expired: false, isAwaited: (change) => !gone.has(change) };
    const sent: unknown[] = [];
    // eslint-disable-next-line @typescript-eslint/require-await -- what it throws must be a rejection
    const write = async (changes: readonly object[], isStale: () => boolean): Promise<string> => {
      sent.push([...changes]);
      expect(isStale()).toBe(false);
      if (sent.length === 3) return 'done';
      gone.add(sent.length === 1 ? a : b);
      expect(isStale()).toBe(true);
      throw deadlock();
    };
    const table = withRetry({ read: failing(), write }, create().retry);
    expect(await table.write([a, b, c], deadline)).toBe('done');
    expect(sent).toEqual([[a, b, c], [b, c], [c]]);
  });
});

test('a write tells its deadline of an answer that was lost, a read does not', async () => {
  const { retry } = create();
  const lost = unanswered();
  const notSent = away();
  markUnsent(notSent);
  for (const [errors, expected] of [
    [[deadlock(), notSent], undefined],
    [[lost, deadlock()], lost],
  ] as const) {
    const deadline: Deadline = { expired: false };
    const table = withRetry({ read: failing(unanswered()), write: failing(...errors) }, retry);
    expect(await table.read(['a'], deadline)).toBe('done');
    expect(await table.write([{ key: 'a' }], deadline)).toBe('done');
    expect(deadline.unanswered).toBe(expected);
  }
});
