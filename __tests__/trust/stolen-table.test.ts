/** What a stolen table tells, and what a changed one can do: nothing, with `hashIds` and `secret`. */

import { randomBytes } from 'node:crypto';
import type { CreateKnexStoreOptions, SessionStore, SessionStoreError } from '../../lib';
import { betterSqlite3, mysql, postgres, standardSqlite } from '../support/databases';
import { onEachDatabase } from '../support/each-database';

const secretOf = (name: string): string => `${name}: ${'0123456789abcdef'.repeat(2)}`;
const secret = secretOf('first');

interface StoredRow {
  id: string;
  data: string;
  expires: number | string;
}

onEachDatabase([betterSqlite3(), postgres(), mysql(), standardSqlite()], (database) => {
  const open = (options: CreateKnexStoreOptions = {}): SessionStore & { errors: SessionStoreError[] } => {
    const store = database.open({ gcFrequency: 0, ...options });
    const errors: SessionStoreError[] = [];
    store.on('error', (error: SessionStoreError) => errors.push(error));
    return Object.assign(store, { errors });
  };

  const dump = (): Promise<StoredRow[]> =>
    database
      .table<StoredRow>()
      .select()
      .orderBy('id')
      .then((rows) => rows);

  const change = async (row: StoredRow | undefined, data: string): Promise<void> => {
    await database.table().where({ id: row?.id }).update({ data });
  };

  test('a dump of 1,000 sessions holds no id and no word of any of them', async () => {
    const store = open({ hashIds: true, secret });
    const sessions = Array.from({ length: 1_000 }, (_, n) => ({
      sid: `koa:sess:${randomBytes(18).toString('base64url')}`,
      session: { user: `user-${n}-${randomBytes(6).toString('hex')}`, mail: `m${n}@example.org`, n },
    }));
    for (let n = 0; n < sessions.length; n += 100) {
      await Promise.all(sessions.slice(n, n + 100).map(({ sid, session }) => store.set(sid, session)));
    }
    const stolen = (await dump()).map((row) => Object.values(row).join('\n')).join('\n');
    expect(stolen.length).toBeGreaterThan(100_000);
    for (const { sid, session } of sessions) {
      for (const word of [sid, sid.slice('koa:sess:'.length), session.user, session.mail]) {
        for (const encoding of ['utf8', 'hex', 'base64', 'base64url'] as const) {
          const text = Buffer.from(word).toString(encoding).replace(/=+$/, '');
          // The last characters of base64 depend on what follows.
          expect(stolen.includes(text.slice(0, -1))).toBe(false);
        }
      }
    }
    // What the table shows is no id either.
    for (const { id } of (await dump()).slice(0, 50)) expect(await store.get(id)).toBeNull();
    for (const { sid, session } of sessions) expect(await store.get(sid)).toEqual(session);
    expect(store.errors).toEqual([]);
  });

  test('data that is moved to another row, changed, cut off, or in the clear is no session and an error event', async () => {
    const store = open({ secret });
    await store.set('ann', { user: 'ann' });
    await store.set('bob', { user: 'bob' });
    const [ann, bob] = await dump();
    const { data = '' } = ann ?? {};
    const middle = data.length >> 1;
    const other = data[middle] === 'A' ? 'B' : 'A';
    const forgeries = [
      bob?.data ?? '',
      data.slice(0, middle) + other + data.slice(middle + 1),
      data.slice(0, -1),
      data.replace('v1', 'v0'),
      '{"user":"root"}',
      '',
    ];
    for (const forgery of forgeries) {
      await change(ann, forgery);
      expect(await store.get('ann')).toBeNull();
    }
    expect(store.errors.map(({ code }) => code)).toEqual(forgeries.map(() => 'EDECODE'));
    await change(ann, data);
    expect(await store.get('ann')).toEqual({ user: 'ann' });
  });

  test('a secret is replaced by another without a logout, and what is saved is sealed anew', async () => {
    const names = ['first', 'second', 'third'];
    const before = open({ secret: secretOf('first') });
    await before.set('kept', { n: 0 });
    for (let n = 1; n < names.length; n += 1) {
      // Newest first; the oldest is dropped once the sessions that it sealed have been saved again.
      const secrets = [names[n], names[n - 1]].map((name) => secretOf(name ?? ''));
      const store = open({ secret: secrets });
      const session = await store.get('kept');
      expect(session).toEqual({ n: 0 });
      const [{ data } = { data: '' }] = await dump();
      await store.set('kept', session ?? {});
      const [{ data: resealed } = { data: '' }] = await dump();
      expect(resealed).not.toBe(data);
      // And not again, as long as it is unchanged.
      const again = (await store.get('kept')) ?? {};
      await store.set('kept', again);
      expect((await dump())[0]?.data).toBe(resealed);
      expect(await open({ secret: secrets[0] ?? '' }).get('kept')).toEqual({ n: 0 });
      expect(store.errors).toEqual([]);
    }
  });

  test('a table in the clear is sealed by and by with readPlain, and refused without', async () => {
    await open().set('sid', { n: 1 });
    const strict = open({ secret });
    expect(await strict.get('sid')).toBeNull();
    expect(strict.errors).toHaveLength(1);
    const lenient = open({ secret, readPlain: true });
    const session = await lenient.get('sid');
    expect(session).toEqual({ n: 1 });
    await lenient.set('sid', session ?? {});
    expect(await strict.get('sid')).toEqual({ n: 1 });
    expect(lenient.errors).toEqual([]);
  });

  test.each([{}, { secret, readPlain: true }])(
    'a table of ids gets their digests as sessions are used: %j',
    async (options) => {
      const old = open();
      await Promise.all(
        ['used', 'ended', 'touched', 'changed', 'odd id'].map((sid) => old.set(sid, { sid })),
      );
      const store = open({ hashIds: 'migrate', ...options });
      // Many requests of one browser at once.
      const found = await Promise.all(Array.from({ length: 20 }, () => store.get('used')));
      expect(found).toEqual(Array.from({ length: 20 }, () => ({ sid: 'used' })));
      await store.touch('touched', 200_000_000_000);
      const changed = (await store.get('changed')) ?? {};
      await store.set('changed', { ...changed, more: 1 });
      await store.destroy('ended');
      await store.set('new', { sid: 'new' });
      expect(await store.get('nobody')).toBeNull();

      const ids = (await dump()).map(({ id }) => id);
      expect(ids.filter((id) => !id.startsWith('sha256:'))).toEqual(['touched']);
      expect(ids).toHaveLength(5);
      expect(await store.get('ended')).toBeNull();
      const hashed = open({ hashIds: true, ...options });
      expect(await hashed.get('used')).toEqual({ sid: 'used' });
      expect(await hashed.get('changed')).toEqual({ sid: 'changed', more: 1 });
      expect(await hashed.get('odd id')).toEqual({ sid: 'odd id' });
      expect(await hashed.get('touched')).toBeNull();
      expect(await store.get('touched')).toEqual({ sid: 'touched' });
      expect(await hashed.get('touched')).toEqual({ sid: 'touched' });
      for (const id of ids.filter((one) => one !== 'touched')) expect(await store.get(id)).toBeNull();
      expect([...store.errors, ...hashed.errors]).toEqual([]);
    },
  );

  test('a session that is found by many requests in a row, while its row moves, is found by each', async () => {
    const sids = Array.from({ length: 30 }, (_, n) => `sid-${n}`);
    const old = open();
    await Promise.all(sids.map((sid) => old.set(sid, { sid })));
    const stores = [open({ hashIds: 'migrate' }), open({ hashIds: 'migrate' })];
    const requests = sids.map(async (sid) => {
      const found: Promise<unknown>[] = [];
      for (let n = 0; n < 20; n += 1) {
        found.push(...stores.map((store) => store.get(sid)));
        await new Promise((resolve) => (n % 3 === 0 ? setTimeout(resolve, 1) : setImmediate(resolve)));
      }
      for (const session of await Promise.all(found)) expect(session).toEqual({ sid });
    });
    await Promise.all(requests);
  });

  test('a session that begins under an id whose session is being ended stays', async () => {
    const store = open({ hashIds: 'migrate' });
    const sids = Array.from({ length: 20 }, (_, n) => `again-${n}`);
    await Promise.all(sids.map((sid) => store.set(sid, { n: 1 })));
    await Promise.all(sids.flatMap((sid) => [store.destroy(sid), store.set(sid, { n: 2 })]));
    for (const sid of sids) expect(await store.get(sid)).toEqual({ n: 2 });
  });

  test('a session whose owner cannot be told moves all the same', async () => {
    await open().set('sid', { guest: true });
    const userId = (session: { user?: { id: string } }): string => (session.user as { id: string }).id;
    const store = open({ hashIds: 'migrate', secret, readPlain: true, userId });
    expect(await store.get('sid')).toEqual({ guest: true });
    expect((await dump())[0]?.id).toMatch(/^sha256:/);
    expect(store.errors).toEqual([]);
  });

  test('a session that has ended under the digest makes room for the one under the id', async () => {
    await open({ hashIds: true }).set('sid', { of: 'the digest' });
    await database.table().update({ expires: 1 });
    await open().set('sid', { of: 'the id' });
    expect(await open({ hashIds: 'migrate' }).get('sid')).toEqual({ of: 'the id' });
    expect(await dump()).toHaveLength(1);
  });

  test('a negative ttl ends a session, however large it has become', async () => {
    const store = open({ maxBytes: 100 });
    await store.set('sid', { text: 'short' });
    await store.set('sid', { text: 'x'.repeat(100) }, -1);
    expect(await store.get('sid')).toBeNull();
  });

  test('of a session that lies under its id and its digest, the digest counts, and the id goes', async () => {
    const store = open({ hashIds: 'migrate' });
    await store.set('sid', { of: 'the digest' });
    await open().set('sid', { of: 'the id' });
    expect(await store.get('sid')).toEqual({ of: 'the digest' });
    expect(await dump()).toHaveLength(1);
    await open().set('sid', { of: 'the id' });
    await store.destroy('sid');
    expect(await dump()).toHaveLength(0);
  });

  test('an expired session is not moved, and a broken one is no session', async () => {
    const old = open();
    await old.set('expired', { n: 1 });
    await old.set('broken', { n: 1 });
    await database.table().where({ id: 'expired' }).update({ expires: 1 });
    await database.table().where({ id: 'broken' }).update({ data: '{' });
    const store = open({ hashIds: 'migrate', secret, readPlain: true });
    expect(await store.get('expired')).toBeNull();
    expect(await store.get('broken')).toBeNull();
    expect(store.errors.map(({ code }) => code)).toEqual(['EDECODE']);
  });

  test('a session of more than maxBytes is refused, and the one before it stays', async () => {
    const store = open({ maxBytes: 100 });
    await store.set('sid', { text: 'short' });
    const refusal = store.set('sid', { text: 'x'.repeat(100) });
    await expect(refusal).rejects.toMatchObject({ code: 'E2BIG', operation: 'set' });
    await expect(refusal).rejects.toThrow(
      'set: the session has 111 bytes, and at most 100 are stored (maxBytes)',
    );
    expect(await store.get('sid')).toEqual({ text: 'short' });
  });

  test('the secret is not among the options that a store shows', () => {
    const { options } = open({ secret });
    expect(JSON.stringify(options)).not.toContain(secret);
    expect(Object.keys(options)).not.toContain('secret');
  });
});
