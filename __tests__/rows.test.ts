/** The row of a session while its key changes: what others do to it between one statement and the next. */

import type { Batch } from '../lib/batch';
import { createRows } from '../lib/rows';
import type { StoredSession, Write } from '../lib/statements';

const keys = { key: 'sha256:digest', formerKey: 'sid' };
const waiting = { over: false };
const live = (data: string): StoredSession => ({ data, expires: 1_000 });

/** A table, in which somebody else may change something before a move takes effect. */
const tableOf = (rows: Map<string, StoredSession>, others: (() => void)[] = []) => {
  const moves: string[] = [];
  const batch: Batch<StoredSession, Write> = {
    read: (key) => Promise.resolve(rows.get(key)),
    write: (key, write) => {
      if (write.kind === 'remove') rows.delete(key);
      if (write.kind !== 'move') return Promise.resolve();
      others.shift()?.();
      moves.push(write.before);
      const row = rows.get(key);
      if (row?.data !== write.before) return Promise.resolve();
      if (rows.has(write.to)) return Promise.reject(new Error('there is a row of that key'));
      rows.delete(key);
      rows.set(write.to, { ...row, data: write.after });
      return Promise.resolve();
    },
  };
  return { batch, moves };
};

const sealed = (data: string): string => `${data}, for its new key`;

test('a row that somebody saves under its id before it moves is moved as it was saved', async () => {
  const rows = new Map([['sid', live('one')]]);
  const { batch, moves } = tableOf(rows, [() => rows.set('sid', live('two'))]);
  expect(await createRows(batch, sealed).read(keys, waiting)).toEqual(live('two, for its new key'));
  expect(moves).toEqual(['one', 'two']);
  expect([...rows.keys()]).toEqual(['sha256:digest']);
});

test('a row that is saved again and again is not waited for without end', async () => {
  const rows = new Map([['sid', live('0')]]);
  const saves = [1, 2, 3, 4, 5].map((n) => () => rows.set('sid', live(String(n))));
  const { batch, moves } = tableOf(rows, saves);
  expect(await createRows(batch, sealed).read(keys, waiting)).toBeUndefined();
  expect(moves).toHaveLength(3);
});

test('a row that holds no session is looked at once, and stays', async () => {
  const rows = new Map([['sid', live('broken')]]);
  const rewrite = jest.fn(() => undefined);
  const { batch, moves } = tableOf(rows);
  expect(await createRows(batch, rewrite).read(keys, waiting)).toBeUndefined();
  expect(rewrite).toHaveBeenCalledTimes(1);
  expect(moves).toEqual([]);
});

test('a row that somebody else has moved is read where it is', async () => {
  const rows = new Map([['sid', live('one')]]);
  const moved = (): void => {
    rows.set('sha256:digest', live('moved by another'));
  };
  const { batch } = tableOf(rows, [moved]);
  expect(await createRows(batch, sealed).read(keys, waiting)).toEqual(live('moved by another'));
});

test('a session that ends while its row is about to move stays ended', async () => {
  const rows = new Map([['sid', live('one')]]);
  const { batch } = tableOf(rows, [() => rows.clear()]);
  expect(await createRows(batch, sealed).read(keys, waiting)).toBeUndefined();
  expect(rows.size).toBe(0);
});
