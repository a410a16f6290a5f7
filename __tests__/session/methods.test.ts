/** What the session methods ask of the layer below, and which sessions a request has loaded. */

import type { RowStore } from '../../lib/batch/batcher';
import { createRowKeys, digest } from '../../lib/crypto/row-key';
import type { Change, Row } from '../../lib/database/rows';
import { noDeadline } from '../../lib/resilience/deadline';
import { createLoadedSessions, createSessionMethods } from '../../lib/session/methods';
import { createRotation } from '../../lib/session/rotation';
import type { Loaded } from '../../lib/session/saves';
import { createSerializer } from '../../lib/session/serializer';
import { resolveOptions } from '../../lib/options';
import type { HashIds } from '../../lib/types';

const loadedAs = (key: string): Loaded => ({
  key,
  known: { text: `text of ${key}`, expires: 1_000 },
  writes: 0,
});

const noContexts: unknown[] = [
  undefined,
  null,
  {},
  { ctx: undefined },
  { ctx: null },
  { ctx: 'ctx' },
  7,
  'ctx',
];

test('a session is known by the object that the caller got, whatever comes with it', () => {
  const sessions = createLoadedSessions();
  for (const options of [...noContexts, { ctx: {} }]) {
    const session = {};
    const loaded = loadedAs('key');
    sessions.remember(session, options, loaded);
    expect(sessions.recall(session, undefined, 'key')).toBe(loaded);
    expect(sessions.recall(session, { ctx: {} }, 'key')).toBe(loaded);
    for (const none of noContexts) expect(sessions.recall(session, none, 'key')).toBe(loaded);
  }
});

test('another object, and be it equal, is no session that was loaded', () => {
  const sessions = createLoadedSessions();
  for (const options of [...noContexts, { ctx: {} }]) {
    sessions.remember({ a: 1 }, options, loadedAs('key'));
    for (const none of noContexts) expect(sessions.recall({ a: 1 }, none, 'key')).toBeUndefined();
    expect(sessions.recall({ a: 1 }, { ctx: {} }, 'key')).toBeUndefined();
  }
});

test('a ctx knows its sessions, whatever objects come with it, and other options of koa-session', () => {
  const sessions = createLoadedSessions();
  const ctx = {};
  const [one, other] = [loadedAs('one'), loadedAs('other')];
  sessions.remember({}, { ctx, rolling: true }, one);
  sessions.remember({}, { ctx }, other);
  expect(sessions.recall({}, { ctx, rolling: false, changed: true }, 'one')).toBe(one);
  expect(sessions.recall({}, { ctx }, 'other')).toBe(other);
  expect(sessions.recall({}, { ctx }, 'third')).toBeUndefined();
});

test('a session that is saved under another key is a new one', () => {
  const sessions = createLoadedSessions();
  const session = {};
  const ctx = {};
  sessions.remember(session, { ctx }, loadedAs('old'));
  expect(sessions.recall(session, undefined, 'new')).toBeUndefined();
  expect(sessions.recall(session, { ctx }, 'new')).toBeUndefined();
});

test('an object loaded under another key does not hide what the ctx has loaded under this one', () => {
  const sessions = createLoadedSessions();
  const session = {};
  const ctx = {};
  const loaded = loadedAs('this');
  sessions.remember(session, { ctx }, loadedAs('another'));
  sessions.remember({}, { ctx }, loaded);
  expect(sessions.recall(session, { ctx }, 'this')).toBe(loaded);
});

test('a session that is loaded again is known as it was loaded last', () => {
  const sessions = createLoadedSessions();
  const [ctx, session] = [{}, {}];
  const [first, second] = [loadedAs('key'), loadedAs('key')];
  sessions.remember(session, { ctx }, first);
  sessions.remember(session, { ctx }, second);
  expect(sessions.recall(session, undefined, 'key')).toBe(second);
  expect(sessions.recall({}, { ctx }, 'key')).toBe(second);
});

test('once a ctx has ended a session, what it saves under that key is a new one; its others stay known', () => {
  const sessions = createLoadedSessions();
  const [ctx, otherCtx] = [{}, {}];
  const [ended, other, same] = [loadedAs('ended'), loadedAs('other'), loadedAs('ended')];
  sessions.remember({}, { ctx }, ended);
  sessions.remember({}, { ctx }, other);
  sessions.remember({}, { ctx: otherCtx }, same);
  sessions.forget({ ctx }, 'ended');
  expect(sessions.recall({}, { ctx }, 'ended')).toBeUndefined();
  expect(sessions.recall({}, { ctx }, 'other')).toBe(other);
  expect(sessions.recall({}, { ctx: otherCtx }, 'ended')).toBe(same);
});

test('an object is known as loaded, although somebody has ended its session', () => {
  const sessions = createLoadedSessions();
  const session = {};
  const loaded = loadedAs('key');
  sessions.remember(session, undefined, loaded);
  for (const options of [...noContexts, { ctx: {} }]) sessions.forget(options, 'key');
  expect(sessions.recall(session, undefined, 'key')).toBe(loaded);
});

test('an object whose session its own holder has ended is known no more', () => {
  const sessions = createLoadedSessions();
  const [session, ctx] = [{}, {}];
  sessions.remember(session, { ctx }, loadedAs('key'));
  sessions.forget({ ctx }, 'key', session);
  expect(sessions.recall(session, { ctx }, 'key')).toBeUndefined();
});

test('what one store has loaded, another has not', () => {
  const [session, ctx] = [{}, {}];
  createLoadedSessions().remember(session, { ctx }, loadedAs('key'));
  expect(createLoadedSessions().recall(session, { ctx }, 'key')).toBeUndefined();
});

test('a copy is known by the cookie that it shares with what was loaded', () => {
  const sessions = createLoadedSessions();
  const [session, loaded] = [{ n: 1, cookie: { path: '/' } }, loadedAs('key')];
  sessions.remember(session, undefined, loaded);
  expect(sessions.recall({ ...session }, undefined, 'key')).toBe(loaded);
  expect(sessions.isFrom({ ...session, n: 2 }, 'key')).toBe(true);
  expect(sessions.recall({ n: 1, cookie: { path: '/' } }, undefined, 'key')).toBeUndefined();
  sessions.forget(undefined, 'key', session);
  expect(sessions.recall({ ...session }, undefined, 'key')).toBeUndefined();
});

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
        if (change.kind === 'upsert' || change.kind === 'update') held.set(key, change);
        return Promise.resolve();
      },
    };
    const options = resolveOptions({ hashIds });
    const serializer = createSerializer(options, false);
    const methods = createSessionMethods(
      {
        rows,
        rotation: createRotation(rows, {
          keyOf: (key) => key,
          decodeForward: () => undefined,
          inBackground: (work) => void work(noDeadline()),
        }),
        serializer,
        deserialize: (_operation, row, key) => serializer.deserialize(row, key),
        rewrite: serializer.rewrite,
        forwards: true,
        keysOf: createRowKeys(hashIds),
        countCall: () => log.push('call'),
        onUnchanged: () => log.push('unchanged'),
        onConflict: (outcome) => log.push(outcome),
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
      expect(log).toEqual([`end ${key}`]);
    }
  });

  test('end a session with a negative ttl, whatever comes in its place', async () => {
    const unreadable = Object.defineProperty({}, 'cookie', {
      get: () => {
        throw new Error('unreadable');
      },
    });
    const { set, log } = create();
    for (const session of [null, 'text', unreadable]) await set('sid', session as never, -1)(noDeadline());
    expect(log).toEqual(Array(3).fill(['call', 'end sid']).flat());
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
