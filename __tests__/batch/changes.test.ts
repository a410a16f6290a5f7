/** What two writes of one row come to, and the statements that read and write. */

import fc from 'fast-check';
import knexModule, { type Knex } from 'knex';
import { mergeChanges, sessionBatches } from '../../lib/batch/batcher';
import type { Change, SessionTable } from '../../lib/database/rows';
import { openTable } from '../../lib/database/table';
import { rowAfter, type MemoryRow } from '../support/memory-table';
import { runs } from '../support/runs';

const now = 1_000;
const several = { maxRows: 100, replaces: 'each', isConflict: () => false } as const;
const upsert = (data: string, expires: number): Change => ({ kind: 'upsert', data, expires });
const update = (data: string, expires: number): Change => ({ kind: 'update', data, expires });
const touch = (expires: number): Change => ({ kind: 'touch', expires });
const remove: Change = { kind: 'remove' };

const earlierWrites = [upsert('earlier', 2_000), update('earlier', 2_000), touch(2_000), remove];
const laterWrites = [upsert('later', 3_000), update('later', 3_000), touch(3_000), remove];
const states: Record<string, MemoryRow | undefined> = {
  'no row': undefined,
  'an expired row': { data: 'old', expires: now, created: 0 },
  'a live row': { data: 'old', expires: now + 1, created: 0 },
};

/** The row after one write after the other. A new row is number 1, however many were made. */
const after = (row: MemoryRow | undefined, writes: readonly Change[]): MemoryRow | undefined =>
  writes.reduce((before, write) => rowAfter(before, write, now, () => 1), row);

describe('mergeChanges', () => {
  for (const earlier of earlierWrites) {
    for (const later of laterWrites) {
      const isNewRow = earlier.kind === 'remove' && later.kind === 'upsert';

      test(`${earlier.kind}, then ${later.kind}: ${isNewRow ? 'no one write does both' : 'one does both'}`, () => {
        const merged = mergeChanges(earlier, later);
        expect(merged === undefined).toBe(isNewRow);
        if (merged === undefined) return;
        for (const [state, row] of Object.entries(states)) {
          expect([state, after(row, [merged])]).toEqual([state, after(row, [earlier, later])]);
        }
      });
    }
  }

  test('a row that is removed and inserted is a new one', () => {
    const row = states['a live row'];
    expect(after(row, [remove, upsert('later', 3_000)])).not.toEqual(after(row, [upsert('later', 3_000)]));
  });

  test('any number of writes, merged one by one where they can be, do what they would do alone', () => {
    const expires = fc.integer({ min: now + 1, max: now + 9 });
    const anyWrite = fc.oneof(
      fc.tuple(fc.string(), expires).map(([data, at]) => upsert(data, at)),
      fc.tuple(fc.string(), expires).map(([data, at]) => update(data, at)),
      expires.map(touch),
      fc.constant(remove),
    );
    const anyRow = fc.constantFrom(...Object.values(states));
    fc.assert(
      fc.property(anyRow, fc.array(anyWrite, { minLength: 1, maxLength: 8 }), (row, writes) => {
        const merged: Change[] = [];
        for (const write of writes) {
          const last = merged.at(-1);
          const both = last && mergeChanges(last, write);
          if (both === undefined) merged.push(write);
          else merged.splice(-1, 1, both);
        }
        expect(after(row, merged)).toEqual(after(row, writes));
      }),
      runs(2_000),
    );
  });
});

describe('the statements of a session table', () => {
  const second = Math.floor(Date.now() / 1_000);
  const live = second + 1_000;
  let knex: Knex;
  let table: SessionTable;
  const { groupOf, bytesOf, isRefused, isLocked } = sessionBatches(several, true);

  const rows = (): Promise<unknown[]> =>
    knex('Sessions')
      .orderBy('id')
      .then((found) => found as unknown[]);

  const write = (changes: Record<string, Change>): Promise<unknown> =>
    table.write(Object.entries(changes).map(([key, change]) => ({ key, change })));

  beforeEach(async () => {
    knex = knexModule({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
    table = openTable(knex, { tableName: 'Sessions', timestamps: false });
    await table.create();
    await knex('Sessions').insert([
      { id: 'a', data: 'A', expires: live },
      { id: 'b', data: 'B', expires: live },
      { id: 'over', data: 'over', expires: second - 1 },
    ]);
  });

  afterEach(() => knex.destroy());

  test('read the live rows, by key', async () => {
    expect(await table.read(['a', 'b', 'none', 'over'])).toEqual(
      new Map([
        ['a', { data: 'A', expires: live }],
        ['b', { data: 'B', expires: live }],
      ]),
    );
  });

  test('read a row under no key but its own, and expires as a number', async () => {
    await knex.schema.dropTable('Sessions');
    await knex.raw('create table Sessions (id text collate nocase primary key, data text, expires text)');
    await knex('Sessions').insert({ id: 'AbC', data: 'A', expires: String(live) });
    const found = await table.read(['ABC', 'abc']);
    expect(found.get('abc')).toBeUndefined();
    expect(found.get('ABC')).toBeUndefined();
    expect((await table.read(['AbC'])).get('AbC')).toEqual({ data: 'A', expires: live });
  });

  test('insert and replace', async () => {
    await write({ a: upsert('A2', live + 1), c: upsert('C', live), over: upsert('again', live) });
    expect(await rows()).toEqual([
      { id: 'a', data: 'A2', expires: live + 1 },
      { id: 'b', data: 'B', expires: live },
      { id: 'c', data: 'C', expires: live },
      { id: 'over', data: 'again', expires: live },
    ]);
  });

  test('update live rows, each with its own values, and insert none', async () => {
    await write({
      a: update('A2', live + 1),
      b: update('B2', live + 2),
      none: update('none', live),
      over: update('again', live),
    });
    expect(await rows()).toEqual([
      { id: 'a', data: 'A2', expires: live + 1 },
      { id: 'b', data: 'B2', expires: live + 2 },
      { id: 'over', data: 'over', expires: second - 1 },
    ]);
  });

  test('touch live rows, and leave their data alone', async () => {
    await write({ a: touch(live + 5), none: touch(live + 5), over: touch(live + 5) });
    expect(await rows()).toEqual([
      { id: 'a', data: 'A', expires: live + 5 },
      { id: 'b', data: 'B', expires: live },
      { id: 'over', data: 'over', expires: second - 1 },
    ]);
  });

  test('remove', async () => {
    await write({ a: remove, none: remove, over: remove });
    expect(await rows()).toEqual([{ id: 'b', data: 'B', expires: live }]);
  });

  test('writes of a kind share a statement, and touches those that move to the same second', () => {
    const groups = [...earlierWrites, ...laterWrites].map((each) => groupOf(each));
    expect(new Set(groups).size).toBe(5);
    expect(groupOf(upsert('one', 1))).toBe(groupOf(upsert('other', 2)));
    expect(groupOf(touch(2_000))).toBe(groupOf(touch(2_000)));
    expect(groupOf(touch(2_000))).not.toBe(groupOf(touch(2_001)));
  });

  test('a write carries the bytes of its data, in UTF-8', () => {
    expect(bytesOf(upsert('ab', live))).toBe(2);
    expect(bytesOf(update('é😀', live))).toBe(6);
    expect(bytesOf(touch(live))).toBe(0);
    expect(bytesOf(remove)).toBe(0);
  });

  test('a replacement stands alone where one statement cannot replace several, or must tell which', () => {
    const replace = (isExact: boolean): Change => ({
      ...{ kind: 'replace', data: 'new', before: 'é', expires: live },
      ...{ isExact, rebase: () => undefined },
    });
    const sizes = (['each', 'all', 'one'] as const).map((replaces) => {
      const batches = sessionBatches({ ...several, replaces }, true);
      return [false, true].map((isExact) => batches.bytesOf(replace(isExact)));
    });
    expect(sizes).toEqual([
      [5, 5],
      [5, Infinity],
      [Infinity, Infinity],
    ]);
  });

  test('a row may be to blame for what does not pass by itself', async () => {
    await knex.schema.dropTable('Sessions');
    await knex.raw("create table Sessions (id text primary key, data text check (data <> 'bad'), expires)");
    const refused: unknown = await write({ a: upsert('bad', live) }).catch((error: unknown) => error);
    expect(isRefused(refused)).toBe(true);
    const locked = Object.assign(new Error('lock timeout'), { code: '55P03' });
    expect([isRefused(locked), isLocked(locked)]).toEqual([false, true]);
    expect(sessionBatches(several, false).isLocked(locked)).toBe(false);
    expect(isLocked(Object.assign(new Error('deadlock'), { code: '40P01' }))).toBe(false);
    expect(isRefused(Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' }))).toBe(false);
  });
});
