/** `rotate` and forwards on a row store in memory, which others change at the worst moments. */

import type { RowStore } from '../../lib/batch/batcher';
import { createRowKeys } from '../../lib/crypto/row-key';
import { isForward, type Change, type Row } from '../../lib/database/rows';
import { resolveOptions } from '../../lib/options';
import { noDeadline } from '../../lib/resilience/deadline';
import { createForwards } from '../../lib/session/forwards';
import { createRotate } from '../../lib/session/rotate';
import { createSerializer } from '../../lib/session/serializer';
import type { RotateOptions } from '../../lib/types';

const future = Math.floor(Date.now() / 1_000) + 1_000;
const secret = 'rotate: c2f0a94b7d1e6853c4b7a96e0d5f1823';

/** @param beforeWrite what others do just before the nth write */
const create = (
  { isComparable = true, ...options }: { secret?: string; isComparable?: boolean } = {},
  beforeWrite: ((held: Map<string, Row>) => void)[] = [],
) => {
  const log: string[] = [];
  const held = new Map<string, Row>();
  const make = (key: string, change: Change): boolean => {
    beforeWrite.shift()?.(held);
    const row = held.get(key);
    if (row === undefined || isForward(row)) return false;
    if (change.kind !== 'rotate') return held.delete(key);
    if (!isComparable || row.data !== change.before) return false;
    held.set(change.to, { ...row, data: change.data }).set(key, change.forward);
    return true;
  };
  const rows: RowStore<Row, Change> = {
    read: (key) => Promise.resolve(held.get(key)),
    // eslint-disable-next-line @typescript-eslint/require-await -- what `rebase` throws must be a rejection
    write: async (key, change) => {
      let next: Change | undefined = change;
      while (next !== undefined) {
        log.push(`${next.kind} ${key}`);
        if (make(key, next) || !('rebase' in next)) return;
        next = next.rebase(held.get(key));
      }
    },
  };
  const serializer = createSerializer(resolveOptions(options), false);
  const readable = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch {
      log.push('unreadable');
      return undefined;
    }
  };
  const decodeForward = (row: Row, key: string) => readable(() => serializer.decodeForward(row, key));
  const rotate = createRotate({
    rows: () => rows,
    keysOf: createRowKeys(false),
    rewrite: (row, from, to) => readable(() => serializer.rewrite(row, from, to)),
    encodeForward: serializer.encodeForward,
    onRotate: () => undefined,
    forwards: true,
  });
  const rowOf = (key: string, session: object): Row => ({
    data: serializer.serialize(session, key).content().data,
    expires: future,
  });
  const forward = (from: string, to: string, until = future * 1_000): void => {
    held.set(from, { data: serializer.encodeForward({ to, until }, from), expires: -future });
  };
  const forwards = createForwards(rows, decodeForward);
  const read = async (key: string): Promise<unknown> => {
    const found = await forwards.follow(held.get(key) ?? rowOf(key, {}), key, noDeadline());
    return found && readable(() => serializer.deserialize(found.row, found.key).session);
  };
  return {
    ...{ log, held, rowOf, forward, read },
    rotate: (from: string, to: string, given?: RotateOptions) => rotate(from, to, given)(noDeadline()),
    end: (key: string) => forwards.end(key, key, noDeadline()),
  };
};

describe.each([{}, { secret }])('with %j', (options) => {
  const { rowOf } = create(options);
  const save = (n: number) => (held: Map<string, Row>) => held.set('old', rowOf('old', { n }));

  test('a session that others save meanwhile moves with what it holds then', async () => {
    const { rotate, held, read, log } = create(options, [save(2), save(3)]);
    held.set('old', rowOf('old', { n: 1 }));
    expect(await rotate('old', 'new', { grace: 1_000 })).toBe(true);
    expect([await read('new'), await read('old')]).toEqual([{ n: 3 }, { n: 3 }]);
    expect(log).toEqual(['rotate old', 'rotate old', 'rotate old']);
  });

  test('a session that others end meanwhile is gone, as is one that another process has rotated', async () => {
    const { rotate, held, forward } = create(options, [
      (rows) => rows.delete('old'),
      (rows) => {
        forward('old', 'theirs');
        rows.set('theirs', rowOf('theirs', {}));
      },
    ]);
    for (const left of [[], ['old', 'theirs']]) {
      held.set('old', rowOf('old', { n: 1 }));
      expect(await rotate('old', 'new')).toBe(false);
      expect([...held.keys()]).toEqual(left);
    }
  });

  test('a session that cannot be read does not move', async () => {
    const { rotate, held, log } = create(options);
    held.set('old', { data: '{', expires: future });
    expect(await rotate('old', 'new')).toBe(false);
    expect(log).toEqual(['unreadable']);
  });

  test('a row that never compares equal to what was read of it is an error, not an endless loop', async () => {
    const { rotate, held } = create({ ...options, isComparable: false });
    held.set('old', rowOf('old', { n: 1 }));
    await expect(rotate('old', 'new')).rejects.toMatchObject({ code: 'ESCHEMA', operation: 'rotate' });
  });

  test('forwards are followed from one to the next, as long as they say, and never in a circle', async () => {
    const { held, forward, read, end } = create(options);
    held.set('c', rowOf('c', { n: 1 }));
    forward('a', 'b');
    forward('b', 'c');
    expect(await read('a')).toEqual({ n: 1 });
    forward('b', 'c', Date.now() - 1);
    expect(await read('a')).toBeUndefined();
    // A logout does not look at that.
    await end('a');
    expect([...held.keys()].sort()).toEqual(['a', 'b']);
    expect(await read('a')).toBeUndefined();
    forward('b', 'a');
    expect(await read('a')).toBeUndefined();
    await end('a');
  });
});

test('a logout follows a session that gets an earlier id back meanwhile', async () => {
  const { held, rowOf, forward, end } = create({}, [
    () => undefined,
    (rows) => {
      rows.set('old', rowOf('old', { n: 1 }));
      forward('new', 'old');
    },
  ]);
  held.set('new', rowOf('new', { n: 1 }));
  forward('old', 'new');
  await end('old');
  expect([...held.keys()]).toEqual(['new']);
});

test('with a secret, no row can be made a forward, nor a forward of another row or a session', async () => {
  const { held, rowOf, forward, read, log } = create({ secret });
  held.set('victim', rowOf('victim', { user: 'admin' }));
  forward('mine', 'victim');
  const { data = '' } = held.get('mine') ?? {};
  // Copied to another key, written by hand, and what was a session.
  for (const forged of [data, '99999999999999 victim', rowOf('other', {}).data]) {
    held.set('other', { data: forged, expires: -future });
    expect(await read('other')).toBeUndefined();
  }
  held.set('mine', { data, expires: future });
  expect(await read('mine')).toBeUndefined();
  expect(log).toEqual(Array(4).fill('unreadable'));
});
