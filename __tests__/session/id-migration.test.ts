/** The row of a session while its key changes: what others do to it between one statement and the next. */

import type { RowStore } from '../../lib/batch/batcher';
import { digest } from '../../lib/crypto/row-key';
import type { Change, Row } from '../../lib/database/rows';
import { tooLate } from '../../lib/resilience/deadline';
import { createMoveRow, withIdMigration } from '../../lib/session/id-migration';

const key = digest('sid');
const live = (data: string, expires = 1_000): Row => ({ data, expires });

interface Scene extends RowStore<Row, Change> {
  /** What each move expected to find. */
  moves: string[];
  /** What happened to which key, in order. */
  log: string[];
  removed: string[];
  /** What was said of rows that cannot move. */
  told: string[];
}

/**
 * Rows of a table, in which somebody else may do something before a statement takes effect.
 *
 * @param others done before each move, one after the other
 * @param before done before any other write
 * @param expired keys under which a row has ended that no sweep has found
 */
const sceneOf = (
  rows: Map<string, Row>,
  {
    others = [] as (() => void)[],
    before = undefined as ((key: string, write: Change) => void) | undefined,
    expired = new Set<string>(),
    rewrite = (row: Row): { data: string } | undefined => ({
      data: `${row.data}, for its new key`,
    }),
  } = {},
): Scene => {
  const moves: string[] = [];
  const log: string[] = [];
  const removed: string[] = [];
  const batcher: RowStore<Row, Change> = {
    read: (key) => Promise.resolve(rows.get(key)),
    write: async (key, write) => {
      await Promise.resolve();
      if (write.kind === 'move') others.shift()?.();
      else before?.(key, write);
      log.push(`${write.kind} ${key}`);
      const row = rows.get(key);
      if (write.kind === 'remove') rows.delete(key);
      if (write.kind === 'upsert') rows.set(key, live(write.data, write.expires));
      if (write.kind === 'touch' && row !== undefined) rows.set(key, { ...row, expires: write.expires });
      if (write.kind !== 'move') return;
      moves.push(write.before);
      if (row?.data !== write.before) return;
      if (rows.has(write.to) || expired.has(write.to)) throw new Error('there is a row of that key');
      rows.delete(key);
      rows.set(write.to, { ...row, data: write.data });
    },
  };
  const told: string[] = [];
  const onStuck = (error: unknown): void => {
    told.push(String(error));
  };
  const removeExpired = (key: string): Promise<void> => {
    removed.push(key);
    expired.delete(key);
    return Promise.resolve();
  };
  return {
    ...withIdMigration(batcher, { rewrite, moveRow: createMoveRow(batcher, removeExpired), onStuck }),
    moves,
    log,
    removed,
    told,
  };
};

test('a row that somebody saves under its id before it moves is moved as it was saved', async () => {
  const rows = new Map([['sid', live('one')]]);
  const { read, moves } = sceneOf(rows, { others: [() => rows.set('sid', live('two'))] });
  expect(await read('sid')).toEqual(live('two, for its new key'));
  expect(moves).toEqual(['one', 'two']);
  expect([...rows.keys()]).toEqual([key]);
});

test('a row that is saved again and again is not waited for without end, and somebody is told', async () => {
  const rows = new Map([['sid', live('0')]]);
  const saves = [1, 2, 3, 4, 5].map((n) => () => rows.set('sid', live(String(n))));
  const { read, moves, told } = sceneOf(rows, { others: saves });
  expect(await read('sid')).toBeUndefined();
  expect(moves).toHaveLength(3);
  expect(told).toEqual(['Error: the row held something else each of 3 times that it was to move']);
});

test('a row that holds no session is looked at once, and stays', async () => {
  const rows = new Map([['sid', live('broken')]]);
  const rewrite = jest.fn(() => undefined);
  const { read, moves } = sceneOf(rows, { rewrite });
  expect(await read('sid')).toBeUndefined();
  expect(rewrite).toHaveBeenCalledTimes(1);
  expect(moves).toEqual([]);
});

test('a row that somebody else has moved is read where it is', async () => {
  const rows = new Map([['sid', live('one')]]);
  const moved = (): void => {
    rows.set(key, live('moved by another'));
  };
  const { read, removed } = sceneOf(rows, { others: [moved] });
  expect(await read('sid')).toEqual(live('moved by another'));
  expect(removed).toEqual([]);
});

test('a session that ends while its row is about to move stays ended', async () => {
  const rows = new Map([['sid', live('one')]]);
  const { read } = sceneOf(rows, { others: [rows.clear.bind(rows)] });
  expect(await read('sid')).toBeUndefined();
  expect(rows.size).toBe(0);
});

test('a row that has ended under the new key, and was not swept, makes room', async () => {
  const rows = new Map([['sid', live('one')]]);
  const { read, removed } = sceneOf(rows, { expired: new Set([key]) });
  expect(await read('sid')).toEqual(live('one, for its new key'));
  expect(removed).toEqual([key]);
});

test('a move that is refused for good costs a login, and is told', async () => {
  const rows = new Map([['sid', live('one')]]);
  const refuse = (): void => {
    throw new Error('refused');
  };
  const { read, told } = sceneOf(rows, { others: [refuse, refuse] });
  expect(await read('sid')).toBeUndefined();
  expect(told).toEqual(['Error: refused']);
  expect(rows.get('sid')).toEqual(live('one'));
});

test('a move that fails for a reason that passes is not the end of a session', async () => {
  const rows = new Map([['sid', live('one')]]);
  const fail = (): void => {
    throw Object.assign(new Error('read only'), { code: '25006' });
  };
  const { read, told } = sceneOf(rows, { others: [fail, fail] });
  await expect(read('sid')).rejects.toThrow('read only');
  expect(told).toEqual([]);
});

test('a caller that goes while a row moves is told of its deadline, and nobody of a broken row', async () => {
  const rows = new Map([['sid', live('one')]]);
  const deadline = { expired: false };
  const go = (): void => {
    deadline.expired = true;
    throw tooLate();
  };
  const { read, told } = sceneOf(rows, { others: [go, go] });
  await expect(read('sid', deadline)).rejects.toThrow('deadline');
  expect(told).toEqual([]);
});

test.each(['touch', 'remove'] as const)(
  'a %s reaches a row that another process moves meanwhile',
  async (kind) => {
    const rows = new Map([['sid', live('one')]]);
    // Between the two statements, whichever comes first.
    let writes = 0;
    const moveBetween = (): void => {
      writes += 1;
      const row = rows.get('sid');
      if (writes !== 2 || row === undefined) return;
      rows.delete('sid');
      rows.set(key, row);
    };
    const { write } = sceneOf(rows, { before: moveBetween });
    await write('sid', kind === 'touch' ? { kind, expires: 2_000 } : { kind });
    expect([...rows.values()].map(({ expires }) => expires)).toEqual(kind === 'touch' ? [2_000] : []);
  },
);

test('a new session that cannot be stored leaves the old one alone', async () => {
  const rows = new Map([['sid', live('one')]]);
  const refuse = (_key: string, { kind }: Change): void => {
    if (kind === 'upsert') throw new Error('refused');
  };
  const { write } = sceneOf(rows, { before: refuse });
  await expect(write('sid', { kind: 'upsert', data: 'two', expires: 1 })).rejects.toThrow('refused');
  expect(rows.get('sid')).toEqual(live('one'));
});

test('calls for one session take effect in the order they were made', async () => {
  const rows = new Map<string, Row>();
  const { write, read, log } = sceneOf(rows);
  const upsert = (data: string): Promise<void> => write('sid', { kind: 'upsert', data, expires: 1 });
  const [, , found] = await Promise.all([
    upsert('one'),
    write('sid', { kind: 'remove' }),
    read('sid'),
    upsert('two'),
  ]);
  expect(found).toBeUndefined();
  expect(rows).toEqual(new Map([[key, live('two', 1)]]));
  expect(log).toEqual([
    `upsert ${key}`,
    'remove sid',
    'remove sid',
    `remove ${key}`,
    `upsert ${key}`,
    'remove sid',
  ]);
});
