/** Calls become statements: which share one, which wait, and who learns of a failure. */

import fc from 'fast-check';
import {
  createBatcher,
  sessionBatches,
  type BatchOptions,
  type BatchTable,
  type RowStore,
} from '../../lib/batch/batcher';
import type { Change, Row } from '../../lib/database/rows';
import type { Deadline } from '../../lib/resilience/deadline';
import { secondOf } from '../../lib/ttl';
import { expirable } from '../support/deadline';
import { memoryTable, rowAfter, type MemoryRow } from '../support/memory-table';
import { atPaces, PassingFailure, RefusedRow, turn, type Pace } from '../support/paced';
import { runs } from '../support/runs';

/** Until nothing moves by itself any more: a few turns are enough for a batch. */
const quiet = async (): Promise<void> => {
  for (let n = 0; n < 5; n += 1) await turn();
};

const several = { maxRows: 100, replaces: 'each', isConflict: () => false } as const;

type Limits = Pick<BatchOptions<string, Put>, 'concurrency' | 'rows' | 'bytes'>;

/** The failure of a statement that has waited too long for a lock on one of its rows. */
class LockedRow extends Error {}

/** The failure of a statement that makes all of its changes or, because the condition of one does not hold, none. */
class ConflictingRow extends Error {}

/** Replaces the text of a row. Two of one group become one. */
interface Put {
  text: string;
  group: string;
  rebase?: (row: string | undefined) => Put | undefined;
}

const puts: Omit<BatchOptions<string, Put>, keyof Limits> = {
  groupOf: ({ group }) => group,
  bytesOf: ({ text }) => text.length,
  merge: (earlier, later) => (earlier.group === later.group ? later : undefined),
  rebase: ({ rebase }, row) => rebase?.(row),
  isRefused: (error) => error instanceof RefusedRow,
  isConflict: (error) => error instanceof ConflictingRow,
  isLocked: (error) => error instanceof LockedRow,
};

interface SentStatement {
  answer(rows?: Record<string, string>): Promise<void>;
  /** Answers a write: only these keys' changes were made. */
  answerMade(...keys: string[]): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** A batch whose statements are answered by the test; what was sent, and how calls ended, as text. */
const byHand = (limits: Partial<Limits> = {}) => {
  const sent: string[] = [];
  const ended: string[] = [];
  const statements: SentStatement[] = [];

  const send = (text: string): Promise<Map<string, string> | string[]> =>
    new Promise((resolve, reject) => {
      sent.push(text);
      statements.push({
        answer: async (rows = {}) => {
          resolve(new Map(Object.entries(rows)));
          await quiet();
        },
        answerMade: async (...keys) => {
          resolve(keys);
          await quiet();
        },
        fail: async (error) => {
          reject(error);
          await quiet();
        },
      });
    });

  const batcher = createBatcher<string, Put>(
    {
      read: async (keys) => (await send(`read ${keys.join(' ')}`)) as Map<string, string>,
      write: async (changes) => {
        const made = await send(
          `write ${changes.map(({ key, change }) => `${key}=${change.text}`).join(' ')}`,
        );
        return Array.isArray(made) ? new Set(made) : undefined;
      },
    },
    { ...puts, concurrency: 1, rows: 100, bytes: 1_000, ...limits },
  );

  const watch = (name: string, call: Promise<string | undefined>): void => {
    call.then(
      (value) => ended.push(value === undefined ? name : `${name}: ${value}`),
      (error: unknown) => ended.push(`${name} failed: ${(error as Error).message}`),
    );
  };

  return {
    sent,
    ended,
    read: (key: string, deadline?: Deadline): void => {
      watch(`read ${key}`, batcher.read(key, deadline));
    },
    put: (key: string, text: string, group = '', deadline?: Deadline): void => {
      watch(`put ${key}=${text}`, batcher.write(key, { text, group }, deadline) as Promise<undefined>);
    },
    /** A conditional change. */
    putIf: (key: string, text: string, rebase: Put['rebase'], deadline?: Deadline): void => {
      const change: Put = { text, group: 'if', ...(rebase && { rebase }) };
      watch(`put ${key}=${text}`, batcher.write(key, change, deadline) as Promise<undefined>);
    },
    answerMade: (n: number, ...keys: string[]) => statements[n]?.answerMade(...keys),
    answer: (n: number, rows?: Record<string, string>) => statements[n]?.answer(rows),
    fail: (n: number, error: Error) => statements[n]?.fail(error),
  };
};

/** A caller that the test lets go. */
const caller = () => {
  const { deadline, expire } = expirable();
  return {
    deadline,
    expire,
    leave: async (): Promise<void> => {
      expire();
      await quiet();
    },
  };
};

describe('when nobody waits any more', () => {
  test('what has not left does not leave, and what waited behind it does', async () => {
    const { read, put, sent, answer } = byHand();
    const [one, other] = [caller(), caller()];
    put('a', '1');
    read('b');
    await quiet();
    put('x', '2', '', one.deadline);
    read('y', other.deadline);
    put('y', '3');
    await one.leave();
    await other.leave();
    await answer(0);
    await answer(1);
    expect(sent).toEqual(['read b', 'write a=1', 'write y=3']);
  });

  test('what others wait for, too, leaves', async () => {
    const { read, sent, ended, answer } = byHand();
    const one = caller();
    read('a');
    await quiet();
    read('x', one.deadline);
    read('x');
    await one.leave();
    await answer(0);
    await answer(1, { x: 'row' });
    expect(sent).toEqual(['read a', 'read x']);
    expect(ended.filter((end) => end.startsWith('read x'))).toEqual([
      'read x failed: the deadline of this call has passed',
      'read x: row',
    ]);
  });

  test('what comes after its deadline is not sent', async () => {
    const { read, put, sent, ended } = byHand();
    const one = caller();
    one.expire();
    read('a', one.deadline);
    put('a', '1', '', one.deadline);
    await quiet();
    expect(sent).toEqual([]);
    expect(ended).toEqual([
      'read a failed: the deadline of this call has passed',
      'put a=1 failed: the deadline of this call has passed',
    ]);
  });

  test('a write that comes then does not carry what nobody waits for', async () => {
    const { put, sent, answer } = byHand();
    const one = caller();
    put('a', '1');
    await quiet();
    put('x', 'given up', 'g', one.deadline);
    // Before it is dropped: its time is over, and a later call joins it.
    one.expire();
    put('x', 'kept', 'other');
    await answer(0);
    expect(sent).toEqual(['write a=1', 'write x=kept']);
  });

  test('for a statement under way, its lane is free for other keys, and its own keys wait for its end', async () => {
    const { put, sent, ended, answer } = byHand();
    const one = caller();
    put('a', '1', '', one.deadline);
    put('b', '1', '', one.deadline);
    await quiet();
    put('a', '2');
    put('c', '2');
    await quiet();
    expect(sent).toEqual(['write a=1 b=1']);
    await one.leave();
    expect(sent).toEqual(['write a=1 b=1', 'write c=2']);
    await answer(1);
    expect(sent).toHaveLength(2);
    await answer(0);
    expect(sent[2]).toBe('write a=2');
    await answer(2);
    expect(ended).toEqual(expect.arrayContaining(['put a=2', 'put c=2']));
  });

  test('for as many statements as there are lanes, no more are given up', async () => {
    const { put, sent, answer } = byHand({ concurrency: 2 });
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      const one = caller();
      put(key, '1', '', one.deadline);
      await quiet();
      await one.leave();
    }
    expect(sent).toEqual(['write a=1', 'write b=1', 'write c=1', 'write d=1']);
    put('f', '1');
    await quiet();
    expect(sent).toHaveLength(4);
    await answer(2);
    expect(sent[4]).toBe('write f=1');
  });

  test('for one half of a statement that was refused, its lane is free, too', async () => {
    const { put, sent, fail, answer } = byHand();
    const one = caller();
    put('a', '1');
    put('b', '1', '', one.deadline);
    await quiet();
    await fail(0, new RefusedRow(['b']));
    await answer(1);
    expect(sent).toEqual(['write a=1 b=1', 'write a=1', 'write b=1']);
    put('c', '1');
    await one.leave();
    expect(sent[3]).toBe('write c=1');
  });

  test('behind a statement that does not end, calls that are over are forgotten, and what lives is kept', async () => {
    const { read, put, sent, ended, answer } = byHand();
    put('a', 'held');
    await quiet();
    const people = Array.from({ length: 3_000 }, caller);
    people.forEach(({ deadline }, n) => {
      if (n % 2 === 0) put('a', String(n), '', deadline);
      else read('a', deadline);
      if (n === 1_500) put('a', 'kept');
    });
    for (const { expire } of people) expire();
    await quiet();
    expect(ended).toHaveLength(3_000);
    expect(ended.every((end) => end.endsWith('failed: the deadline of this call has passed'))).toBe(true);
    await answer(0);
    expect(sent).toEqual(['write a=held', 'write a=kept']);
    await answer(1);
    expect(ended.slice(3_000)).toEqual(['put a=held', 'put a=kept']);
  });

  test('for what comes next in a chain either, none of it leaves', async () => {
    const { read, put, sent, answer } = byHand();
    put('x', '1');
    await quiet();
    const people = Array.from({ length: 4 }, caller);
    people.forEach(({ deadline }, n) => {
      if (n % 2 === 0) put('a', String(n), '', deadline);
      else read('a', deadline);
    });
    for (const { expire } of people) expire();
    await quiet();
    await answer(0);
    expect(sent).toEqual(['write x=1']);
    put('a', 'new');
    await quiet();
    expect(sent).toEqual(['write x=1', 'write a=new']);
  });

  test('a statement has the deadline of the last of its calls, and each learns of failures', async () => {
    let seen: Deadline | undefined;
    const [one, other] = [caller(), caller()];
    const batcher = createBatcher<string, Put>(
      {
        read: async (_keys, deadline) => {
          seen = deadline;
          await quiet();
          return new Map();
        },
        write: () => Promise.resolve(undefined),
      },
      { ...puts, concurrency: 1, rows: 10, bytes: 100 },
    );
    const calls = [
      batcher.read('a', one.deadline),
      batcher.read('b', other.deadline),
      batcher.read('a', other.deadline),
    ];
    const ended = Promise.allSettled(calls);
    await turn();
    const cause = new Error('lost');
    if (seen !== undefined) seen.cause = cause;
    expect([one.deadline.cause, other.deadline.cause]).toEqual([cause, cause]);
    expect(seen?.expired).toBe(false);
    one.expire();
    expect(seen?.expired).toBe(false);
    other.expire();
    expect(seen?.expired).toBe(true);
    await ended;
  });
});

describe('when statements leave', () => {
  test('calls of one turn share a statement, wherever in the turn they are made', async () => {
    const { read, put, sent } = byHand();
    read('a');
    put('x', '1');
    await Promise.resolve();
    read('b');
    put('y', '2');
    process.nextTick(() => {
      read('c');
      put('z', '3');
    });
    await turn();
    expect(sent).toEqual(['read a b c', 'write x=1 y=2 z=3']);
  });

  test('it leaves in the check phase of that turn', async () => {
    const { read, sent } = byHand();
    const seen: [string, number][] = [];
    const look = (when: string): unknown => seen.push([when, sent.length]);
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        read('a');
        look('after the call');
        process.nextTick(look, 'next tick');
        void Promise.resolve().then(() => look('microtask'));
        setImmediate(() => {
          look('check phase');
          resolve();
        });
      }, 0);
    });
    expect(seen).toEqual([
      ['after the call', 0],
      ['next tick', 0],
      ['microtask', 0],
      ['check phase', 1],
    ]);
  });

  test('no timer is needed', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      const { read, put, sent, ended, answer, fail } = byHand({ rows: 1 });
      read('a');
      read('b');
      put('a', '1');
      put('b', '2');
      await quiet();
      for (let n = 0; n < sent.length; n += 1) {
        if (n % 2 === 0) await answer(n);
        else await fail(n, new Error('gone'));
        expect(jest.getTimerCount()).toBe(0);
      }
      expect(ended).toHaveLength(4);
    } finally {
      jest.useRealTimers();
    }
  });

  test('what comes while the lanes are busy waits, and shares the next statement', async () => {
    const { read, put, sent, answer } = byHand();
    read('a');
    put('x', '1');
    await quiet();
    for (const [key, other] of Object.entries({ b: 't', c: 'u', d: 'v' })) {
      read(key);
      put(other, '2');
      await quiet();
    }
    expect(sent).toEqual(['read a', 'write x=1']);
    await answer(0);
    expect(sent.slice(2)).toEqual(['read b c d']);
    await answer(1);
    expect(sent.slice(3)).toEqual(['write t=2 u=2 v=2']);
  });

  test('at most as many reads are under way as there are lanes, and as many writes beside them', async () => {
    const { read, put, sent, answer } = byHand({ concurrency: 2, rows: 1 });
    for (const key of ['a', 'b', 'c', 'd']) {
      read(key);
      put(`${key}!`, '1');
    }
    await quiet();
    expect(sent).toEqual(['read a', 'read b', 'write a!=1', 'write b!=1']);
    await answer(1);
    expect(sent.slice(4)).toEqual(['read c']);
    await answer(2);
    expect(sent.slice(5)).toEqual(['write c!=1']);
    await answer(0);
    await answer(3);
    expect(sent.slice(6)).toEqual(['read d', 'write d!=1']);
  });

  test('a lane is free again after a statement that failed', async () => {
    const { read, put, sent, ended, fail, answer } = byHand();
    read('a');
    put('x', '1');
    await quiet();
    await fail(0, new Error('gone'));
    await fail(1, new Error('gone'));
    read('a');
    put('x', '2');
    await quiet();
    await answer(2, { a: 'row' });
    await answer(3);
    expect(sent).toEqual(['read a', 'write x=1', 'read a', 'write x=2']);
    expect(ended).toEqual(['read a failed: gone', 'put x=1 failed: gone', 'read a: row', 'put x=2']);
  });
});

describe('what shares a statement', () => {
  test('keys are sorted and distinct', async () => {
    const { read, put, sent } = byHand();
    for (const key of ['b', 'a', 'c', 'a', 'B', 'b', '_']) {
      read(key);
      put(`${key}!`, '1');
    }
    await quiet();
    expect(sent).toEqual(['read B _ a b c', 'write B!=1 _!=1 a!=1 b!=1 c!=1']);
  });

  test('a statement takes so many rows, oldest first', async () => {
    const { read, put, sent, answer } = byHand({ rows: 2 });
    for (const key of ['e', 'a', 'd', 'b', 'c']) {
      read(key);
      put(`${key}!`, '1');
    }
    await quiet();
    for (let n = 0; n < sent.length; n += 1) await answer(n);
    expect(sent).toEqual([
      'read a e',
      'write a!=1 e!=1',
      'read b d',
      'write b!=1 d!=1',
      'read c',
      'write c!=1',
    ]);
  });

  test('a statement takes so many bytes; a single row beyond them goes alone', async () => {
    const { put, sent, answer } = byHand({ bytes: 6 });
    for (const [key, text] of Object.entries({ a: '123', b: '123', c: '123', d: '1234567', e: '12' })) {
      put(key, text);
    }
    await quiet();
    for (let n = 0; n < sent.length; n += 1) await answer(n);
    expect(sent).toEqual(['write a=123 b=123', 'write c=123 e=12', 'write d=1234567']);
  });

  test('groups do not mix, and the oldest write goes first', async () => {
    const { put, sent, answer } = byHand();
    put('a', '1', 'red');
    put('b', '1', 'blue');
    put('c', '1', 'red');
    put('d', '1', 'green');
    put('e', '1', 'blue');
    await quiet();
    for (let n = 0; n < sent.length; n += 1) await answer(n);
    expect(sent).toEqual(['write a=1 c=1', 'write b=1 e=1', 'write d=1']);
  });

  test('waiting writes of one key become one row, and all are answered', async () => {
    const { put, sent, ended, answer } = byHand();
    put('a', '1');
    put('a', '2');
    put('b', '1');
    put('a', '3');
    await quiet();
    expect(sent).toEqual(['write a=3 b=1']);
    await answer(0);
    expect(ended).toEqual(['put a=1', 'put a=2', 'put a=3', 'put b=1']);
  });

  test('reads of one key share its row', async () => {
    const { read, sent, ended, answer } = byHand();
    for (const key of ['a', 'b', 'a', 'a']) read(key);
    await quiet();
    expect(sent).toEqual(['read a b']);
    await answer(0, { a: 'row' });
    expect(ended).toEqual(['read a: row', 'read a: row', 'read a: row', 'read b']);
  });

  test('a read of no row is undefined; an empty row is one, too', async () => {
    const { read, ended, answer } = byHand();
    read('none');
    read('empty');
    await quiet();
    await answer(0, { empty: '', other: 'nobody asked' });
    expect(ended.sort()).toEqual(['read empty: ', 'read none']);
  });
});

describe('the calls of one key', () => {
  test('a write waits for the one that has left, although a lane is free', async () => {
    const { put, sent, answer } = byHand({ concurrency: 2 });
    put('a', '1');
    await quiet();
    put('a', '2');
    put('b', '2');
    await quiet();
    expect(sent).toEqual(['write a=1', 'write b=2']);
    await answer(0);
    expect(sent.slice(2)).toEqual(['write a=2']);
  });

  test('a read waits for the writes before it, and writes after it wait for the read', async () => {
    const { put, read, sent, ended, answer } = byHand({ concurrency: 2 });
    put('a', '1');
    read('a');
    put('a', '2');
    await quiet();
    expect(sent).toEqual(['write a=1']);
    await answer(0);
    expect(sent.slice(1)).toEqual(['read a']);
    await answer(1, { a: '1' });
    expect(sent.slice(2)).toEqual(['write a=2']);
    await answer(2);
    expect(ended).toEqual(['put a=1', 'read a: 1', 'put a=2']);
  });

  test('a write does not overtake a read that waits, to join a write before it', async () => {
    const { put, read, sent, answer } = byHand();
    put('x', '1');
    await quiet();
    put('a', '1');
    read('a');
    put('a', '2');
    await answer(0);
    expect(sent.slice(1)).toEqual(['write a=1']);
  });

  test('writes of two groups go one after the other', async () => {
    const { put, sent, answer } = byHand({ concurrency: 2 });
    put('a', '1', 'red');
    put('a', '2', 'blue');
    put('a', '3', 'blue');
    put('a', '4', 'red');
    await quiet();
    for (let n = 0; n < sent.length; n += 1) await answer(n);
    expect(sent).toEqual(['write a=1', 'write a=3', 'write a=4']);
  });

  test('a read never joins one that has left: another process may have written in between', async () => {
    const { read, sent, ended, answer } = byHand({ concurrency: 2 });
    read('a');
    await quiet();
    read('a');
    await quiet();
    expect(sent).toEqual(['read a']);
    await answer(0, { a: 'old' });
    expect(sent.slice(1)).toEqual(['read a']);
    await answer(1, { a: 'new' });
    expect(ended).toEqual(['read a: old', 'read a: new']);
  });

  test('what waits for a statement that fails goes ahead', async () => {
    const { put, read, sent, ended, answer, fail } = byHand();
    put('a', '1');
    await quiet();
    read('a');
    put('a', '2');
    await fail(0, new Error('gone'));
    await answer(1, { a: '0' });
    await answer(2);
    expect(sent).toEqual(['write a=1', 'read a', 'write a=2']);
    expect(ended).toEqual(['put a=1 failed: gone', 'read a: 0', 'put a=2']);
  });
});

describe('a conditional change that was not made', () => {
  const again = (text: string) => (row: string | undefined) => ({ text: `${row} ${text}`, group: 'if' });

  test('reads its row, together with other reads, and makes another change, while its key waits', async () => {
    const { read, put, putIf, sent, ended, answer, answerMade } = byHand();
    putIf('a', '1', again('1'));
    putIf('b', '1', again('1'));
    await quiet();
    put('a', '2');
    read('a');
    await answerMade(0, 'b');
    expect(ended).toEqual(['put b=1']);
    expect(sent).toEqual(['write a=1 b=1', 'read a']);
    read('c');
    await answer(1, { a: 'theirs' });
    expect(sent.slice(2)).toEqual(['read c', 'write a=theirs 1']);
    await answerMade(3, 'a');
    expect(sent.slice(4)).toEqual(['write a=2']);
    await answer(4);
    await answer(2);
    expect(sent.slice(5)).toEqual(['read a']);
    await answer(5, { a: 'row' });
    expect(ended).toEqual(['put b=1', 'put a=1', 'put a=2', 'read c', 'read a: row']);
  });

  test('is read beside other keys in one statement, and tried until it is made', async () => {
    const { read, putIf, sent, ended, answer, answerMade } = byHand();
    read('z');
    const append = (text: string) => (row: string | undefined) => ({
      text: `${row}${text}`,
      group: 'if',
      rebase: append(text),
    });
    putIf('a', '1', append('1'));
    await quiet();
    read('b');
    await answerMade(1);
    await answer(0);
    expect(sent).toEqual(['read z', 'write a=1', 'read a b']);
    await answer(2, { a: 'x', b: 'y' });
    await answerMade(3);
    await answer(4, { a: 'y' });
    expect(sent.slice(3)).toEqual(['write a=x1', 'read a', 'write a=y1']);
    await answerMade(5, 'a');
    expect(ended).toEqual(['read z', 'read b: y', 'put a=1']);
  });

  test('stands alone after a few halves, if the database makes all changes of a statement or none', async () => {
    const { put, putIf, sent, ended, answer, fail } = byHand();
    for (const key of ['a', 'b', 'c', 'd']) putIf(key, '1', again('1'));
    await quiet();
    put('c', '2');
    await fail(0, new ConflictingRow());
    await answer(1);
    await fail(2, new ConflictingRow());
    await fail(3, new ConflictingRow());
    await answer(4);
    expect(sent.slice(0, 5)).toEqual([
      'write a=1 b=1 c=1 d=1',
      'write a=1 b=1',
      'write c=1 d=1',
      'write c=1',
      'write d=1',
    ]);
    await answer(5, { c: 'theirs' });
    await answer(6);
    await answer(7);
    expect(sent.slice(5)).toEqual(['read c', 'write c=theirs 1', 'write c=2']);
    expect(ended).toEqual(['put a=1', 'put b=1', 'put d=1', 'put c=1', 'put c=2']);
  });

  test('may end without one, or fail its call, and does not hold up its key', async () => {
    const { put, putIf, sent, ended, answer, answerMade } = byHand();
    putIf('a', '1', () => undefined);
    putIf('b', '1', () => {
      throw new Error('conflict');
    });
    await quiet();
    put('a', '2');
    put('b', '2');
    await answerMade(0);
    await answer(1);
    await answer(2);
    expect(sent).toEqual(['write a=1 b=1', 'read a b', 'write a=2 b=2']);
    expect(ended).toEqual(['put a=1', 'put b=1 failed: conflict', 'put a=2', 'put b=2']);
  });

  test('is given up when its caller goes before its row is read', async () => {
    const { put, putIf, sent, answer, answerMade } = byHand();
    const one = caller();
    putIf('a', '1', again('1'), one.deadline);
    await quiet();
    put('a', '2');
    await one.leave();
    await answerMade(0);
    await answer(1);
    expect(sent).toEqual(['write a=1', 'write a=2']);
  });

  test('is given up when its caller goes while its row is read, or waits to be', async () => {
    for (const isBusy of [false, true]) {
      const { read, put, putIf, sent, answer, answerMade } = byHand();
      const one = caller();
      if (isBusy) read('z');
      putIf('a', '1', again('1'), one.deadline);
      await quiet();
      put('a', '2');
      await answerMade(isBusy ? 1 : 0);
      await one.leave();
      await answer(isBusy ? 0 : 1, { a: 'row' });
      expect(sent.filter((text) => text.startsWith('write'))).toEqual(['write a=1', 'write a=2']);
    }
  });

  test('is given up when its caller goes before the other change leaves', async () => {
    const { put, putIf, sent, answer, answerMade } = byHand();
    const one = caller();
    putIf('a', '1', again('1'), one.deadline);
    await quiet();
    put('a', '2');
    put('z', 'holds the place');
    await answerMade(0);
    await answer(1, { a: 'row' });
    await one.leave();
    await answer(2);
    expect(sent).toEqual(['write a=1', 'read a', 'write z=holds the place', 'write a=2']);
  });
});

describe('when a statement fails', () => {
  const keys = Array.from({ length: 100 }, (_, n) => `key-${String(n).padStart(2, '0')}`);

  /** A batch whose database refuses every statement that holds one of these keys. */
  const refusing = (refused: readonly string[]): { batch: RowStore<string, Put>; sent: () => number } => {
    let sent = 0;
    const send = (sentKeys: readonly string[]): Promise<Map<string, string>> => {
      sent += 1;
      const culprits = sentKeys.filter((key) => refused.includes(key));
      if (culprits.length > 0) return Promise.reject(new RefusedRow(culprits));
      return Promise.resolve(new Map(sentKeys.map((key) => [key, `row of ${key}`])));
    };
    const write = (writes: readonly { key: string }[]): Promise<undefined> =>
      send(writes.map(({ key }) => key)).then(() => undefined);
    const limits = { concurrency: 1, rows: 100, bytes: 1_000 };
    return { batch: createBatcher({ read: send, write }, { ...puts, ...limits }), sent: () => sent };
  };

  const failuresOf = (results: PromiseSettledResult<unknown>[]): unknown[] =>
    results.flatMap((result, n) => (result.status === 'rejected' ? [[keys[n], result.reason]] : []));

  // Two halves on each of the log2(100) levels, and the whole.
  const most = 2 * Math.ceil(Math.log2(keys.length)) + 1;

  test('it is halved until the row that is to blame stands alone, and all others are written', async () => {
    for (const culprit of keys) {
      const { batch, sent } = refusing([culprit]);
      const results = await Promise.allSettled(keys.map((key) => batch.write(key, { text: '1', group: '' })));
      expect(failuresOf(results)).toEqual([[culprit, new RefusedRow([culprit])]]);
      expect(sent()).toBeLessThanOrEqual(most);
    }
  });

  test('reads are halved likewise, and each gets its own row', async () => {
    const culprit = 'key-33';
    const { batch, sent } = refusing([culprit]);
    const results = await Promise.allSettled(keys.map((key) => batch.read(key)));
    expect(failuresOf(results)).toEqual([[culprit, new RefusedRow([culprit])]]);
    const rows = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(rows).toEqual(keys.filter((key) => key !== culprit).map((key) => `row of ${key}`));
    expect(sent()).toBeLessThanOrEqual(most);
  });

  test('several culprits are all found', async () => {
    const culprits = ['key-00', 'key-01', 'key-50', 'key-99'];
    const { batch } = refusing(culprits);
    const results = await Promise.allSettled(keys.map((key) => batch.write(key, { text: '1', group: '' })));
    expect(failuresOf(results)).toEqual(culprits.map((key) => [key, new RefusedRow([key])]));
  });

  test('a reason that is in no row, such as a missing table, costs few statements', async () => {
    const { batch, sent } = refusing(keys);
    const results = await Promise.allSettled(keys.map((key) => batch.write(key, { text: '1', group: '' })));
    expect(failuresOf(results)).toHaveLength(keys.length);
    // Down to the first row, eight rows alone with the halves above them, and the larger halves that are left.
    expect(sent()).toBeLessThanOrEqual(most + 16);
  });

  test('culprits that stand side by side do not harm the others', async () => {
    const culprits = keys.slice(0, 7);
    const { batch } = refusing(culprits);
    const results = await Promise.allSettled(keys.map((key) => batch.write(key, { text: '1', group: '' })));
    expect(failuresOf(results)).toEqual(culprits.map((key) => [key, new RefusedRow([key])]));
  });

  test('no two calls get the same error object: what one adds to it, another does not see', async () => {
    const reasons: unknown[] = [];
    const { batch } = refusing(['a']);
    const calls = [batch.read('a'), batch.read('a'), batch.read('a')];
    for (const result of await Promise.allSettled(calls)) {
      if (result.status === 'rejected') reasons.push(result.reason);
    }
    expect(new Set(reasons).size).toBe(3);
    for (const reason of reasons) {
      expect(reason).toBeInstanceOf(RefusedRow);
      expect(reason).toEqual(new RefusedRow(['a']));
    }
  });

  test('many culprits are all found, once a statement has worked', async () => {
    const culprits = keys.filter((_, n) => n % 3 === 1);
    const { batch } = refusing(culprits);
    const results = await Promise.allSettled(keys.map((key) => batch.write(key, { text: '1', group: '' })));
    expect(failuresOf(results)).toEqual(culprits.map((key) => [key, new RefusedRow([key])]));
  });

  test('a row that is refused alone is tried once', async () => {
    const { batch, sent } = refusing(['a']);
    await expect(batch.write('a', { text: '1', group: '' })).rejects.toThrow('refused: a');
    expect(sent()).toBe(1);
  });

  test('all calls that share the row of the culprit learn of it', async () => {
    const { batch } = refusing(['a']);
    const calls = [batch.read('a'), batch.read('a'), batch.read('b')];
    await expect(Promise.allSettled(calls)).resolves.toMatchObject([
      { status: 'rejected', reason: { message: 'refused: a' } },
      { status: 'rejected', reason: { message: 'refused: a' } },
      { status: 'fulfilled', value: 'row of b' },
    ]);
  });

  test('through no fault of a row, nothing is halved, and every call learns of it', async () => {
    const { put, read, sent, ended, fail } = byHand();
    for (const key of ['a', 'b']) {
      put(key, '1');
      read(`${key}!`);
    }
    await quiet();
    await fail(0, new PassingFailure([]));
    await fail(1, new PassingFailure([]));
    expect(sent).toHaveLength(2);
    expect(ended).toEqual([
      'read a! failed: the connection is lost',
      'read b! failed: the connection is lost',
      'put a=1 failed: the connection is lost',
      'put b=1 failed: the connection is lost',
    ]);
  });

  test('because of a lock, its rows are tried alone, round after round, and the locked one keeps nobody waiting', async () => {
    const { put, sent, ended, answer, fail } = byHand();
    for (const key of ['a', 'b', 'c']) put(key, '1');
    await quiet();
    await fail(0, new LockedRow());
    await answer(1);
    await fail(2, new LockedRow());
    await answer(3);
    expect(sent).toEqual(['write a=1 b=1 c=1', 'write a=1', 'write b=1', 'write c=1', 'write b=1']);
    expect(ended).toEqual(['put a=1', 'put c=1']);
    await fail(4, new LockedRow());
    await answer(5);
    expect(ended).toEqual(['put a=1', 'put c=1', 'put b=1']);
  });

  test('because of a lock, a row that nobody waits for is given up', async () => {
    const { put, sent, ended, answer, fail } = byHand();
    const one = caller();
    put('a', '1', '', one.deadline);
    put('b', '1');
    await quiet();
    await fail(0, new LockedRow());
    await one.leave();
    await fail(1, new LockedRow());
    await answer(2);
    expect(sent).toEqual(['write a=1 b=1', 'write a=1', 'write b=1']);
    expect(ended).toEqual(expect.arrayContaining(['put b=1']));
  });

  test('a failure that passes, among the halves, fails its half alone', async () => {
    const { put, sent, ended, answer, fail } = byHand();
    for (const key of ['a', 'b', 'c', 'd']) put(key, '1');
    await quiet();
    await fail(0, new RefusedRow(['a']));
    await fail(1, new PassingFailure([]));
    await answer(2);
    expect(sent).toEqual(['write a=1 b=1 c=1 d=1', 'write a=1 b=1', 'write c=1 d=1']);
    expect(ended).toEqual([
      'put a=1 failed: the connection is lost',
      'put b=1 failed: the connection is lost',
      'put c=1',
      'put d=1',
    ]);
  });

  test('one that is thrown, not rejected, is a failure like others', async () => {
    const thrown = (): never => {
      throw new Error('thrown');
    };
    const batch = createBatcher<string, Put>(
      { read: thrown, write: thrown },
      { ...puts, concurrency: 1, rows: 9, bytes: 9 },
    );
    await expect(batch.read('a')).rejects.toThrow('thrown');
    await expect(batch.write('a', { text: '', group: '' })).rejects.toThrow('thrown');
  });

  // Jest fails a test in which a rejection stays unhandled; the same is true of all tests above.
  test('nobody has to handle a rejection but the callers', async () => {
    const { batch } = refusing(keys);
    const handled: unknown[] = [];
    for (const key of keys) {
      batch.write(key, { text: '1', group: '' }).catch((error: unknown) => handled.push(error));
      batch.read(key).catch((error: unknown) => handled.push(error));
    }
    while (handled.length < 2 * keys.length) await turn();
    await quiet();
  });
});

describe('whenever statements take effect, and whichever of them fail', () => {
  const keys = ['a', 'b', 'c', 'd'];
  const anyKey = fc.constantFrom(...keys);
  const anyLimits: fc.Arbitrary<Limits> = fc.record({
    concurrency: fc.integer({ min: 1, max: 2 }),
    rows: fc.integer({ min: 1, max: 4 }),
    bytes: fc.integer({ min: 2, max: 12 }),
  });
  const rarely = fc.nat(9).map((n) => n === 0);
  const anyPaces: fc.Arbitrary<Pace[]> = fc.array(
    fc.record({ before: fc.nat(3), after: fc.nat(3), fails: rarely }),
    { minLength: 1, maxLength: 10 },
  );
  /** Turns that pass before a call. */
  const anyPause = fc.constantFrom(0, 0, 0, 0, 1, 2, 3);

  /** @throws Error if there are calls that are not answered long after every statement must have been */
  const allAnswered = async (calls: readonly Promise<unknown>[]): Promise<void> => {
    let unanswered = calls.length;
    const answered = (): void => {
      unanswered -= 1;
    };
    for (const call of calls) call.then(answered, answered);
    for (let turns = 0; unanswered > 0; turns += 1) {
      if (turns > 2_000) throw new Error(`${unanswered} calls are never answered`);
      await turn();
    }
  };

  const pass = async (turns: number): Promise<void> => {
    for (let n = 0; n < turns; n += 1) await turn();
  };

  /** A call fails only by its own row, when that stands alone, or with the whole statement it is in. */
  const expectOwnFailure = (error: unknown, key: string, mayBeRefused: boolean): void => {
    if (error instanceof RefusedRow) {
      expect(error.keys).toEqual([key]);
      expect(mayBeRefused).toBe(true);
    } else {
      expect(error).toBeInstanceOf(PassingFailure);
      expect((error as PassingFailure).keys).toContain(key);
    }
  };

  /** Appends to the text of a row. No two calls have the same text: the row tells which took effect, in which order. */
  interface Append {
    text: string;
    group: string;
    refused: boolean;
    /** A conditional change: how often another process must have written to the row. */
    foreign?: number;
  }

  interface Text {
    text: string;
    /** How often another process has written to the row. */
    foreign: number;
  }

  const anyCall = fc.record({
    pause: anyPause,
    key: anyKey,
    act: fc.constantFrom('read', 'append', 'append', 'append if', 'another process writes'),
    size: fc.integer({ min: 1, max: 4 }),
    group: fc.constantFrom('red', 'red', 'blue'),
    refused: rarely,
  });
  const anyUnreadable = fc.option(anyKey, { freq: 4, nil: undefined });

  test('each key is written and read in the order of its calls, and no key fails by the fault of another', async () => {
    const property = fc.asyncProperty(
      fc.array(anyCall, { maxLength: 40 }),
      anyLimits,
      anyPaces,
      anyUnreadable,
      async (commands, limits, paces, unreadable) => {
        const rows = new Map<string, Text>();
        const rowOf = (key: string): Text => {
          const row = rows.get(key) ?? { text: '', foreign: 0 };
          rows.set(key, row);
          return row;
        };
        const database: BatchTable<Text, Append> = {
          read: (sent) =>
            unreadable !== undefined && sent.includes(unreadable)
              ? Promise.reject(new RefusedRow([unreadable]))
              : Promise.resolve(new Map(sent.map((key) => [key, { ...rowOf(key) }]))),
          write: (sent) => {
            const refused = sent.filter(({ change }) => change.refused).map(({ key }) => key);
            if (refused.length > 0) return Promise.reject(new RefusedRow(refused));
            const made = sent.filter(
              ({ key, change }) => (change.foreign ?? rowOf(key).foreign) === rowOf(key).foreign,
            );
            for (const { key, change } of made) rowOf(key).text += change.text;
            return Promise.resolve(new Set(made.map(({ key }) => key)));
          },
        };
        const options: BatchOptions<Text, Append> = {
          ...limits,
          groupOf: ({ group, foreign }) => (foreign === undefined ? group : 'if'),
          bytesOf: ({ text }) => text.length,
          rebase: (change, row) => ({ ...change, foreign: row?.foreign ?? 0 }),
          merge: (earlier, later) =>
            earlier.group === later.group && earlier.foreign === undefined && later.foreign === undefined
              ? { ...later, text: earlier.text + later.text, refused: earlier.refused || later.refused }
              : undefined,
          isRefused: (error) => error instanceof RefusedRow,
          isConflict: () => false,
          isLocked: () => false,
        };
        const paced = atPaces(database, options, paces);
        const batch = createBatcher(paced.table, options);

        const calls: { key: string; append?: Append; foreign: number; answer: Promise<Text | undefined> }[] =
          [];
        for (const [n, { pause, key, act, size, group, refused }] of commands.entries()) {
          await pass(pause);
          const { foreign } = rowOf(key);
          if (act === 'another process writes') {
            rowOf(key).foreign += 1;
          } else if (act === 'read') {
            calls.push({ key, foreign, answer: batch.read(key) });
          } else {
            const append = {
              text: String.fromCharCode(0x4e00 + n).repeat(size),
              group,
              refused,
              ...(act === 'append if' ? { foreign } : {}),
            };
            calls.push({ key, append, foreign, answer: batch.write(key, append) as Promise<undefined> });
          }
        }

        await allAnswered(calls.map(({ answer }) => answer));
        expect(paced.violations).toEqual([]);
        const model = new Map<string, string>();
        for (const { key, append, foreign, answer } of calls) {
          const before = model.get(key) ?? '';
          const [result] = await Promise.allSettled([answer]);
          if (result.status === 'rejected') {
            // A conditional change may have to read its row.
            const reads = append === undefined || append.foreign !== undefined;
            const mayBeRefused =
              (reads && key === unreadable) ||
              calls.some((call) => call.key === key && call.append?.refused === true);
            expectOwnFailure(result.reason, key, mayBeRefused);
          } else if (append !== undefined) {
            model.set(key, before + append.text);
          } else {
            expect([key, result.value?.text]).toEqual([key, before]);
            expect(result.value?.foreign).toBeGreaterThanOrEqual(foreign);
          }
        }
        for (const key of keys) expect([key, rowOf(key).text]).toEqual([key, model.get(key) ?? '']);
      },
    );
    await fc.assert(property, runs(1_000));
  });

  const anyTimedCall = fc.record({
    pause: anyPause,
    key: anyKey,
    act: fc.constantFrom('read', 'append', 'append'),
    /** Turns until the caller goes, if it does. */
    patience: fc.option(fc.nat(6), { nil: undefined }),
  });

  test('with callers that go, the others get what they would without them, and nothing is sent for nobody', async () => {
    const property = fc.asyncProperty(
      fc.array(anyTimedCall, { maxLength: 40 }),
      anyLimits,
      anyPaces,
      async (commands, limits, paces) => {
        const rows = new Map<string, string>();
        const unwanted: string[] = [];
        const database: BatchTable<{ text: string }, Append> = {
          read: (sent) => Promise.resolve(new Map(sent.map((key) => [key, { text: rows.get(key) ?? '' }]))),
          write: (sent) => {
            for (const { key, change } of sent) rows.set(key, (rows.get(key) ?? '') + change.text);
            return Promise.resolve(undefined);
          },
        };
        const options: BatchOptions<{ text: string }, Append> = {
          ...limits,
          groupOf: ({ group }) => group,
          bytesOf: ({ text }) => text.length,
          rebase: (change) => change,
          merge: (earlier, later) => ({ ...later, text: earlier.text + later.text }),
          isRefused: () => false,
          isConflict: () => false,
          isLocked: () => false,
        };
        // Statements whose callers have gone are under way next to the others.
        const paced = atPaces(database, { ...options, concurrency: 2 * options.concurrency }, paces);
        /** Notes what is sent though every caller has gone. */
        const watched: BatchTable<{ text: string }, Append> = {
          read: (sent, deadline) => {
            if (deadline.expired) unwanted.push(...sent);
            return paced.table.read(sent, deadline);
          },
          write: (sent, deadline) => {
            if (deadline.expired) unwanted.push(...sent.map(({ key }) => key));
            return paced.table.write(sent, deadline);
          },
        };
        const batcher = createBatcher(watched, options);

        const calls: {
          key: string;
          text?: string;
          gone: boolean;
          answer: Promise<{ text: string } | undefined>;
        }[] = [];
        for (const [n, { pause, key, act, patience }] of commands.entries()) {
          await pass(pause);
          const { deadline, expire } = expirable();
          const text = String.fromCharCode(0x4e00 + n);
          const append = { text, group: 'red', refused: false };
          const call =
            act === 'read'
              ? { key, gone: false, answer: batcher.read(key, deadline) }
              : {
                  ...{ key, text, gone: false },
                  answer: batcher.write(key, append, deadline) as Promise<undefined>,
                };
          calls.push(call);
          if (patience === undefined) continue;
          void pass(patience).then(() => {
            call.gone = true;
            expire();
          });
        }

        await allAnswered(calls.map(({ answer }) => answer));
        await pass(20);
        expect(paced.violations).toEqual([]);
        expect(unwanted).toEqual([]);
        for (const key of keys) {
          /** Texts that must be in the row by now, and those that may be: a statement under way may take effect. */
          let sure = '';
          let possible = '';
          for (const { key: called, text, gone, answer } of calls) {
            if (called !== key) continue;
            const [result] = await Promise.allSettled([answer]);
            const isDone = result.status === 'fulfilled';
            if (text !== undefined) {
              possible += text;
              if (isDone) sure += text;
            } else if (isDone) {
              const read = result.value?.text ?? '';
              expect(Array.from(sure).every((one) => read.includes(one))).toBe(true);
              expect(Array.from(read).every((one) => possible.includes(one))).toBe(true);
            }
            // Only a lost statement, or the caller's own deadline, fails a call.
            if (!isDone && !gone) expect(result.reason).toBeInstanceOf(PassingFailure);
          }
          const row = rows.get(key) ?? '';
          expect(Array.from(sure).every((one) => row.includes(one))).toBe(true);
          // In the order of the calls.
          expect(Array.from(row).sort().join('')).toBe(row);
        }
      },
    );
    await fc.assert(property, runs(1_000));
  });

  const now = secondOf(Date.now());
  const anyExpiry = fc.constantFrom(now + 1_000, now + 2_000, now + 3_000);
  const refusedData = 'refused';
  const anyData = fc.oneof(
    { weight: 9, arbitrary: fc.string({ minLength: 1, maxLength: 4 }) },
    { weight: 1, arbitrary: fc.constant(refusedData) },
  );
  const anyWrite: fc.Arbitrary<Change> = fc.oneof(
    fc.record({ kind: fc.constant('upsert' as const), data: anyData, expires: anyExpiry }),
    fc.record({ kind: fc.constant('update' as const), data: anyData, expires: anyExpiry }),
    fc.record({ kind: fc.constant('touch' as const), expires: anyExpiry }),
    fc.constant({ kind: 'remove' as const }),
  );
  const dataOf = (write: Change): string | undefined => ('data' in write ? write.data : undefined);
  const anySessionCall = fc.record({
    pause: anyPause,
    key: anyKey,
    write: fc.option(anyWrite, { freq: 3, nil: undefined }),
  });
  /** Some sessions expire while nothing is under way, and then calls come. */
  const anyBurst = fc.record({
    expired: fc.subarray(keys),
    calls: fc.array(anySessionCall, { maxLength: 20 }),
  });

  test('sessions are inserted, updated, touched and removed as if one call had waited for the other', async () => {
    const property = fc.asyncProperty(
      fc.array(anyBurst, { minLength: 1, maxLength: 3 }),
      anyLimits,
      anyPaces,
      async (bursts, limits, paces) => {
        const rows = new Map<string, MemoryRow>();
        const table = memoryTable(rows, (written) => {
          const refused = written.filter(({ data }) => data === refusedData).map(({ id }) => id);
          if (refused.length > 0) throw new RefusedRow(refused);
        });
        const options = { ...sessionBatches(several, true), ...limits };
        const paced = atPaces<Row, Change>(table, options, paces);
        const batch = createBatcher<Row, Change>(paced.table, options);
        const model = new Map<string, MemoryRow>();
        let created = 0;

        for (const burst of bursts) {
          for (const key of burst.expired) {
            for (const row of [rows.get(key), model.get(key)]) if (row !== undefined) row.expires = 1;
          }
          const createdBefore = keys.map((key) => [rows.get(key)?.created, model.get(key)?.created]);

          const calls: {
            key: string;
            write: Change | undefined;
            answer: Promise<Row | undefined>;
          }[] = [];
          for (const { pause, key, write } of burst.calls) {
            await pass(pause);
            const answer =
              write === undefined ? batch.read(key) : (batch.write(key, write) as Promise<undefined>);
            calls.push({ key, write, answer });
          }

          await allAnswered(calls.map(({ answer }) => answer));
          expect(paced.violations).toEqual([]);
          for (const { key, write, answer } of calls) {
            const before = model.get(key);
            const [result] = await Promise.allSettled([answer]);
            if (result.status === 'rejected') {
              const isRefused = (call: (typeof calls)[number]): boolean =>
                call.key === key && call.write !== undefined && dataOf(call.write) === refusedData;
              expectOwnFailure(result.reason, key, calls.some(isRefused));
            } else if (write !== undefined) {
              const after = rowAfter(before, write, now, () => (created += 1));
              if (after === undefined) model.delete(key);
              else model.set(key, after);
            } else {
              const live = before !== undefined && before.expires > now ? before : undefined;
              expect([key, result.value]).toEqual([key, live && { data: live.data, expires: live.expires }]);
            }
          }

          // A row is a new one in the table when it is one in the model, whatever the number of insertions.
          for (const [n, key] of keys.entries()) {
            const [inTable, inModel] = [rows.get(key), model.get(key)];
            const [before, modelBefore] = createdBefore[n] ?? [];
            expect(inTable && { ...inTable, created: inTable.created === before }).toEqual(
              inModel && { ...inModel, created: inModel.created === modelBefore },
            );
          }
        }
      },
    );
    await fc.assert(property, runs(1_000));
  });
});
