/** What the session methods ask of the layer below. */

import type { RowStore } from '../../lib/batch/batcher';
import { createRowKeys, digest } from '../../lib/crypto/row-key';
import type { Change, Row } from '../../lib/database/rows';
import { noDeadline } from '../../lib/resilience/deadline';
import { createSessionMethods } from '../../lib/session/methods';
import { createSerializer } from '../../lib/session/serializer';
import { resolveOptions } from '../../lib/options';
import type { HashIds } from '../../lib/types';

describe('the methods', () => {
  /** The methods on a row store in memory, which logs what it is asked for. */
  const create = (hashIds: HashIds = false) => {
    const log: string[] = [];
    const held = new Map<string, Row>();
    const rows: RowStore<Row, Change> = {
      read: (key) => {
        log.push(`read ${key}`);
        return Promise.resolve(held.get(key));
      },
      write: (key, change) => {
        log.push(`${change.kind} ${key}`);
        if ('data' in change && 'expires' in change) held.set(key, change);
        return Promise.resolve();
      },
    };
    const options = resolveOptions({ hashIds });
    const { serialize, deserialize } = createSerializer(options, false);
    const methods = createSessionMethods(
      {
        rows,
        serialize,
        deserialize,
        keysOf: createRowKeys(hashIds),
        countCall: () => log.push('call'),
        onUnchanged: () => log.push('unchanged'),
        inBackground: (work) => void work(noDeadline()),
      },
      options,
    );
    return { ...methods, log };
  };

  test('insert a new session, update a loaded one that has changed, and touch one whose expiry moved', async () => {
    const { get, set, log } = create();
    await set('sid', { n: 1 }, 10_000)(noDeadline());
    const session = ((await get('sid')(noDeadline())) ?? {}) as { n?: number };
    await set('sid', session, 10_000)(noDeadline());
    await set('sid', session, 90_000)(noDeadline());
    session.n = 2;
    await set('sid', session, 90_000)(noDeadline());
    expect(log).toEqual([
      ...['call', 'upsert sid'],
      ...['call', 'read sid'],
      ...['call', 'unchanged'],
      ...['call', 'touch sid'],
      ...['call', 'update sid'],
    ]);
  });

  test('encode the session when they are called, not when the work begins', async () => {
    const { get, set } = create();
    const session = { n: 1 };
    const work = set('sid', session, 10_000);
    session.n = 2;
    await work(noDeadline());
    expect(await get('sid')(noDeadline())).toEqual({ n: 1 });
  });

  test('ask for digests, or for plain ids while these are migrated', async () => {
    for (const [hashIds, key] of [
      [true, digest('sid')],
      ['migrate', 'sid'],
    ] as const) {
      const { destroy, log } = create(hashIds);
      await destroy('sid')(noDeadline());
      expect(log).toEqual([`remove ${key}`]);
    }
  });

  test('throw at once for an argument that is none', () => {
    const { set, destroy, touch, log } = create();
    expect(() => set('', {})).toThrow(TypeError);
    expect(() => set('sid', 'session' as never)).toThrow(TypeError);
    expect(() => set('sid', {}, 'soon')).toThrow(TypeError);
    expect(() => destroy(7 as never)).toThrow(TypeError);
    expect(() => touch('sid', {})).toThrow(TypeError);
    expect(log).toEqual([]);
  });
});
