/** One row or id that no database or codec can take, among a hundred concurrent calls: it fails alone. */

import type { CreateKnexStoreOptions, SessionStore } from '../../lib';
import {
  betterSqlite3,
  mysql,
  postgres,
  sqlite3,
  standardPostgres,
  standardSqlite,
} from '../support/databases';
import { onEachDatabase } from '../support/each-database';
import { makeUntouchable } from './untouchable';

interface Session {
  value: string;
}

const calls = 100;
/** Which of them is poisoned. */
const bad = 42;
const sids = Array.from({ length: calls }, (_, n) => `sid-${n}`);
const sessions = sids.map((value): Session => ({ value }));
const allButTheBad = sessions.map((session, n) => (n === bad ? null : session));
const badSid = sids[bad] ?? '';

/** Ids that anybody could send, each of which some database would refuse, shorten or take for another. */
const strangeIds = [
  '\0',
  'a\0b',
  '\0'.repeat(200),
  '\ud800',
  'lone \udfff surrogate',
  '\ud83d\ude00',
  'x'.repeat(10_000),
  '\u00e9'.repeat(10_000),
  ' ',
  ' sid-1',
  'sid-1 ',
  'SID-1',
  'sid-1\t',
  'sid-1\n',
  `'; DROP TABLE Sessions; --`,
  '\\',
  '?',
  '??',
  ':sid',
  '$1',
  '%',
  '_',
  '\uffff',
  '\ufeffsid-1',
  'I\u0307',
  'sha256:sid-1',
];

/** Text as it is, so that it can hold what JSON never does. */
const plain = {
  encode: ({ value }: Session): string => value,
  decode: (value: string): Session => ({ value }),
};

/** The codes of those that failed, by number; undefined for those that did not. */
const failuresOf = async (attempts: readonly Promise<unknown>[]): Promise<Map<number, unknown>> => {
  const results = await Promise.allSettled(attempts);
  return new Map(
    results.flatMap((result, n) => (result.status === 'rejected' ? [[n, result.reason as unknown]] : [])),
  );
};

const databases = [betterSqlite3(), sqlite3(), postgres(), mysql(), standardSqlite(), standardPostgres()];

onEachDatabase(databases, (database) => {
  const createStore = (options: CreateKnexStoreOptions<Session> = {}): SessionStore<Session> =>
    database.open<Session>(options);

  const setAll = (store: SessionStore<Session>, all: readonly Session[]): Promise<Map<number, unknown>> =>
    failuresOf(all.map((session, n) => store.set(sids[n] ?? '', session)));

  const readAll = (store: SessionStore<Session>): Promise<(Session | null)[]> =>
    Promise.all(sids.map((sid) => store.get(sid)));

  test('a row of broken text reads as no session, and 99 read as ever', async () => {
    const store = createStore();
    const events: unknown[] = [];
    store.on('error', ({ code }) => events.push(code));
    expect(await setAll(store, sessions)).toEqual(new Map());
    await database.table().where({ id: badSid }).update({ data: '{"value":' });

    expect(await readAll(store)).toEqual(allButTheBad);

    expect(events).toEqual(['EDECODE']);
    await store.set(badSid, { value: badSid });
    expect(await readAll(store)).toEqual(sessions);
  });

  test('a session that cannot be encoded is refused, and 99 are stored', async () => {
    const store = createStore();
    const loop: Session & { self?: unknown } = { value: 'loop' };
    loop.self = loop;

    const failures = await setAll(
      store,
      sessions.map((session, n) => (n === bad ? loop : session)),
    );

    expect([...failures.keys()]).toEqual([bad]);
    expect(failures.get(bad)).toBeInstanceOf(TypeError);
    expect(await readAll(store)).toEqual(allButTheBad);
  });

  test('a row that the database keeps as it is stays, and 99 are written, touched and removed', async () => {
    const store = createStore();
    await setAll(store, sessions);
    const loaded = await readAll(store);
    const makeTouchable = await makeUntouchable(database.knex, database.tableName, badSid);
    const failed = async (act: (sid: string, n: number) => Promise<unknown>): Promise<void> => {
      const failures = await failuresOf(sids.map(act));
      expect([...failures.keys()]).toEqual([bad]);
      expect(String(failures.get(bad))).toMatch(/refused by a trigger/);
    };

    await failed((sid, n) => store.set(sid, Object.assign(loaded[n] ?? { value: '' }, { value: 'updated' })));
    await failed((sid) => store.touch(sid, 7_200_000));
    await failed((sid) => store.set(sid, { value: 'replaced' }));
    await failed((sid) => store.destroy(sid));

    expect(await readAll(store)).toEqual(sessions.map((session, n) => (n === bad ? session : null)));
    await makeTouchable();
    await store.destroy(badSid);
    expect(await store.length()).toBe(0);
  });

  test('strange ids are ids as any other, beside 100 plain ones', async () => {
    const store = createStore();
    const ids = [...sids, ...strangeIds];

    expect(await failuresOf(ids.map((sid, n) => store.set(sid, { value: `${n}` })))).toEqual(new Map());
    const read = await Promise.all(ids.map((sid) => store.get(sid)));
    expect(read).toEqual(ids.map((_, n) => ({ value: `${n}` })));

    expect(await failuresOf(strangeIds.map((sid) => store.destroy(sid)))).toEqual(new Map());
    const left = await Promise.all(ids.map((sid) => store.get(sid)));
    expect(left).toEqual(ids.map((_, n) => (n < calls ? { value: `${n}` } : null)));
  });

  test('ids that can be none are refused alone', async () => {
    const store = createStore();
    const ids = sids.map((sid, n) => (n === bad ? '' : sid));

    const failures = await failuresOf(ids.map((sid, n) => store.set(sid, sessions[n] ?? { value: '' })));

    expect([...failures.keys()]).toEqual([bad]);
    expect(failures.get(bad)).toBeInstanceOf(TypeError);
    expect(await Promise.all(ids.map((sid) => store.get(sid)))).toEqual(allButTheBad);
  });

  test('text that no database takes is refused, and 99 are stored', async () => {
    const store = createStore({ codec: plain });
    await store.ready();

    const failures = await setAll(
      store,
      sessions.map((session, n) => (n === bad ? { value: 'a\0b' } : session)),
    );

    expect([...failures.keys()]).toEqual([bad]);
    expect(failures.get(bad)).toBeInstanceOf(TypeError);
    expect(await readAll(store)).toEqual(allButTheBad);
  });
});
