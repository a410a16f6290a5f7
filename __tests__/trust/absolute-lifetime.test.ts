/** A session ends so long after its creation, however much it rolls. */

import { createKnexStore, type CreateKnexStoreOptions, type SessionStore } from '../../lib';
import { betterSqlite3, mssql, mysql, postgres, sqlite3, standardSqlite } from '../support/databases';
import { onEachDatabase } from '../support/each-database';

const day = 86_400_000;
const absoluteLifetime = 30 * day;

onEachDatabase([betterSqlite3(), sqlite3(), postgres(), mysql(), mssql()], (database) => {
  const open = (options: CreateKnexStoreOptions = {}): SessionStore => {
    const userId = (session: { user?: string }): string | undefined => session.user;
    return database.open({ gcFrequency: 0, absoluteLifetime, userId, ...options });
  };

  /** As time passes, seen from the database: what it stores is its own time. */
  const createdAgo = async (sid: string, ms: number): Promise<void> => {
    const past = new Date(Date.now() - ms).toISOString().slice(0, 19).replace('T', ' ');
    const inUtc = database.name.includes('PostgreSQL') ? `${past}+00` : past;
    await database.table().where({ id: sid }).update({ created_at: inUtc });
  };

  const row = async (sid: string): Promise<{ created_at: unknown; expires: unknown } | undefined> =>
    database.table<{ id: string; created_at: unknown; expires: unknown }>().where({ id: sid }).first();

  test('a session that rolls ends with its absolute lifetime, for every call', async () => {
    const store = open();
    await store.set('sid', { user: 'ann' }, 10 * day);
    const loaded = (await store.get('sid')) ?? {};
    await createdAgo('sid', absoluteLifetime - 60_000);
    await store.touch('sid', 10 * day);
    expect(await store.get('sid')).toEqual({ user: 'ann' });
    const [listed] = await store.sessionsOf('ann');
    // Not what `expires` says, which lies days ahead.
    expect(Math.abs((listed?.expires.getTime() ?? 0) - Date.now() - 60_000)).toBeLessThan(30_000);
    expect(await store.length()).toBe(1);

    await createdAgo('sid', absoluteLifetime + 60_000);
    expect(await store.get('sid')).toBeNull();
    expect([await store.length(), await store.sessionsOf('ann')]).toEqual([0, []]);
    expect((await store.entries().next()).done).toBe(true);
    await store.touch('sid', 10 * day);
    await store.set('sid', Object.assign(loaded, { n: 1 }), 10 * day);
    expect(await store.get('sid')).toBeNull();
  });

  test('a write of any kind leaves the creation as it was, until the session is over', async () => {
    const store = open();
    await store.set('sid', { n: 0 });
    await createdAgo('sid', absoluteLifetime - 60_000);
    const { created_at: created } = (await row('sid')) ?? {};
    await store.set('sid', { n: 1 });
    await store.set('sid', Object.assign((await store.get('sid')) ?? {}, { n: 2 }));
    await store.touch('sid');
    expect((await row('sid'))?.created_at).toEqual(created);
    await createdAgo('sid', absoluteLifetime + 60_000);
    // Whoever sets it without having loaded it begins another one.
    await store.set('sid', { n: 3 });
    expect(await store.get('sid')).toEqual({ n: 3 });
    await createdAgo('sid', absoluteLifetime - 60_000);
    expect(await store.get('sid')).toEqual({ n: 3 });
  });

  test('no session is stored for longer, so that what is over is swept', async () => {
    const store = open();
    const most = Date.now() + 1.02 * absoluteLifetime;
    await store.set('sid', {}, 10_000 * day);
    expect(Number((await row('sid'))?.expires) * 1000).toBeLessThan(most);
    await store.touch('sid', Infinity);
    expect(Number((await row('sid'))?.expires) * 1000).toBeLessThan(most);
  });

  test('what is over by it under the digest makes room for a session under the id', async () => {
    await open({ hashIds: true }).set('sid', { of: 'the digest' });
    const [{ id }] = (await database.table().select('id')) as [{ id: string }];
    await createdAgo(id, absoluteLifetime + 60_000);
    await open().set('sid', { of: 'the id' });
    expect(await open({ hashIds: 'migrate' }).get('sid')).toEqual({ of: 'the id' });
  });

  test('rows from before count from when they are next written', async () => {
    const old = database.open();
    for (const sid of ['touched', 'changed', 'set', 'read']) await old.set(sid, { sid });
    const store = open();
    expect(await store.get('read')).toEqual({ sid: 'read' });
    await store.touch('touched', day);
    await store.set('changed', Object.assign((await store.get('changed')) ?? {}, { n: 1 }));
    await store.set('set', { n: 1 });
    expect((await row('read'))?.created_at).toBeNull();
    for (const sid of ['touched', 'changed', 'set']) {
      expect((await row(sid))?.created_at).not.toBeNull();
      await createdAgo(sid, absoluteLifetime + 60_000);
      expect(await store.get(sid)).toBeNull();
    }
  });

  test('it ends on the second, by the clock of the database', async () => {
    const store = open({ absoluteLifetime: 2_000 });
    const begun = Date.now();
    await store.set('sid', { n: 1 }, day);
    while ((await store.get('sid')) !== null) {
      await store.touch('sid', day);
      expect(Date.now() - begun).toBeLessThan(30_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    // Databases keep times in whole seconds.
    expect(Date.now() - begun).toBeGreaterThan(900);
  });
});

test('where no dialect can reckon with times, the option is refused', async () => {
  const database = standardSqlite();
  const knex = database.connect();
  expect(() => createKnexStore(knex, { absoluteLifetime })).toThrow(TypeError);
  expect(() => createKnexStore(knex, { absoluteLifetime })).toThrow(
    /option absoluteLifetime needs PostgreSQL/,
  );
  await knex.destroy();
  database.remove?.();
});
