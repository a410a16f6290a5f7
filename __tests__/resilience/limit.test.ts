/** What every call goes through: its deadline, how many there may be, and how they end when the store is closed. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { createLimit, type Limit, type Limits } from '../../lib/resilience/limit';
import { SessionStoreError } from '../../lib/errors';
import { createRetries } from '../../lib/resilience/retry';
import type { Readiness } from '../../lib/resilience/readiness';

const never = (): Promise<never> => new Promise(() => undefined);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const tableIsReady: Readiness = {
  isReady: true,
  ready: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

const create = (limits: Partial<Limits> = {}, readiness = tableIsReady): Limit => {
  const all = { retryTimeout: 10_000, syncTimeout: 100, maxPending: 100, ...limits };
  const listener = { unavailable: () => undefined, available: () => undefined };
  return createLimit(all, readiness, createRetries(all.retryTimeout, listener));
};

const away = (): Error => Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });

const failureOf = (call: Promise<unknown>): Promise<SessionStoreError> =>
  call.then(
    () => {
      throw new Error('expected a rejection');
    },
    (error: unknown) => error as SessionStoreError,
  );

describe('a call', () => {
  test('resolves with what its work comes to', async () => {
    expect(await create().run('get', () => Promise.resolve('row'))).toBe('row');
  });

  test('rejects at its deadline, with the last failure that was waited out as the cause', async () => {
    const cause = away();
    const told: string[] = [];
    const error = await failureOf(
      create({ retryTimeout: 20 }).run('set', (deadline) => {
        deadline.cause = cause;
        deadline.onExpired?.(() => told.push(`expired: ${String(deadline.expired)}`));
        return never();
      }),
    );
    expect(error).toBeInstanceOf(SessionStoreError);
    expect(error).toMatchObject({ code: 'ETIMEDOUT', operation: 'set', cause });
    expect(error.message).toBe('set: not done within 20 ms (retryTimeout): refused');
    expect(told).toEqual(['expired: true']);
  });

  test('says so at its deadline if the database has said nothing at all', async () => {
    const error = await failureOf(create({ retryTimeout: 20 }).run('get', never));
    expect(error).toMatchObject({ code: 'ETIMEDOUT', cause: { code: 'ETIMEDOUT' } });
    expect(error.message).toMatch(
      /^get: not done within 20 ms \(retryTimeout\): no statement was answered within/,
    );
  });

  test('says so at its deadline if it only waited for others', async () => {
    const limit = create({ retryTimeout: 50 });
    const waiting = failureOf(limit.run('get', never));
    await pause(20);
    await limit.repeated(() => Promise.resolve());
    const error = await waiting;
    expect(error.cause).toBeUndefined();
    expect(error.message).toMatch(/: it waited for other calls$/);
  });

  test('leaves no rejection unhandled when its work fails after the deadline', async () => {
    const late = create({ retryTimeout: 20 }).run('get', () => pause(40).then(() => Promise.reject(away())));
    expect(await failureOf(late)).toMatchObject({ code: 'ETIMEDOUT' });
    await pause(60);
  });

  test('rejects with what the database refuses as it came', async () => {
    const refusal = Object.assign(new Error('no such table'), { code: '42P01' });
    expect(await failureOf(create().run('get', () => Promise.reject(refusal)))).toBe(refusal);
  });

  test('rejects with EUNAVAILABLE where nothing is repeated', async () => {
    const cause = away();
    const error = await failureOf(create({ retryTimeout: 0 }).run('get', () => Promise.reject(cause)));
    expect(error).toMatchObject({ code: 'EUNAVAILABLE', operation: 'get', cause });
    expect(error.message).toBe('get: failed, and was not retried because retryTimeout is 0: refused');
  });

  test('may take as long as it likes where nothing is repeated', async () => {
    expect(await create({ retryTimeout: 0 }).run('get', () => pause(30).then(() => 'row'))).toBe('row');
  });
});

describe('a method', () => {
  test('checks its arguments at once, and begins its work when the table is ready', async () => {
    const log: string[] = [];
    const limit = create({}, { ...tableIsReady, isReady: false, ready: () => pause(20) });
    const set = limit.withDeadline('set', (sid: string) => {
      log.push(`checks ${sid}`);
      if (sid === '') throw new TypeError('bad sid');
      return () => Promise.resolve(log.push(`writes ${sid}`));
    });
    const calls = [set('a'), failureOf(set('')), set('b')];
    expect(log).toEqual(['checks a', 'checks ', 'checks b']);
    expect((await Promise.all(calls))[1]).toMatchObject({ message: 'bad sid' });
    expect(log.slice(3)).toEqual(['writes a', 'writes b']);
  });
});

describe('deadlines', () => {
  const timers = (): NodeJS.Timeout[] =>
    jest.spyOn(global, 'setTimeout').mock.results.map(({ value }) => value as NodeJS.Timeout);

  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('share one timer, and expire in the order in which they began', async () => {
    jest.spyOn(global, 'setTimeout');
    const limit = create({ retryTimeout: 60 });
    const ended: string[] = [];
    const call = (name: string): Promise<unknown> =>
      failureOf(limit.run('get', never)).then(() => ended.push(name));
    const calls = [call('a'), call('b'), call('c')];
    expect(timers()).toHaveLength(1);
    const between = pause(30).then(() => call('d'));
    await Promise.all([...calls, between]);
    expect(ended).toEqual(['a', 'b', 'c', 'd']);
  });

  test('keep no idle process alive, and one with a pending call', async () => {
    jest.spyOn(global, 'setTimeout');
    const limit = create();
    const first = limit.run('get', () => Promise.resolve('row'));
    const [timer] = timers();
    expect(timer?.hasRef()).toBe(true);
    expect(await first).toBe('row');
    expect(timer?.hasRef()).toBe(false);
    const second = limit.run('get', () => pause(5));
    expect(timer?.hasRef()).toBe(true);
    await second;
    expect(timer?.hasRef()).toBe(false);
  });
});

describe('the timer of the deadlines', () => {
  const timedOut = { code: 'ETIMEDOUT' };

  test('is replaced once it is overdue, as after a fake clock that took it away', async () => {
    const limit = create({ retryTimeout: 20 });
    jest.useFakeTimers({ doNotFake: ['performance', 'setImmediate', 'nextTick', 'queueMicrotask'] });
    const lost = failureOf(limit.run('get', never));
    jest.useRealTimers();
    await pause(60);
    expect(await failureOf(limit.run('get', never))).toMatchObject(timedOut);
    expect(await lost).toMatchObject(timedOut);
  });

  test('is one, also when a listener of an expired deadline begins a call', async () => {
    jest.useFakeTimers();
    const limit = create({ retryTimeout: 20 });
    const calls: Promise<unknown>[] = [];
    const call = (): void => {
      calls.push(failureOf(limit.run('get', never)));
    };
    calls.push(
      failureOf(
        limit.run('get', (deadline) => {
          deadline.onExpired?.(call);
          return never();
        }),
      ),
    );
    jest.advanceTimersByTime(25);
    const timersLeft = jest.getTimerCount();
    jest.advanceTimersByTime(25);
    jest.useRealTimers();
    expect(timersLeft).toBe(1);
    expect(await Promise.all(calls)).toMatchObject([timedOut, timedOut]);
  });

  test('runs in no request’s async context', async () => {
    const context = new AsyncLocalStorage<string>();
    const limit = create({ retryTimeout: 20 });
    const seen: unknown[] = [];
    const call = (): Promise<unknown> =>
      failureOf(
        limit.run('get', (deadline) => {
          deadline.onExpired?.(() => seen.push(context.getStore()));
          return never();
        }),
      );
    await context.run('a request', call);
    expect(seen).toEqual([undefined]);
  });
});

describe('more calls than maxPending', () => {
  test('are rejected at once, and taken again when others have ended', async () => {
    const limit = create({ maxPending: 2 });
    const ends: (() => void)[] = [];
    const slow = (): Promise<string> =>
      new Promise((resolve) =>
        ends.push(() => {
          resolve('done');
        }),
      );
    const taken = [limit.run('get', slow), limit.run('set', slow)];
    const error = await failureOf(limit.run('set', slow));
    expect(error).toMatchObject({ code: 'EOVERLOADED', operation: 'set' });
    expect(error.message).toBe('set: 2 calls are already pending (maxPending)');
    expect(await failureOf(limit.withoutDeadline('length', slow))).toMatchObject({ code: 'EOVERLOADED' });
    for (const end of ends) end();
    expect(await Promise.all(taken)).toEqual(['done', 'done']);
    expect(await limit.run('get', () => Promise.resolve('taken'))).toBe('taken');
  });

  test('are rejected also while all wait for the table', async () => {
    const limit = create({ maxPending: 1 }, { ...tableIsReady, isReady: false, ready: () => pause(20) });
    const waiting = limit.run('get', () => Promise.resolve('row'));
    expect(await failureOf(limit.run('get', never))).toMatchObject({ code: 'EOVERLOADED' });
    expect(await waiting).toBe('row');
  });
});

describe('work that may take long', () => {
  test('is repeated until the deadline, and may then go on as long as it likes', async () => {
    const limit = create({ retryTimeout: 400 });
    const work = jest.fn(() => pause(600).then(() => 7));
    work.mockImplementationOnce(() => Promise.reject(away()));
    expect(await limit.withoutDeadline('length', () => limit.repeated(work))).toBe(7);
    expect(work).toHaveBeenCalledTimes(2);
  });

  test('rejects with ETIMEDOUT when it still fails at the deadline', async () => {
    const limit = create({ retryTimeout: 40 });
    const error = await failureOf(
      limit.withoutDeadline('clear', () => limit.repeated(() => Promise.reject(away()))),
    );
    expect(error).toMatchObject({ code: 'ETIMEDOUT', operation: 'clear', cause: { code: 'ECONNREFUSED' } });
  });
});

describe('closing', () => {
  const idle = Promise.resolve();

  test('takes no more calls, and waits for those under way and for the background', async () => {
    const limit = create();
    const done: string[] = [];
    const call = limit.run('set', () => pause(30)).then(() => done.push('call'));
    const closed = limit.close(pause(60).then(() => done.push('background')));
    expect(await failureOf(limit.run('get', never))).toMatchObject({ code: 'ECLOSED', operation: 'get' });
    await Promise.all([call, closed]);
    expect(done).toEqual(['call', 'background']);
  });

  test('ends when the time of all calls is over, with each of them rejected', async () => {
    const limit = create({ retryTimeout: 50, syncTimeout: 50 });
    const write = failureOf(limit.run('set', never));
    const endless = limit.withoutDeadline('length', never);
    await limit.close(never());
    expect(await write).toMatchObject({ code: 'ETIMEDOUT' });
    expect(await Promise.race([endless, Promise.resolve('still under way')])).toBe('still under way');
  });

  test('waits for ever where nothing is timed', async () => {
    const limit = create({ retryTimeout: 0, syncTimeout: 10 });
    let end = (): void => undefined;
    const write = limit.run(
      'set',
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    const closed = limit.close(idle);
    await pause(50);
    expect(await Promise.race([closed, Promise.resolve('still closing')])).toBe('still closing');
    end();
    await Promise.all([write, closed]);
  });

  test('is done at once when nothing is under way', async () => {
    await create({ retryTimeout: 0 }).close(idle);
    await create().close(idle);
  });
});
