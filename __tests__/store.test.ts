/** The store while its database comes, goes and stalls; and what it is to its users. */

import knexModule, { type Knex } from 'knex';
import createKnexStoreDefault, {
  createKnexStore,
  createSessionTable,
  dropSessionTable,
  SessionStoreError,
  type SessionStore,
} from '../lib';
import { messageOf } from '../lib/errors';
import { describeOn, mysql, newTableName, postgres, standardPostgres } from './support/databases';
import { createGate, type Gate } from './support/gate';

const quiet = { warn: () => undefined, error: () => undefined, debug: () => undefined };

describeOn({ ...postgres(), name: 'a PostgreSQL that is not up yet' }, () => {
  let gate: Gate;
  let knex: Knex;
  let store: SessionStore | undefined;
  let tableName: string;

  const createStore = (syncTimeout: number): SessionStore => {
    store = createKnexStore(knex, { tableName, syncTimeout });
    return store;
  };

  beforeEach(async () => {
    tableName = newTableName();
    gate = await createGate(process.env.POSTGRES_URL ?? '');
    knex = knexModule({ client: 'pg', connection: gate.url, pool: { min: 0, max: 5 }, log: quiet });
  });

  afterEach(async () => {
    await store?.close();
    await gate.open();
    await knex.schema.dropTableIfExists(tableName);
    await knex.destroy();
    await gate.shut();
  });

  test('rejects calls with the cause, and works once it is up', async () => {
    const early = createStore(200);
    const failure = await early.get('sid').then(fail, (error: unknown) => error);
    expect(failure).toBeInstanceOf(SessionStoreError);
    expect(failure).toMatchObject({
      name: 'SessionStoreError',
      code: 'ESYNC',
      operation: 'ready',
      cause: { code: 'ECONNREFUSED' },
      message: expect.stringMatching(/not ready within 200 ms \(syncTimeout\).*ECONNREFUSED/) as string,
    });
    const connected = new Promise<void>((resolve) => early.once('connect', resolve));
    await gate.open();
    await connected;
    await early.set('sid', { a: 1 });
    expect(await early.get('sid')).toEqual({ a: 1 });
  });

  test('holds calls while it comes up, and then carries them out', async () => {
    const early = createStore(20_000);
    const written = early.set('sid', { a: 1 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await gate.open();
    await written;
    expect(await early.get('sid')).toEqual({ a: 1 });
    expect(await early.length()).toBe(1);
  });

  test('rejects calls within syncTimeout when the database takes connections and says nothing', async () => {
    await gate.stall();
    const early = createStore(100);
    await expect(early.ready()).rejects.toMatchObject({
      code: 'ESYNC',
      message: expect.stringContaining('the database did not answer') as string,
    });
  });

  test('closes while its database is away, and leaves no timer behind', async () => {
    const early = createStore(100);
    const waiting = early.set('sid', { a: 1 });
    const closed = early.close();
    await expect(waiting).rejects.toMatchObject({ code: 'ESYNC' });
    await closed;
  });

  test('closes while its database says nothing', async () => {
    await gate.stall();
    await createStore(100).close();
  });
});

describe('a store', () => {
  let knex: Knex;

  beforeAll(() => {
    knex = knexModule({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
  });

  afterAll(() => knex.destroy());

  test('is made by calling and by new, by name and by default', async () => {
    expect(createKnexStoreDefault).toBe(createKnexStore);
    for (const store of [createKnexStore(knex), new createKnexStore(knex), new createKnexStore(knex, null)]) {
      await store.set('sid', { a: 1 });
      expect(await store.get('sid')).toEqual({ a: 1 });
      await store.close();
    }
  });

  test('shows its options and its Knex instance, and neither can be replaced', async () => {
    const store = createKnexStore(knex, { tableName: 'Shown' });
    expect(store.options).toMatchObject({ tableName: 'Shown', gcFrequency: 10_000 });
    expect(store.knex).toBe(knex);
    for (const name of ['options', 'knex']) {
      expect(() => Object.assign(store, { [name]: {} })).toThrow(TypeError);
    }
    expect(() => Object.assign(store.options, { tableName: 'Other' })).toThrow(TypeError);
    await store.close();
  });

  test('emits connect once, when the table is ready, and never disconnect', async () => {
    const store = createKnexStore(knex, { tableName: 'Events' });
    const heard: string[] = [];
    for (const event of ['connect', 'disconnect', 'error']) store.on(event, () => heard.push(event));
    await store.ready();
    await store.close();
    expect(heard).toEqual(['connect']);
  });

  test('makes calls in their order, also where they begin as the table becomes ready', async () => {
    const store = createKnexStore(knex, { tableName: 'Early' });
    const calls: Promise<unknown>[] = [store.set('sid', { n: 1 })];
    // At once, and one microtask after another: no gap lets a later call overtake the first.
    store.once('connect', () => {
      let turns = Promise.resolve();
      calls.push(store.get('sid'));
      for (let n = 0; n < 20; n += 1) {
        turns = turns.then(() => {
          calls.push(store.get('sid'));
        });
      }
    });
    await store.ready();
    await calls[0];
    await new Promise((resolve) => setImmediate(resolve));
    const read = await Promise.all(calls.slice(1));
    expect(read).toHaveLength(21);
    for (const session of read) expect(session).toEqual({ n: 1 });
    await store.close();
  });

  test('sweeps no table that is not there yet', async () => {
    const store = createKnexStore(knex, { tableName: 'SweptEarly', gcFrequency: 1 });
    const errors: unknown[] = [];
    store.on('error', (error) => errors.push(error));
    await store.get('sid');
    await store.close();
    expect(errors).toEqual([]);
  });

  test('adds, calls and removes listeners, and can be chained', async () => {
    const store = createKnexStore(knex, { tableName: 'Listeners' });
    const heard: unknown[] = [];
    const listener = (what: unknown): unknown => heard.push(what);
    expect(store.on('own', listener).once('own', listener).off('nothing', listener)).toBe(store);
    expect(store.emit('own', 1)).toBe(true);
    expect(store.emit('own', 2)).toBe(true);
    store.off('own', listener);
    expect(store.emit('own', 3)).toBe(false);
    expect(store.emit('error', new Error('nobody listens'))).toBe(false);
    expect(heard).toEqual([1, 1, 2]);
    await store.close();
  });

  test('carries out calls that waited for the table before those that come the moment it is ready', async () => {
    for (const microtasks of [0, 1, 2, 3, 4, 5]) {
      const store = createKnexStore(knex, { tableName: `Held_${microtasks}` });
      const held = [store.set('sid', { call: 'first' }), store.set('sid', { call: 'second' })];
      await new Promise<void>((resolve) => store.once('connect', resolve));
      for (let n = 0; n < microtasks; n += 1) await Promise.resolve();
      await Promise.all([...held, store.set('sid', { call: 'last' })]);
      expect([microtasks, await store.get('sid')]).toEqual([microtasks, { call: 'last' }]);
      await store.close();
    }
  });

  test('has methods that work alone', async () => {
    const store = createKnexStore(knex, { tableName: 'Bound' });
    const { get, set, close } = store;
    await set('sid', { a: 1 });
    expect(await get('sid')).toEqual({ a: 1 });
    await close();
  });

  test('reports a failing background sweep as an error event, and goes on', async () => {
    const store = createKnexStore(knex, { tableName: 'Swept', gcFrequency: 1 });
    const errors: SessionStoreError[] = [];
    store.on('error', (error) => errors.push(error));
    await store.set('sid', { a: 1 });
    // A trigger fails the deletion and nothing else.
    await knex.raw(
      "create trigger no_sweep before delete on Swept begin select raise(abort, 'locked away'); end",
    );
    await knex('Swept').insert({ id: 'old', data: '{}', expires: 1 });
    expect(await store.get('sid')).toEqual({ a: 1 });
    await store.close();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code: 'EGC', operation: 'gc' });
    expect(messageOf(errors[0]?.cause)).toMatch(/locked away/);
  });

  test('rejects with the driver’s error when the database refuses a statement', async () => {
    const store = createKnexStore(knex, { tableName: 'Dropped' });
    await store.ready();
    await knex.schema.dropTable('Dropped');
    await expect(store.get('sid')).rejects.toMatchObject({ code: 'SQLITE_ERROR' });
    await store.close();
  });

  test('makes the index that a creation, cut short, has left out', async () => {
    for (const step of ['first start', 'next start']) {
      const store = createKnexStore(knex, { tableName: 'Indexed' });
      await store.ready();
      await store.close();
      const indexes: unknown = await knex('sqlite_master').where({
        type: 'index',
        name: 'Indexed_expires_index',
      });
      expect([step, indexes]).toEqual([step, [expect.objectContaining({ tbl_name: 'Indexed' })]]);
      await knex.raw('drop index Indexed_expires_index');
    }
  });

  test('lives in an attached SQLite database when tableName names it', async () => {
    await knex.raw("attach database ':memory:' as other");
    const store = createKnexStore(knex, { tableName: 'other.Sessions', timestamps: true });
    await store.set('sid', { a: 1 });
    expect(await knex('other.Sessions').select('id')).toEqual([{ id: 'sid' }]);
    expect(await store.get('sid')).toEqual({ a: 1 });
    await store.close();
  });
});

for (const database of [postgres(), standardPostgres(), mysql()]) {
  describeOn(database, () => {
    test('a table in a schema of its own is created, used and dropped', async () => {
      const knex = database.connect();
      const schema = newTableName();
      // What PostgreSQL calls a schema is a database to MySQL, which knows the first word, too.
      await knex.raw('create schema ??', [schema]);
      try {
        for (const timestamps of [false, true]) {
          const tableName = `${schema}.Sessions`;
          const store = createKnexStore(knex, { tableName, timestamps });
          await store.set('sid', { a: 1 });
          expect(await store.get('sid')).toEqual({ a: 1 });
          expect(await knex.withSchema(schema).table('Sessions').select('id')).toEqual([{ id: 'sid' }]);
          await store.close();
          if (timestamps) await dropSessionTable(knex, { tableName });
        }
        expect(await knex.schema.withSchema(schema).hasTable('Sessions')).toBe(false);
      } finally {
        await knex.raw('drop schema ??', [schema]);
        await knex.destroy();
      }
    });
  });
}

describeOn(postgres(), () => {
  test('a migration that comes second in a transaction of its own learns why it failed', async () => {
    const knex = postgres().connect();
    const tableName = newTableName();
    const first = await knex.transaction();
    await createSessionTable(first, { tableName });
    const second = knex.transaction((trx) => createSessionTable(trx, { tableName }));
    const refused = expect(second).rejects.toThrow(/already exists|duplicate key/);
    // The second one waits for the first one's table, until that is committed.
    const waits = 'select 1 from pg_stat_activity where wait_event_type = ? and query like ?';
    const isWaiting = async (): Promise<boolean> => {
      const { rows } = await knex.raw<{ rows: unknown[] }>(waits, ['Lock', `%CREATE TABLE "${tableName}"%`]);
      return rows.length > 0;
    };
    while (!(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 10));
    await first.commit();
    await refused;
    await dropSessionTable(knex, { tableName });
    await knex.destroy();
  });

  test('what another Knex client cannot create is reported as the database reports it', async () => {
    const knex = standardPostgres().connect();
    const store = createKnexStore(knex, { tableName: 'no_such_schema.Sessions', syncTimeout: 200 });
    await expect(store.ready()).rejects.toMatchObject({ code: 'ESYNC', cause: { code: '3F000' } });
    await store.close();
    await knex.destroy();
  });
});

describeOn(mysql(), () => {
  test('over a latin1 connection, no character turns into a quote, and every character reads back', async () => {
    const connection = new URL(process.env.MYSQL_URL ?? '');
    connection.searchParams.set('charset', 'latin1');
    const knex = knexModule({ client: 'mysql2', connection: connection.href });
    const tableName = newTableName();
    const store = createKnexStore(knex, { tableName });
    // mysql2 sends the last byte of each of these: a quote, for one.
    const session = { name: 'ħ,9999999999),(ħadminħ,ħ{}ħ,8888888888) -- ', other: '今日は 😀 é' };
    await store.set('sid', session);
    expect(await store.get('admin')).toBeNull();
    expect(await store.get('sid')).toEqual(session);
    expect(await store.length()).toBe(1);
    await store.close();
    await knex.schema.dropTable(tableName);
    await knex.destroy();
  });
});

const fail = (): never => {
  throw new Error('expected a rejection');
};
