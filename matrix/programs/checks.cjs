/** Checks that every store must pass. Many also query the database directly. */

'use strict';

const assert = require('node:assert/strict');
const { randomBytes } = require('node:crypto');

const HOUR = 3_600_000;

const numbers = (count) => Array.from({ length: count }, (_, index) => index);

const rejection = (promise) =>
  promise.then(
    () => assert.fail('it should have been rejected'),
    (error) => error,
  );

/** Checks of a store with default options. */
const plain = async (library, knex, tableName) => {
  const { createKnexStore, createSessionTable, dropSessionTable, SessionStoreError } = library;
  const rows = async () => Number((await knex(tableName).count({ count: '*' }))[0].count);

  // A migration creates the table; the store only uses it.
  await createSessionTable(knex, { tableName });
  assert.equal(await knex.schema.hasTable(tableName), true);
  const store = createKnexStore(knex, { tableName, sync: false, gcFrequency: 0 });
  await store.ready();

  // Expires while the other checks run.
  await store.set('short', { user: 'short' }, 1);

  const session = { user: 'ann', text: 'żółw 🐢 \u0000 \' " \\ %', big: 'x'.repeat(100_000) };
  await store.set('ann', session, HOUR);
  assert.deepEqual(await store.get('ann'), session);
  assert.equal(await store.get('Ann'), null);
  assert.equal(await store.get("' OR 1=1 --"), null);

  const endOf = async (id) => Number((await knex(tableName).where({ id }).first('expires')).expires);
  const end = await endOf('ann');
  assert.ok(Math.abs(end - (Date.now() + HOUR) / 1000) < 120, `expires is ${end}`);
  await store.touch('ann', 2 * HOUR);
  assert.ok((await endOf('ann')) > end + 3_000);

  // A second store, like in another process: a request that loaded the session does not undo a logout.
  const other = createKnexStore(knex, { tableName, gcFrequency: 0 });
  const loaded = await store.get('ann');
  await other.destroy('ann');
  await store.set('ann', { ...loaded, user: 'unloaded' }, HOUR);
  await other.destroy('ann');
  loaded.user = 'back again';
  await store.set('ann', loaded, HOUR);
  assert.equal(await other.get('ann'), null);

  await Promise.all(numbers(100).map((n) => store.set(`visitor ${n}`, { n }, HOUR)));
  const sessions = await Promise.all(numbers(100).map((n) => other.get(`visitor ${n}`)));
  assert.deepEqual(
    sessions,
    numbers(100).map((n) => ({ n })),
  );
  await Promise.all(numbers(50).map((n) => other.destroy(`visitor ${n}`)));

  while ((await store.get('short')) !== null) await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(await store.length(), 50);
  assert.equal(await store.gc(), 1);
  assert.equal(await rows(), 50);

  await store.clear();
  assert.equal(await rows(), 0);
  assert.ok((await rejection(store.set('', {}))) instanceof TypeError);
  await store.close();
  await other.close();
  const late = await rejection(store.get('ann'));
  assert.ok(late instanceof SessionStoreError);
  assert.equal(late.code, 'ECLOSED');
  await dropSessionTable(knex, { tableName });
  assert.equal(await knex.schema.hasTable(tableName), false);
};

/** Checks of a store with hashed ids, encrypted data and `userId`. */
const guarded = async (library, knex, tableName) => {
  const { createKnexStore, dropSessionTable } = library;
  const [old, secret] = numbers(2).map(() => randomBytes(32).toString('base64'));
  const options = { tableName, gcFrequency: 0, hashIds: true, userId: ({ user }) => user };

  // Both create the table at the same time.
  const store = createKnexStore(knex, { ...options, secret: old });
  const rotated = createKnexStore(knex, { ...options, secret: [secret, old] });
  await Promise.all([store.ready(), rotated.ready()]);

  await store.set('ann at home', { user: 'ann', card: '4111' }, HOUR);
  await store.set('ann at work', { user: 'ann' }, HOUR);
  await store.set('ann abroad', { user: 'ann' }, HOUR);
  await store.set('bob', { user: 'bob' }, HOUR);
  const stored = JSON.stringify(await knex(tableName).select());
  for (const secrecy of ['home', '4111', 'ann', 'bob']) assert.ok(!stored.includes(secrecy), secrecy);

  assert.deepEqual(await rotated.get('ann at home'), { user: 'ann', card: '4111' });

  const devices = await store.sessionsOf('ann', { current: 'ann at home' });
  assert.equal(devices.length, 3);
  assert.equal(devices.filter(({ current }) => current).length, 1);
  assert.ok(devices.every(({ created }) => Math.abs(created.getTime() - Date.now()) < 60_000));
  const abroad = devices.find(({ current }) => !current);
  assert.equal(await store.destroyByHandle(abroad.handle), true);
  assert.equal(await store.destroyByHandle(abroad.handle), false);
  assert.equal(await store.destroyAllOf('ann', { except: 'ann at home' }), 1);
  assert.equal((await store.get('ann at home')).card, '4111');
  assert.equal((await store.get('bob')).user, 'bob');

  const users = [];
  for await (const entry of store.entries({ batchSize: 1 })) users.push(entry.session.user);
  assert.deepEqual(users.sort(), ['ann', 'bob']);

  await store.close();
  await rotated.close();
  await dropSessionTable(knex, { tableName });
};

/**
 * @param library all exports of the package
 * @param name suffix of the tables' names
 */
module.exports = async (library, knex, name) => {
  await Promise.all([plain(library, knex, `Sessions_${name}`), guarded(library, knex, `Guarded_${name}`)]);
};
