/** `update` on a row store in memory, which others change at the worst moments. */

import type { RowStore } from '../../lib/batch/batcher';
import { createRowKeys } from '../../lib/crypto/row-key';
import type { Change, Row } from '../../lib/database/rows';
import { resolveOptions } from '../../lib/options';
import { noDeadline, type Deadline } from '../../lib/resilience/deadline';
import { createSerializer } from '../../lib/session/serializer';
import { createUpdate, resultOf } from '../../lib/session/update';
import { expirable } from '../support/deadline';

type Session = Record<string, unknown>;

const future = Math.floor(Date.now() / 1_000) + 1_000;
const secret = 'update: c2f0a94b7d1e6853c4b7a96e0d5f1823';

/** @param beforeWrite what others do to the row just before the nth write; may throw away the answer of an earlier one */
const create = (
  beforeWrite: ((row: Row, deadline: Deadline, change: Change) => Row | undefined)[] = [],
  { isComparable = true, ...options }: { secret?: string; isComparable?: boolean } = {},
) => {
  const log: string[] = [];
  const held = new Map<string, Row>();
  const rows: RowStore<Row, Change> = {
    read: (key) => {
      log.push('read');
      return Promise.resolve(held.get(key));
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- what `rebase` throws must be a rejection
    write: async (key, change, deadline = noDeadline()) => {
      log.push(change.kind);
      const row = held.get(key);
      const now = row && (beforeWrite.shift() ?? ((same) => same))(row, deadline, change);
      if (now === undefined) held.delete(key);
      else held.set(key, now);
      if (change.kind === 'touch' && now !== undefined) held.set(key, { ...now, expires: change.expires });
      if (change.kind !== 'replace') return;
      if (isComparable && now?.data === change.before) {
        held.set(key, { data: change.data, expires: change.expires ?? now.expires });
      } else change.rebase(now);
    },
  };
  const serializer = createSerializer(resolveOptions<Session>(options), false);
  const prepare = createUpdate<Session>(
    {
      rows: () => rows,
      serializer,
      deserialize: (row, key) => serializer.deserialize(row, key),
      keysOf: createRowKeys(false),
      remember: () => undefined,
      checkText: () => undefined,
      onConflict: (outcome) => log.push(outcome),
    },
    {},
  );
  const put = (session: Session): void => {
    held.set('sid', { data: serializer.serialize(session, 'sid').content().data, expires: future });
  };
  const stored = (): Session | undefined => {
    const row = held.get('sid');
    return row && serializer.deserialize(row, 'sid').session;
  };
  const update = async (...args: Parameters<typeof prepare>): Promise<Session | null> =>
    resultOf(await prepare(...args)(noDeadline()));
  put({ n: 1 });
  return { update, prepare, put, stored, log, held, serializer };
};

const increment = (session: Session): void => {
  session.n = Number(session.n) + 1;
};

test('reads, changes and writes, and returns what is stored', async () => {
  const { update, log, held } = create();
  const at = new Date(0);
  expect(await update('sid', (session) => ({ ...session, at }))).toEqual({ n: 1, at: at.toISOString() });
  expect(log).toEqual(['read', 'replace']);
  expect(held.get('sid')).toEqual({ data: `{"n":1,"at":"${at.toISOString()}"}`, expires: future });
});

test('writes nothing for a change that changes nothing, and moves the expiry if asked', async () => {
  const { update, log, held } = create();
  expect(await update('sid', () => Promise.resolve())).toEqual({ n: 1 });
  expect(log).toEqual(['read']);
  await update('sid', () => undefined, { ttl: 3_600_000_000 });
  expect(log).toEqual(['read', 'read', 'touch']);
  expect(held.get('sid')?.expires).toBeGreaterThan(future);
});

test('begins again with what another has saved, as often as that takes', async () => {
  const others = (row: Row): Row => ({
    ...row,
    data: `{"n":${Number((JSON.parse(row.data) as Session).n) + 10}}`,
  });
  const { update, stored, log } = create([others, others, others]);
  expect(await update('sid', increment)).toEqual({ n: 32 });
  expect(stored()).toEqual({ n: 32 });
  expect(log.filter((entry) => entry === 'retried')).toHaveLength(3);
});

test('is null for a session that has ended, before it or meanwhile, and creates none', async () => {
  const { update, held } = create([() => undefined]);
  expect(await update('other', increment)).toBeNull();
  expect(await update('sid', increment)).toBeNull();
  expect(held.size).toBe(0);
});

test('writes nothing if the change throws, and rejects with just that', async () => {
  const { update, log } = create();
  // An error of the app's own database, which the store would retry if it were its own.
  const error = Object.assign(new Error('the app’s'), { code: 'ECONNRESET' });
  const thrown = update('sid', () => {
    throw error;
  });
  await expect(thrown).rejects.toBe(error);
  await expect(update('sid', () => Promise.reject(error))).rejects.toBe(error);
  expect(log).toEqual(['read', 'read']);
});

test('checks its arguments at once, and what the change returns', async () => {
  const { prepare, update } = create();
  expect(() => prepare('', increment)).toThrow('sid must be');
  expect(() => prepare('sid', { n: 2 } as never)).toThrow(
    'update: change must be a function, but is a plain object',
  );
  expect(() => prepare('sid', increment, { tll: 1 } as never)).toThrow('unknown option "tll"; valid: ttl');
  expect(() => prepare('sid', increment, { ttl: '1 day' as never })).toThrow('ttl must be a number');
  expect(() => prepare('sid', increment, { ttl: -1 })).toThrow('to end a session, call destroy(sid)');
  for (const wrong of [null, 7, 'text']) {
    await expect(update('sid', () => wrong as never)).rejects.toThrow(
      /^update: change must return an object, or nothing, but returned (null|a \w+); /,
    );
  }
});

describe('when the answer of the database is lost', () => {
  /** The change was made, the connection broke, and the statement is sent again. */
  const lost = (row: Row, deadline: Deadline, change: Change): Row => {
    deadline.unanswered = new Error('the connection broke');
    return 'before' in change && change.before === row.data ? { ...row, data: change.data } : row;
  };

  test('encrypted data tells that the change was made', async () => {
    const { update, stored } = create([lost], { secret });
    expect(await update('sid', increment)).toEqual({ n: 2 });
    expect(stored()).toEqual({ n: 2 });
  });

  test('plain data does not: another may have left the same, and the caller must know', async () => {
    const { update, stored } = create([lost]);
    await expect(update('sid', increment)).rejects.toMatchObject({
      code: 'ECONFLICT',
      operation: 'update',
      cause: new Error('the connection broke'),
    });
    expect(stored()).toEqual({ n: 2 });
  });

  test('nor does a row that others have changed since', async () => {
    const theirs: Row = { data: 'of others', expires: future };
    const lostAndChanged = (...args: Parameters<typeof lost>): Row => {
      lost(...args);
      return theirs;
    };
    const { update } = create([lostAndChanged], { secret });
    await expect(update('sid', increment)).rejects.toMatchObject({ code: 'ECONFLICT' });
  });

  test('it is made again if it was not made', async () => {
    const { update, stored } = create([
      (row, deadline) => {
        deadline.unanswered = new Error('the connection broke');
        return row;
      },
    ]);
    expect(await update('sid', increment)).toEqual({ n: 2 });
    expect(stored()).toEqual({ n: 2 });
  });
});

test('a function that never ends does not hold up the next update, once its caller has gone', async () => {
  const others = (row: Row): Row => ({
    ...row,
    data: `{"n":${Number((JSON.parse(row.data) as Session).n) + 10}}`,
  });
  const { prepare, update } = create([others, others]);
  const { deadline, expire } = expirable();
  let calls = 0;
  const stuck = prepare('sid', (session) => {
    increment(session);
    calls += 1;
    return calls === 1 ? undefined : new Promise(() => undefined);
  })(deadline);
  while (calls < 2) await new Promise((resolve) => setImmediate(resolve));
  const next = update('sid', increment);
  expire();
  await expect(stuck).rejects.toThrow('the deadline of this call has passed');
  expect(await next).toEqual({ n: 22 });
});

test('a row that never compares equal to what is read of it ends the call, with a reason', async () => {
  const { update, log } = create([], { isComparable: false });
  await expect(update('sid', increment)).rejects.toMatchObject({
    code: 'ESCHEMA',
    message: expect.stringContaining('character set') as string,
  });
  expect(log.length).toBeLessThan(20);
});
