/** Rows that lie under ids and in the clear are brought to digests and seals, while others use them. */

import type { CreateKnexStoreOptions, SessionStore } from '../../lib';
import { resolveOptions } from '../../lib/options';
import { rekey, type RekeyOptions, type RekeyProgress } from '../../lib/session/rekey';
import { openTable } from '../../lib/database/table';
import { betterSqlite3, mssql, mysql, postgres, standardSqlite } from '../support/databases';
import { onEachDatabase } from '../support/each-database';

interface Session {
  user?: string;
  n?: number;
}

const day = 86_400_000;
const secret = 'first: c2f0a94b7d1e6853c4b7a96e0d5f1823';
const otherSecret = 'second: 7d1e6853c4b7a96e0d5f1823c2f0a94b';
const userId = (session: Session): string | undefined => session.user;

/** What all processes must be set to while it runs. */
const migrating = { hashIds: 'migrate', secret, readPlain: true } as const;

onEachDatabase([betterSqlite3(), postgres(), mysql(), mssql(), standardSqlite()], (database) => {
  const open = (options: CreateKnexStoreOptions<Session> = {}): SessionStore<Session> =>
    database.open<Session>({ gcFrequency: 0, ...options });

  const run = (options: CreateKnexStoreOptions<Session>, how?: RekeyOptions): Promise<RekeyProgress> =>
    rekey(database.knex, resolveOptions<Session>({ tableName: database.tableName, ...options }), how);

  const rows = (): Promise<{ id: string; data: string; user_id?: unknown }[]> =>
    database
      .table<{ id: string; data: string }>()
      .select()
      .orderBy('id')
      .then((found) => found);

  const fill = async (store: SessionStore<Session>, count: number): Promise<void> => {
    await Promise.all(
      Array.from({ length: count }, (_, n) => store.set(`koa:sess:${n}`, { user: `user-${n}`, n }, day)),
    );
  };

  test('every id is hashed, all data sealed, every owner named, and nobody logged out', async () => {
    await fill(open({ timestamps: true }), 120);
    await open().set('an odd id', { user: 'odd', n: 120 });
    await open({ ...migrating, userId }).set('new', { user: 'new', n: 121 });
    const seen: number[] = [];
    const options = { ...migrating, userId };
    const progress = await run(options, { batchSize: 10, onProgress: ({ seen: now }) => seen.push(now) });
    expect(progress).toEqual({ total: 122, seen: 122, changed: 121, unreadable: 0 });
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    const found = await rows();
    expect(found).toHaveLength(122);
    for (const { id, data, user_id: user } of found) {
      expect([id, data, user]).toEqual([
        expect.stringMatching(/^sha256:/),
        expect.stringMatching(/^v1\./),
        expect.stringMatching(/^hmac:/),
      ]);
    }
    const strict = open({ hashIds: true, secret, userId });
    for (let n = 0; n < 120; n += 1)
      expect(await strict.get(`koa:sess:${n}`)).toEqual({ user: `user-${n}`, n });
    expect(await strict.get('an odd id')).toEqual({ user: 'odd', n: 120 });
    expect(await strict.sessionsOf('user-7')).toMatchObject([{ session: { n: 7 } }]);
    // Again, and there is nothing to do.
    const again = await run(options);
    expect(again).toEqual({ total: 122, seen: 122, changed: 0, unreadable: 0 });
    expect(await rows()).toEqual(found);
  });

  test('what was stopped is found where it was left', async () => {
    await fill(open(), 60);
    const stop = new AbortController();
    const onProgress = ({ seen }: RekeyProgress): void => {
      if (seen >= 20) stop.abort();
    };
    const first = await run(migrating, { batchSize: 10, signal: stop.signal, onProgress });
    expect(first).toEqual({ total: 60, seen: 20, changed: 20, unreadable: 0 });
    const second = await run(migrating, { batchSize: 10 });
    expect(second).toEqual({ total: 60, seen: 60, changed: 40, unreadable: 0 });
  });

  test('another secret, and no old one is needed any more', async () => {
    await fill(open({ secret: otherSecret, hashIds: true }), 30);
    expect(await run({ secret: [secret, otherSecret], hashIds: true })).toMatchObject({ changed: 30 });
    const store = open({ secret, hashIds: true });
    for (let n = 0; n < 30; n += 1) expect(await store.get(`koa:sess:${n}`)).toMatchObject({ n });
  });

  test('owners alone', async () => {
    await fill(open(), 10);
    const store = open({ userId });
    await store.ready();
    expect(await run({ userId })).toMatchObject({ changed: 10 });
    expect(await store.sessionsOf('user-3')).toHaveLength(1);
    expect((await rows()).map(({ id }) => id)).toContain('koa:sess:3');
  });

  test('rows that cannot be read stay as they are, and are counted', async () => {
    const store = open();
    await fill(store, 5);
    await open({ secret: otherSecret }).set('unknown secret', {});
    await database.table().where({ id: 'koa:sess:2' }).update({ data: 'v1.broken' });
    const before = await rows();
    expect(await run({ secret })).toEqual({ total: 6, seen: 6, changed: 0, unreadable: 6 });
    expect(await rows()).toEqual(before);
    expect(await run(migrating)).toMatchObject({ changed: 4, unreadable: 2 });
    expect(await rows()).toContainEqual(expect.objectContaining({ id: 'koa:sess:2', data: 'v1.broken' }));
  });

  test('of a session under its id and its digest, the digest counts; an ended one makes room', async () => {
    await open({ hashIds: true }).set('both', { n: 1 });
    await open().set('both', { n: 2 });
    await open({ hashIds: true }).set('ended', { n: 3 });
    await database
      .table()
      .where('id', 'like', 'sha256:%')
      .whereNot({ data: '{"n":1}' })
      .update({ expires: 1 });
    await open().set('ended', { n: 4 });
    await run(migrating);
    const strict = open({ hashIds: true, secret });
    expect([await strict.get('both'), await strict.get('ended')]).toEqual([{ n: 1 }, { n: 4 }]);
    expect((await rows()).map(({ id }) => id.slice(0, 7))).toEqual(['sha256:', 'sha256:']);
  });

  test('expiries, creation times and what is expired are left alone', async () => {
    const store = open({ timestamps: true });
    await store.set('sid', { n: 1 }, 3 * day);
    await store.set('over', { n: 2 });
    const past = database.name.includes('PostgreSQL') ? '2020-02-02 02:02:02+00' : '2020-02-02 02:02:02';
    await database.table().where({ id: 'sid' }).update({ created_at: past });
    await database.table().where({ id: 'over' }).update({ expires: 1 });
    const times = (): Promise<unknown> =>
      database.table().whereNot({ id: 'over' }).select('expires', 'created_at');
    const before = await times();
    expect(await run({ ...migrating, timestamps: true })).toMatchObject({ total: 1, changed: 1 });
    expect(await times()).toEqual(before);
    expect(await database.table().where({ id: 'over' })).toHaveLength(1);
  });

  test('while requests load, save, prolong and end sessions, each keeps what it was told last', async () => {
    const count = 200;
    await fill(open(), count);
    // Two processes of the app, as it were, none of which knows what the other does.
    const apps = [open({ ...migrating, userId }), open({ ...migrating, userId })];
    await Promise.all(apps.map((app) => app.ready()));
    const expected = new Map<string, Session | null>();
    let running = true;
    const visitor = async (n: number): Promise<void> => {
      const sid = `koa:sess:${n}`;
      expected.set(sid, { user: `user-${n}`, n });
      for (let step = 1; running || step < 4; step += 1) {
        const store = apps[(n + step) % 2] ?? open();
        const session = await store.get(sid);
        expect([sid, session]).toEqual([sid, expected.get(sid)]);
        if (session === null) return;
        if (n % 10 === 9 && step === 3) {
          await store.destroy(sid);
          expected.set(sid, null);
        } else if (n % 3 === 0) {
          const changed = Object.assign(session, { n: step * 1_000 });
          await store.set(sid, changed, day);
          expected.set(sid, { ...changed });
        } else if (n % 3 === 1) {
          await store.touch(sid, 2 * day);
        } else {
          await store.set(sid, session, day);
        }
      }
    };
    const visits = Promise.all(Array.from({ length: count }, (_, n) => visitor(n)));
    const rekeyed = run({ ...migrating, userId }, { batchSize: 5 }).finally(() => {
      running = false;
    });
    const [{ unreadable }] = await Promise.all([rekeyed, visits]);
    expect(unreadable).toBe(0);
    const strict = open({ hashIds: true, secret, userId });
    for (const [sid, session] of expected) expect([sid, await strict.get(sid)]).toEqual([sid, session]);
    for (const { id } of await rows()) expect(id).toMatch(/^sha256:/);
  });

  test('one row that is refused, or whose owner cannot be told, stops nothing', async () => {
    await fill(open(), 5);
    const careless = (session: Session): string => {
      if (session.n === 3) throw new Error('no such thing');
      return session.user ?? '';
    };
    const options = { ...migrating, userId: careless };
    await open(options).ready();
    expect(await run(options)).toEqual({ total: 5, seen: 5, changed: 5, unreadable: 0 });
    const users = (await rows()).map((row) => row.user_id);
    expect(users.filter((user) => user === null)).toHaveLength(1);
    for (const { data } of await rows()) expect(data).toMatch(/^v1\./);
    const store = open(options);
    expect(await store.get('koa:sess:3')).toEqual({ user: 'user-3', n: 3 });
  });

  test('sessions that begin and end meanwhile never make it seem to go back, or too far', async () => {
    const store = open(migrating);
    await fill(open(), 60);
    let n = 0;
    const seen: RekeyProgress[] = [];
    const changes: Promise<void>[] = [];
    const onProgress = (progress: RekeyProgress): void => {
      seen.push(progress);
      n += 1;
      changes.push(store.set(`new-${n}`, { n }), store.destroy(`koa:sess:${n + 30}`));
    };
    const progress = await run(migrating, { batchSize: 3, onProgress });
    await Promise.all(changes);
    for (const [index, { seen: now, total }] of seen.entries()) {
      expect(now).toBeLessThanOrEqual(total);
      expect(now).toBeGreaterThanOrEqual(seen[index - 1]?.seen ?? 0);
    }
    expect(progress).toMatchObject({ unreadable: 0 });
    const aborted = await run(migrating, { signal: AbortSignal.abort() });
    expect(aborted).toMatchObject({ seen: 0 });
  });

  test('others have their turn meanwhile', async () => {
    await fill(open(), 100);
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await run({ hashIds: false, secret, readPlain: true }, { batchSize: 1 });
    await run({ hashIds: false, secret, readPlain: true }, { batchSize: 1 });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });

  test('it asks for a batch size that makes sense, and says what the database refuses', async () => {
    const { knex, tableName } = database;
    await expect(run(migrating, { batchSize: 0 })).rejects.toThrow(/rekey: batchSize must be a whole number/);
    // Not `toThrow`: errors of better-sqlite3 may come from the realm of another test file.
    await expect(run(migrating)).rejects.toHaveProperty('message', expect.stringContaining(tableName));
    expect(await openTable(knex, { tableName, timestamps: false }).columns()).toEqual([]);
  });
});
