/** What a store promises on every database: one suite, run by a small file for each. */

import { inspect } from 'node:util';
import fc from 'fast-check';
import { createSessionTable, dropSessionTable, type Codec, type SessionStore } from '../../lib';
import { resolveOptions } from '../../lib/options';
import { planSync } from '../../lib/schema';
import { openTable } from '../../lib/database/table';
import { maxExpires } from '../../lib/ttl';
import type { Database } from '../support/databases';
import { onEachDatabase } from '../support/each-database';
import { runs } from '../support/runs';

const day = 86_400_000;
const quiet = { warn: () => undefined, error: () => undefined, debug: () => undefined };
const second = (ms = Date.now()): number => Math.floor(ms / 1000);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Session = Record<string, unknown>;

/** What a request does with its session, whatever the middleware. */
interface Request {
  load(): Promise<Session>;
  save(session: Session, ttl: number): Promise<void>;
  end(): Promise<void>;
}

const requests: Record<string, (store: SessionStore) => Request> = {
  'by the object that get returned': (store) => ({
    load: async () => (await store.get('sid')) ?? {},
    save: (session, ttl) => store.set('sid', session, ttl),
    end: () => store.destroy('sid'),
  }),

  // As koa-session has it: what it saves is another object.
  'by the ctx that comes with its calls': (store) => {
    const ctx = {};
    return {
      load: async () => (await store.get('sid', day, { ctx, rolling: false })) ?? {},
      save: (session, ttl) => store.set('sid', { ...session }, ttl, { ctx, rolling: false, changed: true }),
      end: () => store.destroy('sid', { ctx }),
    };
  },
};

/** A request that gives its session another id, whatever the middleware. */
interface Rotation {
  load(): Promise<Session>;
  rotate(session: Session): Promise<unknown>;
  /** Reads what lies under the new id. */
  read(): Promise<Session | null>;
  /** Saves it once more. */
  save(session: Session): Promise<void>;
}

const rotations: Record<string, (store: SessionStore) => Rotation> = {
  'as koa-session does it, by its ctx': (store) => {
    const context = { ctx: { session: {} }, changed: true };
    let rotated: Promise<void> | undefined;
    const save = (session: Session): Promise<void> => store.set('new', { ...session }, day, context);
    return {
      load: async () => (await store.get('old', day, context)) ?? {},
      rotate: (session) => (rotated = store.destroy('old', context).then(() => save(session))),
      read: () => Promise.resolve(rotated).then(() => store.get('new')),
      save,
    };
  },

  // It awaits neither.
  'as koa-session-minimal does it, by its object': (store) => ({
    load: async () => (await store.get('old')) ?? {},
    rotate: (session) => Promise.all([store.destroy('old'), store.set('new', session, day)]),
    read: () => store.get('new'),
    save: (session) => store.set('new', session, day),
  }),
};

interface StoredRow {
  id: string;
  data: string;
  expires: number | string;
  created_at?: unknown;
  updated_at?: unknown;
}

export const contract = (given: Database): void => {
  onEachDatabase([given], (database) => {
    const rows = (name = database.tableName): Promise<StoredRow[]> =>
      database
        .knex<StoredRow>(name)
        .select()
        .then((found) => found);

    const row = async (): Promise<StoredRow> => {
      const [only, ...others] = await rows();
      if (only === undefined || others.length > 0) throw new Error('expected exactly one row');
      return only;
    };

    /** The statements on the test's table that Knex sends for some calls. */
    const statementsOf = async (calls: () => Promise<unknown>): Promise<string[]> => {
      const sent: string[] = [];
      const listen = ({ sql }: { sql: string }): void => {
        if (sql.includes(database.tableName)) sent.push(sql);
      };
      database.knex.on('query', listen);
      await calls();
      database.knex.removeListener('query', listen);
      return sent;
    };

    /** The table as the original package creates it. */
    const createOriginalTable = (timestamps = false): Promise<void> =>
      database.knex.schema.createTable(database.tableName, (table) => {
        table.string('id', 100).primary();
        table.text('data');
        table.bigInteger('expires');
        table.index('expires');
        if (timestamps) table.timestamps();
      });

    describe('get, set, destroy', () => {
      test('a session reads back as it was stored', async () => {
        const store = database.open();
        const session = { user: 'ada', nested: { list: [1, 'two', null, true] }, empty: {} };
        await store.set('sid', session, day);
        expect(await store.get('sid')).toEqual(session);
      });

      test('a session that is set again is replaced, in the same row', async () => {
        const store = database.open();
        await store.set('sid', { count: 1, old: true }, day);
        await store.set('sid', { count: 2 }, day);
        expect(await store.get('sid')).toEqual({ count: 2 });
        expect(await rows()).toHaveLength(1);
      });

      test('text of any script, quotes, control characters and lone surrogates read back', async () => {
        const store = database.open();
        const session = {
          scripts: '今日は नमस्ते שלום 😀',
          sql: `'; DROP TABLE "x"; -- \\ \` ? ?? :name $1 @p0`,
          control: '\0\u0001\n\r\t\u2028',
          surrogate: '\ud800',
        };
        await store.set('sid', session, day);
        expect(await store.get('sid')).toEqual(session);
      });

      test('a session of 1 MB reads back', async () => {
        // Where JSON is stored in ASCII, it has three times as many bytes.
        const store = database.open({ maxBytes: 4_000_000 });
        const session = { text: 'é'.repeat(500_000) };
        await store.set('sid', session, day);
        expect(await store.get('sid')).toEqual(session);
      });

      test('what get returns is a new object on every call', async () => {
        const store = database.open();
        await store.set('sid', { list: [1] }, day);
        const [first, second] = await Promise.all([store.get('sid'), store.get('sid')]);
        expect(first).not.toBe(second);
      });

      test('set stores the session as it was when set was called', async () => {
        const store = database.open();
        const session = { count: 1 };
        const stored = store.set('sid', session, day);
        session.count = 2;
        await stored;
        expect(await store.get('sid')).toEqual({ count: 1 });
      });

      test('a session that does not exist reads as null', async () => {
        expect(await database.open().get('nobody')).toBeNull();
      });

      test('a destroyed session reads as null, its row is gone, and others live on', async () => {
        const store = database.open();
        await store.set('sid', { a: 1 }, day);
        await store.set('other', { b: 1 }, day);
        await store.destroy('sid');
        expect(await store.get('sid')).toBeNull();
        expect((await row()).id).toBe('other');
      });

      test('destroying a session that does not exist is fine', async () => {
        await expect(database.open().destroy('nobody')).resolves.toBeUndefined();
      });

      test('every asynchronous method returns a native promise, and ignores what middlewares pass besides', async () => {
        const store = database.open();
        const extra = { ctx: {}, rolling: true, changed: true };
        const calls = [
          store.set('sid', { a: 1 }, 'session', extra),
          store.get('sid', 'session', extra),
          store.touch('sid', day, extra),
          store.destroy('sid', extra),
          store.gc(),
          store.length(),
          store.ready(),
          store.waitForSync(),
          store.clear(),
          store.close(),
        ];
        for (const call of calls) expect(call).toBeInstanceOf(Promise);
        await Promise.all(calls);
      });

      test('500 visitors at once each keep their own session', async () => {
        const store = database.open();
        const visit = async (visitor: number): Promise<void> => {
          const sid = `visitor-${visitor}`;
          await store.set(sid, { visitor }, day);
          expect(await store.get(sid)).toEqual({ visitor });
          await store.destroy(sid);
          expect(await store.get(sid)).toBeNull();
        };
        await Promise.all(Array.from({ length: 500 }, (_, visitor) => visit(visitor)));
        expect(await rows()).toEqual([]);
      });

      test('first writes of one session at the same moment, from several connections, do not fail', async () => {
        const stores = [database.open(), database.open({}, database.connect())];
        await Promise.all(stores.map((store) => store.ready()));
        for (let round = 0; round < 20; round += 1) {
          const write = (store: SessionStore, n: number): Promise<void> =>
            store.set(`sid-${round}`, { n }, day);
          const five = [1, 2, 3, 4, 5];
          await Promise.all(stores.flatMap((store) => five.map((n) => write(store, n))));
        }
        expect(await database.open().length()).toBe(20);
      });
    });

    for (const [how, createRequest] of Object.entries(requests)) {
      describe(`a session that a request has loaded, known ${how}`, () => {
        let store: SessionStore;
        let request: Request;
        let session: Session;

        beforeEach(async () => {
          store = database.open();
          await store.set('sid', { n: 1 }, Infinity);
          request = createRequest(store);
          session = await request.load();
          expect(session).toEqual({ n: 1 });
        });

        test('unchanged and with the same expiry, costs no statement', async () => {
          const statements = await statementsOf(async () => {
            await request.save(session, Infinity);
            await request.save(session, Infinity);
          });
          expect(statements).toEqual([]);
        });

        test('unchanged, moves its expiry alone: what another process has written stays', async () => {
          await database.table().update({ data: '{"n":2}' });
          const statements = await statementsOf(() => request.save(session, day));
          expect(statements).toHaveLength(1);
          expect((await row()).data).toBe('{"n":2}');
          expect(Number((await row()).expires)).toBeLessThan(second() + 2 * 86_400);
          expect(await statementsOf(() => request.save(session, Infinity))).toHaveLength(1);
          expect(Number((await row()).expires)).toBe(maxExpires);
        });

        test('changed, replaces what is stored', async () => {
          session.n = 3;
          expect(await statementsOf(() => request.save(session, day))).toHaveLength(1);
          expect((await row()).data).toBe('{"n":3}');
          expect(Number((await row()).expires)).toBeLessThan(second() + 2 * 86_400);
        });

        test('changed, and changed back, is stored each time', async () => {
          for (const n of [2, 1, 2, 2, 1]) {
            session.n = n;
            await request.save(session, Infinity);
            expect((await row()).data).toBe(`{"n":${n}}`);
          }
        });

        test('saved and not changed since, costs no statement', async () => {
          session.n = 2;
          await request.save(session, Infinity);
          expect(await statementsOf(() => request.save(session, Infinity))).toEqual([]);
        });

        test('stays ended when another request destroys it meanwhile', async () => {
          await createRequest(store).end();
          await request.save(session, Infinity);
          await request.save(session, day);
          session.n = 2;
          await request.save(session, day);
          expect(await store.get('sid')).toBeNull();
          expect(await rows()).toEqual([]);
        });

        test('stays ended when another request destroys it at the same moment', async () => {
          session.n = 2;
          await Promise.all([createRequest(store).end(), request.save(session, day)]);
          expect(await rows()).toEqual([]);
        });

        test('stays ended when another process destroys it meanwhile', async () => {
          await database.table().delete();
          session.n = 2;
          await request.save(session, day);
          expect(await rows()).toEqual([]);
        });

        test('stays ended when it has expired meanwhile', async () => {
          await database.table().update({ expires: second() });
          await request.save(session, day);
          session.n = 2;
          await request.save(session, day);
          expect(await store.get('sid')).toBeNull();
          expect((await row()).data).toBe('{"n":1}');
        });

        test('is saved again after a save that failed, as if nothing were known of its row', async () => {
          const { knex, tableName } = database;
          const away = database.newTable();
          for (const [refused, last] of Object.entries({ 2: 2, 3: 2, 4: 5 })) {
            session.n = Number(refused);
            await knex.schema.renameTable(tableName, away);
            // Not `toThrow`: the error of a native driver may be none in the eyes of Jest.
            await expect(request.save(session, Infinity)).rejects.toMatchObject({
              message: expect.stringContaining(tableName) as string,
            });
            await knex.schema.renameTable(away, tableName);
            session.n = last;
            await request.save(session, Infinity);
            expect((await row()).data).toBe(`{"n":${last}}`);
          }
        });

        test('saved again and again without waiting, ends as it was saved last', async () => {
          session.n = 2;
          const first = request.save(session, Infinity);
          // Now the first is on its way, and the second waits for it.
          await turn();
          session.n = 3;
          const second = request.save(session, Infinity);
          await first;
          session.n = 2;
          await Promise.all([second, request.save(session, Infinity)]);
          expect((await row()).data).toBe('{"n":2}');
        });

        test('saved with two expiries without waiting, ends with the last', async () => {
          await Promise.all([request.save(session, day), request.save(session, Infinity)]);
          expect(Number((await row()).expires)).toBe(maxExpires);
        });

        test('ended by its own request with a negative ttl, begins anew when that sets it again', async () => {
          await request.save(session, -1);
          expect(await rows()).toEqual([]);
          await request.save(session, day);
          expect((await row()).data).toBe('{"n":1}');
        });

        test('unchanged, saved twice without waiting, leaves what another process has written', async () => {
          await database.table().update({ data: '{"n":2}' });
          await Promise.all([request.save(session, day), request.save(session, Infinity)]);
          expect(await row()).toMatchObject({ data: '{"n":2}' });
          expect(Number((await row()).expires)).toBe(maxExpires);
        });

        test('keeps created_at and moves updated_at, with timestamps', async () => {
          const stamped = database.open({ timestamps: true });
          const past = new Date('2020-01-02T03:04:05Z');
          const own = createRequest(stamped);
          const loaded = await own.load();
          const stamp = async (): Promise<StoredRow> => {
            await database.table().update({ created_at: past, updated_at: past });
            return row();
          };
          const before = await stamp();
          loaded.n = 2;
          await own.save(loaded, Infinity);
          const changed = await row();
          expect(changed).toMatchObject({ data: '{"n":2}', created_at: before.created_at });
          expect(changed.updated_at).not.toEqual(before.updated_at);
          await stamp();
          await own.save(loaded, day);
          const touched = await row();
          expect(touched).toMatchObject({ data: '{"n":2}', created_at: before.created_at });
          expect(touched.updated_at).not.toEqual(before.updated_at);
        });
      });
    }

    describe.each(Object.entries(rotations))('a session that gets another id, %s', (_, createRotation) => {
      const options = {
        plain: {},
        'hashed and encrypted': { hashIds: true, secret: 'c2f0a94b7d1e6853c4b7a96e0d5f1823' },
        'while ids are being hashed': { hashIds: 'migrate' },
      } as const;
      const userId = ({ user }: Session): string => user as string;

      describe.each(Object.entries(options))('%s', (_name, mode) => {
        let store: SessionStore;
        let rotation: Rotation;
        let session: Session;

        beforeEach(async () => {
          store = database.open({ ...mode, userId, gcFrequency: 0 });
          await store.set('old', { user: 'ada', n: 1 }, day);
          rotation = createRotation(store);
          session = await rotation.load();
        });

        const expectEnded = async (): Promise<void> => {
          expect([await store.get('old'), await store.get('new')]).toEqual([null, null]);
          expect(await store.length()).toBe(0);
        };

        test('lives on under that one alone, as old as it was, and is saved like any other', async () => {
          const before = (await row()).created_at;
          await new Promise((resolve) => setTimeout(resolve, 1_100));
          session.n = 2;
          await rotation.rotate(session);
          expect(await store.get('old')).toBeNull();
          expect(await store.get('new')).toEqual({ user: 'ada', n: 2 });
          expect((await row()).created_at).toEqual(before);
          session.n = 3;
          await rotation.save(session);
          expect(await store.get('new')).toEqual({ user: 'ada', n: 3 });
          expect((await store.sessionsOf('ada')).map((found) => found.session)).toEqual([session]);
        });

        test('can be read under that one at once', async () => {
          const [, read] = await Promise.all([rotation.rotate(session), rotation.read()]);
          expect(read).toEqual({ user: 'ada', n: 1 });
        });

        test('takes the place of what lies there', async () => {
          await store.set('new', { user: 'grace' }, day);
          await rotation.rotate(session);
          expect(await store.get('new')).toEqual({ user: 'ada', n: 1 });
          expect(await rows()).toHaveLength(1);
        });

        test('stays ended when another request has ended it', async () => {
          await store.destroy('old');
          await rotation.rotate(session);
          await expectEnded();
          await rotation.save(Object.assign(session, { n: 2 }));
          await expectEnded();
          expect(await rows()).toEqual([]);
        });

        test('stays ended when another request ends it in the same turn', async () => {
          await Promise.all([store.destroy('old'), rotation.rotate(session)]);
          await expectEnded();
        });

        test('stays ended when another process has ended it, or the user all', async () => {
          const other = database.open({ ...mode, userId, gcFrequency: 0 });
          await other.destroyAllOf('ada');
          await rotation.rotate(session);
          await expectEnded();
        });

        test('stays ended when it has expired meanwhile', async () => {
          await database.table().update({ expires: second() });
          await rotation.rotate(session);
          expect(await store.get('new')).toBeNull();
          expect(await store.length()).toBe(0);
        });
      });
    });

    describe('a session whose request awaits its destroy before it saves it under another id', () => {
      const userId = ({ user }: Session): string => user as string;
      const ctx = (): object => ({ session: {} });

      test('ends when all sessions of its user are ended in between', async () => {
        const store = database.open({ userId, gcFrequency: 0 });
        const other = database.open({ userId, gcFrequency: 0 });
        const context = { ctx: ctx() };
        await store.set('old', { user: 'ada' }, day);
        const session = await store.get('old', day, context);
        await store.destroy('old', context);
        expect(await other.destroyAllOf('ada')).toBe(1);
        await store.set('new', { ...session }, day, context);
        expect(await store.get('new')).toBeNull();
        expect(await rows()).toEqual([]);
      });

      test('survives a sweep in between', async () => {
        const store = database.open({ gcFrequency: 0 });
        const context = { ctx: ctx() };
        await store.set('old', { user: 'ada' }, day);
        const session = await store.get('old', day, context);
        await store.destroy('old', context);
        expect(await store.length()).toBe(0);
        await store.gc();
        await store.set('new', { ...session }, day, context);
        expect(await store.get('new')).toEqual({ user: 'ada' });
      });

      test('is gone if it is not saved again, at once after a logout', async () => {
        const store = database.open({ gcFrequency: 0 });
        for (const lasts of [false, true]) {
          const context = { ctx: lasts ? ctx() : { session: null } };
          await store.set('old', { user: 'ada' }, day);
          await store.get('old', day, context);
          await store.destroy('old', context);
          expect(await store.get('old')).toBeNull();
          expect(await rows()).toHaveLength(lasts ? 1 : 0);
          const isGone = async (): Promise<boolean> => (await rows()).length === 0;
          while (!(await isGone())) await turn();
        }
      });

      test('is a new one where nothing was stored before', async () => {
        const store = database.open();
        const context = { ctx: ctx() };
        expect(await store.get('old', day, context)).toBeNull();
        await store.destroy('old', context);
        await store.set('new', { user: 'ada' }, day, context);
        expect(await store.get('new')).toEqual({ user: 'ada' });
      });
    });

    describe('a session that its own request has stored', () => {
      test.each([false, true])('stays ended when another request ends it (by its ctx: %s)', async (byCtx) => {
        const store = database.open({ gcFrequency: 0 });
        const context = byCtx ? { ctx: {} } : undefined;
        const session: Session = { user: 'ada' };
        await store.set('sid', session, day, context);
        await store.destroy('sid');
        session.n = 1;
        await store.set('sid', byCtx ? { ...session } : session, day, context);
        expect(await store.get('sid')).toBeNull();
        expect(await rows()).toEqual([]);
      });
    });

    describe('sessions that are new', () => {
      test('under an id that was in use are inserted, although a request has loaded the old one', async () => {
        const store = database.open();
        await store.set('sid', { user: 'ada' }, day);
        const old = await store.get('sid');
        await store.destroy('sid');
        await store.set('sid', { user: 'grace' }, day);
        expect(await store.get('sid')).toEqual({ user: 'grace' });
        await store.destroy('sid');
        await store.set('sid', { ...old }, day);
        expect(await store.get('sid')).toEqual({ user: 'ada' });
      });

      test('are inserted when their own request has ended the one before', async () => {
        const store = database.open();
        const ctx = {};
        await store.set('sid', { user: 'ada' }, day);
        await store.get('sid', day, { ctx, rolling: false });
        await store.destroy('sid', { ctx });
        await store.set('sid', { user: 'grace' }, day, { ctx, rolling: false, changed: true });
        expect(await store.get('sid')).toEqual({ user: 'grace' });
      });

      test('are inserted under a new id, although their object was loaded under another', async () => {
        const store = database.open();
        const ctx = {};
        await store.set('old', { user: 'ada' }, day);
        const session = await store.get('old', day, { ctx });
        await store.destroy('old', { ctx });
        await store.set('new', session ?? {}, day, { ctx, changed: false });
        expect(await store.get('new')).toEqual({ user: 'ada' });
        expect(await rows()).toHaveLength(1);
      });

      test('are inserted where another ctx has loaded what was there', async () => {
        const store = database.open();
        await store.set('sid', { user: 'ada' }, day);
        await store.get('sid', day, { ctx: {} });
        await database.table().delete();
        await store.set('sid', { user: 'grace' }, day, { ctx: {}, changed: true });
        expect(await store.get('sid')).toEqual({ user: 'grace' });
      });
    });

    describe('many calls at once', () => {
      const sids = Array.from({ length: 100 }, (_, n) => `sid-${n}`);
      const few = 3;

      test('share a few statements, and every session reads back as its own', async () => {
        const store = database.open();
        await store.ready();
        const insert = (): Promise<unknown> => Promise.all(sids.map((sid) => store.set(sid, { sid }, day)));
        const inserted = await statementsOf(insert);
        const sessions: (Session | null)[] = [];
        const read = async (): Promise<void> => {
          sessions.splice(0, 100, ...(await Promise.all(sids.map((sid) => store.get(sid)))));
        };
        expect((await statementsOf(read)).length).toBeLessThanOrEqual(few);
        expect(sessions).toEqual(sids.map((sid) => ({ sid })));

        const update = (): Promise<unknown> =>
          Promise.all(sids.map((sid, n) => store.set(sid, Object.assign(sessions[n] ?? {}, { n }), day)));
        const updated = await statementsOf(update);
        await read();
        expect(sessions).toEqual(sids.map((sid, n) => ({ sid, n })));

        const touch = (): Promise<unknown> => Promise.all(sids.map((sid) => store.touch(sid, Infinity)));
        expect((await statementsOf(touch)).length).toBeLessThanOrEqual(few);
        const expiries = (await rows()).map(({ expires }) => Number(expires));
        expect(expiries).toEqual(sids.map(() => maxExpires));

        const destroy = (): Promise<unknown> => Promise.all(sids.slice(1).map((sid) => store.destroy(sid)));
        expect((await statementsOf(destroy)).length).toBeLessThanOrEqual(few);
        expect((await row()).id).toBe('sid-0');

        if (database.rowByRow === true) return;
        expect(inserted.length).toBeLessThanOrEqual(few);
        expect(updated.length).toBeLessThanOrEqual(few);
      });

      test('fail alone where the database refuses one session', async () => {
        const refused = { refused: true };
        await database.knex.schema.createTable(database.tableName, (table) => {
          table.string('id', 100).notNullable().primary();
          table.text('data').notNullable();
          table.bigInteger('expires').notNullable();
          table.check('?? <> ?', ['data', JSON.stringify(refused)]);
        });
        const store = database.open();
        await store.ready();
        const sessionOf = (sid: string): Session => (sid === 'sid-42' ? refused : { sid });
        const failed = (results: PromiseSettledResult<unknown>[]): (string | undefined)[] =>
          results.flatMap(({ status }, n) => (status === 'rejected' ? [sids[n]] : []));

        const insert = async (): Promise<void> => {
          const calls = sids.map((sid) => store.set(sid, sessionOf(sid), day));
          expect(failed(await Promise.allSettled(calls))).toEqual(['sid-42']);
        };
        const inserted = await statementsOf(insert);
        const stored = await Promise.all(sids.map((sid) => store.get(sid)));
        expect(stored).toEqual(sids.map((sid) => (sid === 'sid-42' ? null : { sid })));

        await store.set('sid-42', { sid: 'sid-42' }, day);
        const loaded = await Promise.all(sids.map((sid) => store.get(sid)));
        const update = async (): Promise<void> => {
          const calls = loaded.map((session, n) => {
            const changed = n === 42 ? { sid: undefined, ...refused } : { n };
            return store.set(`sid-${n}`, Object.assign(session ?? {}, changed), day);
          });
          expect(failed(await Promise.allSettled(calls))).toEqual(['sid-42']);
        };
        const updated = await statementsOf(update);
        expect(await Promise.all(sids.map((sid) => store.get(sid)))).toEqual(
          sids.map((sid, n) => (n === 42 ? { sid } : { sid, n })),
        );

        if (database.rowByRow === true) return;
        // Two halves of each of the seven halves that the refused one is in, and the whole.
        expect(inserted.length).toBeLessThanOrEqual(15);
        expect(updated.length).toBeLessThanOrEqual(15);
      });

      test('take effect, for each session, in the order in which they were made', async () => {
        const store = database.open();
        const ids = ['one', 'two', 'three'];
        const anyCall = fc.record({
          sid: fc.constantFrom(...ids),
          act: fc.constantFrom('get', 'set', 'set', 'touch', 'destroy'),
          ttl: fc.constantFrom(day, Infinity),
          pause: fc.constantFrom(0, 0, 0, 1, 5),
        });
        const property = fc.asyncProperty(
          fc.array(anyCall, { minLength: 1, maxLength: 40 }),
          async (calls) => {
            await store.clear();
            const model = new Map<string, { n: number; ttl: number }>();
            const done: Promise<unknown>[] = [];
            for (const [n, { sid, act, ttl, pause }] of calls.entries()) {
              for (let turns = 0; turns < pause; turns += 1) await turn();
              const before = model.get(sid);
              if (act === 'get') {
                const expected = before === undefined ? null : { n: before.n };
                done.push(
                  store.get(sid).then((found) => {
                    expect([n, found]).toEqual([n, expected]);
                  }),
                );
              } else if (act === 'set') {
                model.set(sid, { n, ttl });
                done.push(store.set(sid, { n }, ttl));
              } else if (act === 'touch') {
                if (before !== undefined) model.set(sid, { ...before, ttl });
                done.push(store.touch(sid, ttl));
              } else {
                model.delete(sid);
                done.push(store.destroy(sid));
              }
            }
            await Promise.all(done);
            const found = (await rows()).map(({ id, data, expires }) => [
              id,
              JSON.parse(data) as unknown,
              Number(expires) === maxExpires,
            ]);
            expect(new Set(found)).toEqual(
              new Set([...model].map(([sid, { n, ttl }]) => [sid, { n }, ttl === Infinity])),
            );
          },
        );
        await fc.assert(property, runs(25));
      });
    });

    describe('session ids', () => {
      const hostile = [
        'AbC',
        'abc',
        'ABC',
        'abc ',
        ' abc',
        'äbc',
        'a\u0308bc',
        'abc\0',
        'abc\0def',
        "'; DROP TABLE Sessions; --",
        '"`[]\\?%_',
        '??',
        ':id',
        '\ud800',
        '\udfff',
        '😀',
        'sha256:',
        'x'.repeat(100),
        'x'.repeat(101),
        'x'.repeat(100_000),
        '__proto__',
        'null',
        '0',
      ];

      test('ids of every kind name their own session and nobody else’s', async () => {
        const store = database.open();
        for (const [n, sid] of hostile.entries()) await store.set(sid, { n }, day);
        expect(await store.length()).toBe(hostile.length);
        for (const [n, sid] of hostile.entries()) expect(await store.get(sid)).toEqual({ n });
        for (const [n, sid] of hostile.entries()) {
          await store.destroy(sid);
          expect(await store.length()).toBe(hostile.length - n - 1);
        }
      });

      test('the key of a digested row names no session', async () => {
        const store = database.open();
        await store.set('not ascii: é', { secret: 1 }, day);
        expect(await store.get((await row()).id)).toBeNull();
      });

      test('an id that cannot exist reads as null; writing under it is a TypeError and writes nothing', async () => {
        const store = database.open();
        await store.ready();
        for (const sid of ['', undefined, null, 7, {}, ['sid'], Symbol('sid')] as never[]) {
          expect(await store.get(sid)).toBeNull();
          await expect(store.set(sid, { a: 1 }, day)).rejects.toThrow(TypeError);
          await expect(store.destroy(sid)).rejects.toThrow(/sid must be a string/);
          await expect(store.touch(sid, day)).rejects.toThrow(/sid must be a string/);
        }
        expect(await rows()).toEqual([]);
      });
    });

    describe('expiry', () => {
      test('expires is kept in epoch seconds, never early and at most 1 % (or 1 s) late', async () => {
        const store = database.open();
        for (const ttl of [1, 999, 5_000, 250_000, day, 365 * day]) {
          const before = Date.now();
          await store.set('sid', {}, ttl);
          const expires = Number((await row()).expires) * 1000;
          expect(expires).toBeGreaterThanOrEqual(before + ttl);
          expect(expires).toBeLessThanOrEqual(Date.now() + ttl + Math.max(1_000, ttl / 100));
        }
      });

      test('without a ttl the cookie decides, and without a cookie browserSessionLifetime', async () => {
        const store = database.open({ browserSessionLifetime: 50_000 });
        const left = async (): Promise<number> => Number((await row()).expires) - second();
        const cookie = { expires: new Date(Date.now() + 200_000), maxAge: 100_000 };
        for (const none of [undefined, null, 0, NaN, 'session'] as const) {
          await store.set('sid', { cookie }, none);
          expect(Math.abs((await left()) - 200)).toBeLessThanOrEqual(4);
          await store.set('sid', { cookie: { maxAge: 100_000 } }, none);
          expect(Math.abs((await left()) - 100)).toBeLessThanOrEqual(3);
          await store.set('sid', { cookie: {} }, none);
          expect(Math.abs((await left()) - 50)).toBeLessThanOrEqual(3);
        }
      });

      test('an expired session reads as null, and cannot be touched back to life', async () => {
        const store = database.open();
        await store.set('sid', { a: 1 }, day);
        await database.table().update({ expires: second() });
        expect(await store.get('sid')).toBeNull();
        expect(await store.length()).toBe(0);
        await store.touch('sid', day);
        expect(await store.get('sid')).toBeNull();
      });

      test('a negative ttl, or a cookie that has expired, ends the session', async () => {
        const store = database.open();
        const end: (() => Promise<void>)[] = [
          () => store.set('sid', { a: 1 }, -1),
          () => store.set('sid', { a: 1 }, -Infinity),
          () => store.set('sid', { cookie: { expires: new Date(Date.now() - 1) } }),
          () => store.touch('sid', -1),
        ];
        for (const endIt of end) {
          await store.set('sid', { a: 1 }, day);
          await endIt();
          expect(await store.get('sid')).toBeNull();
          expect(await rows()).toEqual([]);
        }
      });

      test('an endless or absurd ttl is kept as far as the column and a Date reach', async () => {
        const store = database.open();
        for (const ttl of [Infinity, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER]) {
          await store.set('sid', { a: 1 }, ttl);
          expect(new Date(Number((await row()).expires) * 1000).getTime()).not.toBeNaN();
          expect(await store.get('sid')).toEqual({ a: 1 });
        }
      });

      test('touch moves the expiry and leaves the data alone', async () => {
        const store = database.open();
        await store.set('sid', { a: 1 }, 10_000);
        await store.touch('sid', day);
        expect(Number((await row()).expires)).toBeGreaterThanOrEqual(second() + 86_399);
        expect(await store.get('sid')).toEqual({ a: 1 });
      });

      test('touched by whoever has loaded it, a session is written only if its expiry moves', async () => {
        const store = database.open();
        const ctx = {};
        await store.set('sid', { a: 1 }, Infinity);
        const session = (await store.get('sid', undefined, { ctx })) ?? {};

        expect(await statementsOf(() => store.touch('sid', Infinity, { ctx }))).toEqual([]);
        expect(await statementsOf(() => store.touch('sid', Infinity, { ctx: {} }))).toHaveLength(1);
        expect(await statementsOf(() => store.touch('sid', day, { ctx }))).toHaveLength(1);
        expect(Number((await row()).expires)).toBeLessThan(second() + 2 * 86_400);
        // It knows that it has moved it: what it had loaded says no longer when the session ends.
        expect(await statementsOf(() => store.set('sid', session, Infinity, { ctx }))).toHaveLength(1);
        await Promise.all([
          store.set('sid', session, day, { ctx }),
          store.touch('sid', Infinity, { ctx }),
          store.touch('sid', day, { ctx }),
          store.touch('sid', Infinity, { ctx }),
        ]);
        expect(Number((await row()).expires)).toBe(maxExpires);

        await store.touch('sid', -1, { ctx });
        expect(await rows()).toEqual([]);
        await store.set('sid', { a: 2 }, day, { ctx });
        expect(await store.get('sid', undefined, { ctx })).toEqual({ a: 2 });

        expect(await statementsOf(() => store.touch('sid', Infinity, { ctx }))).toHaveLength(1);
        expect(await statementsOf(() => store.touch('sid', Infinity, { ctx }))).toEqual([]);
      });

      test('a ttl of another kind is a TypeError, and nothing is written', async () => {
        const store = database.open();
        await store.ready();
        for (const ttl of ['5000', 'forever', {}, [], true, 5n, new Date()] as never[]) {
          await expect(store.set('sid', {}, ttl)).rejects.toThrow(/ttl must be a number of milliseconds/);
          await expect(store.touch('sid', ttl)).rejects.toThrow(TypeError);
        }
        expect(await rows()).toEqual([]);
      });
    });

    describe('what cannot be stored or read', () => {
      test('a session that cannot be encoded is a TypeError, and nothing is written', async () => {
        const store = database.open();
        await store.ready();
        const cycle: Record<string, unknown> = {};
        cycle.self = cycle;
        const bad: unknown[] = [
          cycle,
          { big: 1n },
          null,
          undefined,
          'text',
          7,
          new Date(),
          { toJSON: () => undefined },
        ];
        for (const session of bad) {
          await expect(store.set('sid', session as never, day)).rejects.toThrow(TypeError);
        }
        expect(await rows()).toEqual([]);
      });

      test('a row that cannot be decoded reads as no session, and is an error event', async () => {
        const store = database.open();
        const errors: unknown[] = [];
        store.on('error', (error) => errors.push(error));
        const broken = ['', '{', 'null', '7', '"text"'];
        for (const data of broken) {
          await store.set('sid', { a: 1 }, day);
          await database.table().update({ data });
          expect(await store.get('sid')).toBeNull();
        }
        expect(errors).toHaveLength(broken.length);
        expect(errors[0]).toMatchObject({ name: 'SessionStoreError', code: 'EDECODE', operation: 'get' });
        await store.set('sid', { a: 2 }, day);
        expect(await store.get('sid')).toEqual({ a: 2 });
      });

      test('a row that cannot be decoded is no failure either when nobody listens', async () => {
        const store = database.open();
        await store.set('sid', { a: 1 }, day);
        await database.table().update({ data: '{' });
        expect(await store.get('sid')).toBeNull();
      });

      test('a codec of the app’s own is used for what is stored and read', async () => {
        const codec = {
          encode: (session: object) => Buffer.from(JSON.stringify(session)).toString('base64'),
          decode: (text: string) => JSON.parse(Buffer.from(text, 'base64').toString()) as object,
        };
        const store = database.open({ codec });
        await store.set('sid', { a: 'é' }, day);
        expect((await row()).data).toBe(codec.encode({ a: 'é' }));
        expect(await store.get('sid')).toEqual({ a: 'é' });
      });

      test('a codec may return any text, also of several sessions at once', async () => {
        const codec: Codec<{ text: string }> = { encode: ({ text }) => text, decode: (text) => ({ text }) };
        const store = database.open({ codec });
        const texts = ['', '\x1f', 'a\x1fb', '\x01\x1e\n\t', '"{}\\', 'NULL', 'a'];
        const sids = texts.map((_, n) => `sid-${n}`);
        const saveAll = (): Promise<unknown> =>
          Promise.all(texts.map((text, n) => store.set(sids[n] ?? '', { text }, day)));
        for (const n of texts.keys()) await store.set(sids[n] ?? '', { text: texts[n] ?? '' }, day);
        await saveAll();
        expect(await Promise.all(sids.map((sid) => store.get(sid)))).toEqual(texts.map((text) => ({ text })));
        for (const sid of sids)
          expect(await store.update(sid, ({ text }) => ({ text: `${text}!` }))).not.toBeNull();
        for (const sid of sids)
          expect(await store.update(sid, ({ text }) => ({ text: text.slice(0, -1) }))).not.toBeNull();
        expect(await Promise.all(sids.map((sid) => store.get(sid)))).toEqual(texts.map((text) => ({ text })));
      });
    });

    describe('when the database refuses a statement', () => {
      test('the call rejects with the driver’s error, which tells neither the id nor the session', async () => {
        const { knex, tableName } = database;
        const store = database.open();
        await store.ready();
        await knex.schema.dropTable(tableName);
        const calls = [
          store.set('the-session-id', { user: "the 'session' - data" }, day),
          store.get('the-session-id'),
          store.destroy('the-session-id'),
        ];
        for (const call of await Promise.allSettled(calls)) {
          if (call.status === 'fulfilled') throw new Error('expected a rejection');
          expect((call.reason as Error).message).toContain(tableName);
          const told = (call.reason as Error).message + inspect(call.reason, { depth: 5 });
          expect(told).not.toMatch(/the-session-id|the '+session/);
        }
      });
    });

    describe('gc, length, clear', () => {
      const fill = async (store: SessionStore, live: number, expired: number): Promise<void> => {
        const all = Array.from({ length: live + expired }, (_, n) => ({
          id: `sid-${n}`,
          data: '{}',
          expires: n < live ? second() + 1_000 : second() - (n % 500),
        }));
        await store.ready();
        await database.knex.batchInsert(database.tableName, all, 300);
      };

      test('a sweep removes every expired row in chunks, keeps every live one, and counts', async () => {
        const store = database.open();
        await fill(store, 20, 2_500);
        const statements = await statementsOf(async () => {
          expect(await store.gc()).toBe(2_500);
        });
        const { sweepRows } = openTable(database.knex, { tableName: database.tableName, timestamps: false });
        const deletes = statements.filter((sql) => /^\s*delete/i.test(sql));
        expect(deletes).toHaveLength(Math.ceil(2_500 / sweepRows));
        expect(await rows()).toHaveLength(20);
        expect(await store.gc()).toBe(0);
      });

      test('a sweep that is asked for twice at once runs once', async () => {
        const store = database.open();
        await fill(store, 0, 100);
        expect(await Promise.all([store.gc(), store.gc()])).toEqual([100, 100]);
      });

      test('with gcFrequency 1 requests sweep by themselves, reads and writes alike', async () => {
        const requests = [
          (store: SessionStore) => store.get('sid-0'),
          (store: SessionStore) => store.set('sid-0', {}, day),
        ];
        for (const request of requests) {
          const store = database.open({ gcFrequency: 1 });
          await fill(store, 1, 5);
          await request(store);
          await store.close();
          expect((await row()).id).toBe('sid-0');
          await database.table().delete();
        }
      });

      test('length counts live sessions, clear ends all', async () => {
        const store = database.open();
        await fill(store, 3, 2);
        expect(await store.length()).toBe(3);
        await store.clear();
        expect(await store.length()).toBe(0);
        expect(await rows()).toEqual([]);
      });
    });

    describe('the table', () => {
      test('tables of the original package are used in place, rows and all', async () => {
        await createOriginalTable();
        await database
          .table()
          .insert({ id: 'koa:sess:old', data: '{"user":"ada"}', expires: second() + 100 });
        const store = database.open();
        expect(await store.get('koa:sess:old')).toEqual({ user: 'ada' });
        await store.set('koa:sess:old', { user: 'grace' }, day);
        await store.set('koa:sess:new', { user: 'hedy' }, day);
        expect(await store.get('koa:sess:old')).toEqual({ user: 'grace' });
        expect(await store.length()).toBe(2);
        const columns = Object.keys(await database.table().columnInfo());
        expect(columns.sort()).toEqual(['data', 'expires', 'id']);
      });

      test('the original package can go on using a table of ours, and finds our sessions', async () => {
        const store = database.open({ timestamps: true });
        await store.set('ours', { a: 1 }, day);
        await database.table().insert({ id: 'theirs', data: '{"b":1}', expires: second() + 100 });
        expect(await store.get('theirs')).toEqual({ b: 1 });
        const found = (await database
          .table()
          .where('id', 'ours')
          .andWhere('expires', '>', second())) as StoredRow[];
        expect(found.map(({ data }) => JSON.parse(data) as unknown)).toEqual([{ a: 1 }]);
      });

      test('in a case-blind table of the original, no id reads, ends or touches the session of another', async () => {
        await createOriginalTable();
        const store = database.open();
        await store.set('AbC', { owner: 'AbC' }, day);
        expect(await store.get('aBc')).toBeNull();
        await store.destroy('aBc');
        await store.touch('aBc', -1);
        expect(await store.get('AbC')).toEqual({ owner: 'AbC' });
        await store.set('aBc', { owner: 'aBc' }, day);
        expect(await store.get('aBc')).toEqual({ owner: 'aBc' });
        expect([null, 'AbC']).toContain((await store.get('AbC'))?.owner ?? null);
      });

      test('with timestamps, created_at stays and updated_at moves', async () => {
        const store = database.open({ timestamps: true });
        await store.set('sid', { a: 1 }, day);
        const created = await row();
        expect(created.created_at).toBeTruthy();
        expect(created.updated_at).toBeTruthy();
        const past = new Date('2020-01-02T03:04:05Z');
        await database.table().update({ created_at: past, updated_at: past });
        const before = await row();
        await store.set('sid', { a: 2 }, day);
        const after = await row();
        expect(after.created_at).toEqual(before.created_at);
        expect(after.updated_at).not.toEqual(before.updated_at);
        await database.table().update({ updated_at: past });
        await store.touch('sid', day);
        expect((await row()).updated_at).not.toEqual(before.updated_at);
      });

      test('an expired row that is set again is created anew; a row without created_at gets one', async () => {
        const store = database.open({ timestamps: true });
        const past = new Date('2020-01-02T03:04:05Z');
        await store.set('sid', { a: 1 }, day);
        await database.table().update({ created_at: past, expires: second() - 1 });
        const before = await row();
        await store.set('sid', { a: 2 }, day);
        expect((await row()).created_at).not.toEqual(before.created_at);
        await database.table().update({ created_at: null });
        await store.set('sid', { a: 3 }, day);
        expect((await row()).created_at).toBeTruthy();
      });

      test('sync adds the columns that timestamps needs to a table of the original', async () => {
        await createOriginalTable();
        await database.table().insert({ id: 'old', data: '{"a":1}', expires: second() + 100 });
        const store = database.open({ timestamps: true });
        expect(await store.get('old')).toEqual({ a: 1 });
        await store.set('old', { a: 2 }, day);
        expect((await row()).created_at).toBeTruthy();
      });

      test('the timestamps columns of the original are used as they are', async () => {
        await createOriginalTable(true);
        const store = database.open({ timestamps: true });
        await store.set('sid', { a: 1 }, day);
        expect((await row()).updated_at).toBeTruthy();
      });

      test('with sync off, a missing table or column is reported by name, and nothing is changed', async () => {
        const { knex, tableName } = database;
        const calls = database.open({ sync: false });
        await expect(calls.get('sid')).rejects.toMatchObject({
          code: 'ESCHEMA',
          message: expect.stringContaining(`no table '${tableName}'`) as string,
        });
        await calls.close();
        expect(await knex.schema.hasTable(tableName)).toBe(false);
        await createOriginalTable();
        const store = database.open({ sync: false, timestamps: true });
        await expect(store.ready()).rejects.toThrow(/no column created_at, updated_at/);
        await store.close();
        expect(await knex.schema.hasColumn(tableName, 'created_at')).toBe(false);
      });

      test('with sync off, a store works once somebody has made the table', async () => {
        const store = database.open({ sync: false });
        await expect(store.ready()).rejects.toMatchObject({ code: 'ESCHEMA' });
        const connected = new Promise<void>((resolve) => store.once('connect', resolve));
        await createSessionTable(database.knex, { tableName: database.tableName });
        await connected;
        await store.set('sid', { a: 1 }, day);
        expect(await store.get('sid')).toEqual({ a: 1 });
      });

      test('a table that holds something else is refused, and left alone', async () => {
        await database.knex.schema.createTable(database.tableName, (table) => table.string('id', 100));
        const store = database.open();
        await expect(store.set('sid', {}, day)).rejects.toThrow(/not a session table.*data, expires/);
        await store.close();
        expect(Object.keys(await database.table().columnInfo())).toEqual(['id']);
      });

      test('expires has an index, under a name that comes from the table’s', async () => {
        const { knex, tableName } = database;
        const second = database.newTable();
        await createSessionTable(knex, { tableName });
        await createSessionTable(knex, { tableName: second });
        for (const name of [tableName, second]) {
          await knex.schema.alterTable(name, (table) => {
            table.dropIndex('expires', `${name}_expires_index`);
          });
        }
      });

      test('many stores made at once on an empty database all work', async () => {
        const instances = Array.from({ length: 8 }, () => database.connect());
        const stores = instances.map((instance) => database.open({}, instance));
        await Promise.all(stores.map((store, n) => store.set(`sid-${n}`, { n }, day)));
        expect(await stores[0]?.length()).toBe(8);
        await Promise.all(stores.map((store) => store.close()));
      });

      test('createSessionTable may run in many places at once', async () => {
        const { tableName } = database;
        const instances = Array.from({ length: 6 }, () => database.connect());
        await Promise.all(instances.map((instance) => createSessionTable(instance, { tableName })));
        await Promise.all(
          instances.map((instance) => createSessionTable(instance, { tableName, timestamps: true })),
        );
        await Promise.all(
          instances.map((instance) => createSessionTable(instance, { tableName, userId: () => 'ann' })),
        );
        await database.open({ sync: false, timestamps: true }).ready();
      });

      test('createSessionTable needs no secret, also where the store’s options have one', async () => {
        const { knex, tableName } = database;
        await createSessionTable(knex, {
          tableName,
          hashIds: true,
          secret: undefined,
          readPlain: true,
        });
        expect(await knex.schema.hasTable(tableName)).toBe(true);
      });

      test('what sync would do can be told beforehand, and does it', async () => {
        const { knex, tableName } = database;
        const given = { tableName, userId: ({ user }: { user?: string }) => user };
        const options = resolveOptions(given);
        const table = openTable(knex, options);
        const apply = async (): Promise<number> => {
          const plan = await planSync(table, options);
          for (const sql of plan) await knex.raw(sql);
          expect(await planSync(table, options)).toEqual([]);
          return plan.length;
        };
        expect(await apply()).toBeGreaterThan(0);
        const store = database.open(given);
        await store.set('sid', { user: 'ann' });
        expect(await store.sessionsOf('ann')).toHaveLength(1);
        expect((await table.size()) ?? Infinity).toBeGreaterThan(1_000);

        await knex.schema.dropTable(tableName);
        await createOriginalTable();
        await database.table().insert({ id: 'old', data: '{"a":1}', expires: second() + 100 });
        expect(await apply()).toBeGreaterThan(0);
        expect(await database.open({ ...given, sync: false }).get('old')).toEqual({ a: 1 });
      });

      test('rows move together, each if it is live and holds what it held', async () => {
        const options = { tableName: database.tableName, timestamps: true, userId: () => null };
        const table = openTable(database.knex, options);
        await table.create();
        await table.ensureIndexes();
        const now = second();
        const keys = ['moves', 'stays', 'has changed', 'is over'];
        const expiries = keys.map((key) => now + (key === 'is over' ? -1 : 100));
        await table.write(
          keys.map((key, n) => ({
            key,
            change: { kind: 'upsert', data: `{"n":${n}}`, expires: expiries[n] ?? 0, user: 'ann' },
          })),
        );
        const [before] = await table.page('m', 1);
        await table.write(
          keys.map((key, n) => ({
            key,
            change: {
              kind: 'move',
              to: key === 'stays' ? key : `to ${key}`,
              before: key === 'has changed' ? '{"N":2}' : `{"n":${n}}`,
              data: `{"moved":${n}}`,
              user: n === 0 ? null : 'bob',
            },
          })),
        );
        const found = (await database.table().select()) as (StoredRow & { user_id: string | null })[];
        expect(new Map(found.map(({ id, data, user_id: user }) => [id, [data, user]]))).toEqual(
          new Map([
            ['to moves', ['{"moved":0}', null]],
            ['stays', ['{"moved":1}', 'bob']],
            ['has changed', ['{"n":2}', 'ann']],
            ['is over', ['{"n":3}', 'ann']],
          ]),
        );
        // Nothing else of it has changed.
        const [after] = await table.page('to ', 1);
        expect([after?.created, after?.updated]).toEqual([before?.created, before?.updated]);
        expect(after?.expires).toBe(now + 100);
      });

      test('createSessionTable and dropSessionTable work in a transaction, and again', async () => {
        const { knex, tableName } = database;
        await knex.transaction(async (trx) => {
          await createSessionTable(trx, { tableName });
        });
        await createSessionTable(knex, { tableName, timestamps: true });
        const store = database.open({ sync: false, timestamps: true });
        await store.set('sid', { a: 1 }, day);
        await store.close();
        await dropSessionTable(knex, { tableName });
        await dropSessionTable(knex, { tableName });
        expect(await knex.schema.hasTable(tableName)).toBe(false);
      });

      test('two stores with their own tables share a database and nothing else', async () => {
        const otherName = database.newTable();
        const one = database.open();
        const other = database.open({ tableName: otherName, timestamps: true });
        await one.set('sid', { from: 'one' }, day);
        await other.set('sid', { from: 'other' }, day);
        await one.clear();
        expect(await other.get('sid')).toEqual({ from: 'other' });
      });

      test('names with quotes, semicolons and Unicode are names', async () => {
        const { knex } = database;
        for (const odd of [`a"b'c`, 'a`b', 'a{b}c', 'a;b--c', 'naïve 表', `x${'y'.repeat(62)}`]) {
          database.newTable(odd);
          await dropSessionTable(knex, { tableName: odd });
          await database.open({ tableName: odd }).set('sid', { odd }, day);
          const store = database.open({ tableName: odd });
          expect(await store.get('sid')).toEqual({ odd });
          await knex(odd).update({ expires: 1 });
          expect(await store.gc()).toBe(1);
          await dropSessionTable(knex, { tableName: odd });
        }
      });
    });

    describe('the app’s Knex', () => {
      test('wrapIdentifier and postProcessResponse of the app keep working', async () => {
        const { knex, tableName } = database;
        const instance = database.connect({
          wrapIdentifier: (name, wrap) => wrap(name === '*' ? name : `${name}_x`),
          postProcessResponse: (response: unknown) => upperCaseKeys(response),
        });
        const store = database.open({ timestamps: true }, instance);
        database.newTable(`${tableName}_x`);
        await store.set('sid', { a: 1 }, day);
        await store.set('sid', { a: 2 }, day);
        await store.touch('sid', 2 * day);
        expect(await store.get('sid')).toEqual({ a: 2 });
        expect(await store.length()).toBe(1);
        await knex(`${tableName}_x`).update({ expires_x: 1 });
        expect(await store.gc()).toBe(1);
        await store.close();
      });

      test('a mapper that renames the counts in responses does not keep a sweep from counting', async () => {
        const snakeCase = (name: string): string =>
          name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
        const renameKeys = (value: unknown): unknown =>
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.fromEntries(
                Object.entries(value).map(([key, inner]) => [snakeCase(key), inner as unknown]),
              )
            : value;
        const instance = database.connect({
          postProcessResponse: (response: unknown) =>
            Array.isArray(response) ? response.map(renameKeys) : renameKeys(response),
        });
        const store = database.open({}, instance);
        await store.ready();
        const expired = Array.from({ length: 1_500 }, (_, n) => ({ id: `sid-${n}`, data: '{}', expires: 1 }));
        await database.knex.batchInsert(database.tableName, expired, 300);
        expect(await store.gc()).toBe(1_500);
        await store.close();
      });

      test('without a free connection, the rejection tells neither the id nor the session', async () => {
        const instance = database.connect({
          pool: { min: 0, max: 1 },
          acquireConnectionTimeout: 300,
          log: quiet,
        });
        const store = database.open({}, instance);
        await store.ready();
        await instance.transaction(async (trx) => {
          await trx.raw('select 1');
          const reason: unknown = await store
            .set('the-session-id', { user: 'the session' }, day)
            .catch((e: unknown) => e);
          expect((reason as Error).message).toMatch(/Timeout acquiring a connection/);
          expect(inspect(reason, { depth: 5, showHidden: true })).not.toMatch(/the-session-id|the session/);
        });
        await store.close();
      });

      test('with asyncStackTraces, the rejection tells neither the id nor the session', async () => {
        const { knex, tableName } = database;
        const instance = database.connect({ asyncStackTraces: true });
        const store = database.open({}, instance);
        await store.ready();
        await knex.schema.dropTable(tableName);
        const reason: unknown = await store
          .set('the-session-id', { user: 'the session' }, day)
          .catch((e: unknown) => e);
        expect((reason as Error).message).toContain(tableName);
        expect(inspect(reason, { depth: 5, showHidden: true })).not.toMatch(/the-session-id|the session/);
      });

      test('queries of the store are seen by knex.on("query"), and use its pool only', async () => {
        const store = database.open();
        await store.ready();
        const seen: string[] = [];
        const listen = ({ sql }: { sql: string }): unknown => seen.push(sql);
        database.knex.on('query', listen);
        await store.set('sid', { a: 1 }, day);
        await store.get('sid');
        await store.destroy('sid');
        database.knex.removeListener('query', listen);
        expect(seen.length).toBeGreaterThanOrEqual(3);
      });

      test('close waits for what is under way, leaves Knex alone, and ends the store', async () => {
        const store = database.open();
        const written = store.set('sid', { a: 1 }, day);
        await store.close();
        await store.close();
        expect(await rows()).toHaveLength(1);
        await written;
        for (const call of [
          store.get('sid'),
          store.set('sid', {}),
          store.gc(),
          store.ready(),
          store.touch('sid'),
        ]) {
          await expect(call).rejects.toMatchObject({ code: 'ECLOSED' });
        }
        expect(store.knex).toBe(database.knex);
      });
    });
  });
};

/**
 * A mapper as apps have them, at its worst: it renames the keys of whatever it gets, and turns the arrays that
 * mysql2 returns for raw SQL into objects.
 */
const upperCaseKeys = (value: unknown): unknown => {
  if (!Array.isArray(value)) return upperCase(value);
  return value.map(upperCase);
};

const upperCase = (value: unknown): unknown =>
  Array.isArray(value) || Object.getPrototypeOf(value ?? 0) === Object.prototype
    ? Object.fromEntries(
        Object.entries(value as object).map(([key, inner]) => [key.toUpperCase(), inner as unknown]),
      )
    : value;
