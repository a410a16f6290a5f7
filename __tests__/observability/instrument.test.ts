/** What a store tells on its channels: every operation, and never an id, a user or a session. */

import {
  subscribe,
  tracingChannel,
  unsubscribe,
  type TracingChannelSubscribers,
} from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import type { SessionStore } from '../../lib';
import { operations } from '../../lib/observability/stats';
import { betterSqlite3 } from '../support/databases';
import { onEachDatabase } from '../support/each-database';

interface Told {
  name: string;
  stage: string;
  context: Record<string, unknown>;
}

const prefix = 'koa-generic-session-knex:';

let store: SessionStore;
let told: Told[];
const endings: (() => void)[] = [];

const listen = (): void => {
  told = [];
  for (const name of [...operations, 'batch', 'sweep']) {
    const hear =
      (stage: string) =>
      (context: unknown): void => {
        told.push({ name, stage, context: { ...(context as object) } });
      };
    const subscribers = Object.fromEntries(
      ['start', 'end', 'asyncStart', 'asyncEnd', 'error'].map((stage) => [stage, hear(stage)]),
    ) as unknown as TracingChannelSubscribers<object>;
    const tracing = tracingChannel<unknown, object>(prefix + name);
    tracing.subscribe(subscribers);
    endings.push(() => {
      tracing.unsubscribe(subscribers);
    });
  }
  for (const name of ['connect', 'unavailable', 'available', 'error', 'retry']) {
    const hear = (message: unknown): void => {
      told.push({ name, stage: 'event', context: { ...(message as object) } });
    };
    subscribe(prefix + name, hear);
    endings.push(() => unsubscribe(prefix + name, hear));
  }
};

/** What was told of the ends of operations of this name. */
const ends = (name: string): unknown[] =>
  told.filter((each) => each.name === name && each.stage === 'asyncEnd').map(({ context }) => context);

const sid = 'an-id-that-is-a-login';
const user = 'ada@example.org';

onEachDatabase([betterSqlite3()], (database) => {
  const userId = (session: { user?: string }): string | undefined => session.user;

  beforeEach(async () => {
    listen();
    store = database.open({ gcFrequency: 0, userId });
    await store.ready();
  });

  afterEach(() => {
    for (const end of endings.splice(0)) end();
  });

  test('every method has a channel of its own, which tells how the call ended', async () => {
    const { tableName } = database;
    await store.set(sid, { user, text: 'a secret of Ada' });
    await store.get(sid);
    await store.get('none');
    await store.touch(sid);
    const [{ handle } = { handle: '' }] = await store.sessionsOf(user);
    for await (const _entry of store.entries());
    await store.length();
    await store.destroyByHandle(handle);
    await store.set(sid, { user });
    await store.destroyAllOf(user);
    await store.destroy(sid);
    await store.gc();
    await store.clear();

    const named = expect.stringMatching(/^[\w-]{16}$/) as string;
    const of = (operation: string, more: object = {}): object => ({ operation, tableName, ...more });
    expect(ends('get')).toEqual([
      of('get', { session: named, found: true }),
      of('get', { session: named, found: false }),
    ]);
    expect(ends('set')).toEqual([of('set', { session: named }), of('set', { session: named })]);
    expect(ends('touch')).toEqual([of('touch', { session: named })]);
    expect(ends('destroy')).toEqual([of('destroy', { session: named })]);
    expect(ends('sessionsOf')).toEqual([of('sessionsOf', { rows: 1 })]);
    expect(ends('destroyAllOf')).toEqual([of('destroyAllOf', { rows: 1 })]);
    expect(ends('destroyByHandle')).toEqual([of('destroyByHandle', { found: true })]);
    expect(ends('entries')).toEqual([of('entries', { rows: 1 })]);
    expect(ends('length')).toEqual([of('length', { rows: 1 })]);
    expect(ends('gc')).toEqual([of('gc', { rows: 0 })]);
    expect(ends('clear')).toEqual([of('clear')]);
    expect(ends('ready')).toEqual([of('ready')]);
    expect(ends('sweep')).toEqual([{ tableName, rows: 0 }]);
    expect(ends('batch')).toContainEqual({ tableName, kind: 'write', rows: 1, calls: 1 });
    expect(told).toContainEqual({ name: 'connect', stage: 'event', context: { tableName } });
  });

  test('one session has one name in all of them, and another session another', async () => {
    await store.set(sid, { user });
    await store.get(sid);
    await store.get('another');
    const [set] = ends('set') as { session: string }[];
    const [got, another] = ends('get') as { session: string }[];
    expect(got?.session).toBe(set?.session);
    expect(another?.session).not.toBe(got?.session);
  });

  test('a statement is told once for all calls that share it', async () => {
    await Promise.all([store.set('a', {}), store.set('b', {}), store.set('a', { n: 1 })]);
    expect(ends('batch')).toEqual([{ tableName: database.tableName, kind: 'write', rows: 2, calls: 3 }]);
  });

  test('nothing that is told has an id, a user, a handle or a session in it', async () => {
    const hidden = ['a secret of Ada', sid, user];
    await store.set(sid, { user, text: hidden[0] });
    await store.get(sid);
    const [{ handle } = { handle: '' }] = await store.sessionsOf(user);
    const { id } = (await database.table<{ id: string }>().first('id')) ?? { id: '' };
    hidden.push(handle, handle.split('.')[0] ?? '', id);
    for await (const _entry of store.entries());
    await store.destroyByHandle(handle);
    await store.destroyByHandle(`${handle} `);
    await database.table().insert({ id: 'broken', data: 'a secret of Ada, cut of', expires: 4_000_000_000 });
    await store.get('broken');
    // Fails in the driver, with the values in its message.
    await database.knex.schema.dropTable(database.tableName);
    await expect(store.set(sid, { user, text: hidden[0] })).rejects.toHaveProperty('message');
    await expect(store.destroyAllOf(user)).rejects.toHaveProperty('message');
    await expect(store.get(sid)).rejects.toHaveProperty('message');

    expect(told.filter(({ stage }) => stage === 'error').length).toBe(3);
    expect(told.find(({ name }) => name === 'error')?.context.error).toMatchObject({ code: 'EDECODE' });
    const text = inspect(told, { depth: 20, showHidden: true, getters: true, maxStringLength: Infinity });
    for (const secret of hidden) expect(text).not.toContain(secret);
  });

  test('the name of a session is not the digest that its row lies under, nor a part of a handle', async () => {
    const hashed = database.open({ hashIds: true, userId });
    await hashed.set(sid, { user });
    const { id } = (await database.table<{ id: string }>().first('id')) ?? { id: '' };
    const [{ handle } = { handle: '' }] = await hashed.sessionsOf(user);
    const [{ session } = { session: '' }] = ends('set') as { session: string }[];
    expect(session).toHaveLength(16);
    expect(id).not.toContain(session);
    expect(handle).not.toContain(session);
  });

  test('bad input is told as a failure, and a session without a name is no session', async () => {
    await store.set('a', 5 as unknown as object).catch(() => undefined);
    await store.get(7 as unknown as string);
    expect(ends('set')).toEqual([
      expect.objectContaining({ error: expect.objectContaining({ name: 'TypeError' }) as unknown }),
    ]);
    expect(ends('get')).toEqual([{ operation: 'get', tableName: database.tableName, found: false }]);
  });
});
