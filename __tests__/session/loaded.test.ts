/** Which sessions a request has loaded or stored. */

import { createLoadedSessions, type Loaded } from '../../lib/session/loaded';

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

test('a row that a request has taken away is taken up once, and by that request alone', () => {
  const sessions = createLoadedSessions();
  const ctx = {};
  const claimOf = (key: string) => ({ from: 'sid', key });
  const [first, second] = [claimOf('first'), claimOf('second')];
  sessions.claim(ctx, first);
  expect(sessions.takeClaim({ ctx: {} })).toBeUndefined();
  for (const none of noContexts) expect(sessions.takeClaim(none)).toBeUndefined();
  expect(sessions.takeClaim({ ctx })).toBe(first);
  expect(sessions.takeClaim({ ctx })).toBeUndefined();
  sessions.claim(ctx, second);
  expect(sessions.takeClaim({ ctx }, first)).toBeUndefined();
  expect(sessions.takeClaim({ ctx }, second)).toBe(second);
});
