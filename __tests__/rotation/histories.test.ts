/** Random histories of one session that gets another id: an ended session stays ended, and no update is lost. */

import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import type { Knex } from 'knex';
import type { CreateKnexStoreOptions, SessionStore } from '../../lib';
import { betterSqlite3, mysql, postgres } from '../support/databases';
import { onEachDatabase } from '../support/each-database';
import { everyRun } from '../support/runs';

type Session = Record<string, unknown>;

const secret = 'histories: c2f0a94b7d1e6853c4b7a96e0d5f1823';
const userId = ({ user }: Session): string => user as string;
const hour = 3_600_000;

const shapes: CreateKnexStoreOptions[] = [
  { userId },
  { hashIds: true, secret, userId },
  { hashIds: 'migrate', userId },
  { conflicts: 'merge', secret, userId },
  { conflicts: 'reject', userId, absoluteLifetime: hour },
];

/** As many apps set MySQL, and as PostgreSQL is: a statement sees what others have committed since it began. */
const readCommitted: Knex.PoolConfig = {
  min: 0,
  max: 10,
  afterCreate: (
    connection: { query(sql: string, done: (error: unknown) => void): void },
    done: (error: unknown, connection: unknown) => void,
  ) => {
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', (error) => {
      done(error, connection);
    });
  },
};

/** What a process does with the session. */
const acts = [
  ...([
    'rotate',
    'rotate with grace',
    'update',
    'save',
    'save under the new id',
    'touch',
    'sweep',
    'read',
  ] as const),
  ...(['destroy', 'log out by ctx', 'destroy as an adapter', 'destroy all'] as const),
];

const increment = (session: Session): void => {
  session.n = Number(session.n) + 1;
};

/** A request of a process, which has loaded the session twice: known by its object, and by its ctx. */
const begin = async (store: SessionStore, old: string) => {
  const ctx = {};
  const object = (await store.get(old)) ?? {};
  const byCtx = (await store.get(old, hour, { ctx })) ?? {};
  return {
    store,
    save: (sid: string) => store.set(sid, Object.assign(object, { saved: true }), hour),
    saveByCtx: (sid: string) => store.set(sid, { ...byCtx, saved: true }, hour, { ctx }),
  };
};

onEachDatabase([betterSqlite3(), postgres(), mysql()], (database) => {
  test.each(shapes)('with %j', async (shape) => {
    const knex = database.connect(database.client === 'mysql2' ? { pool: readCommitted } : {});
    const stores = [0, 1, 2].map(() => database.open({ gcFrequency: 0, ...shape }, knex));
    let count = 0;

    const history = async (
      steps: [act: (typeof acts)[number], process: number, wait: number][],
    ): Promise<void> => {
      count += 1;
      const old = `old-${count}`;
      const user = `user-${count}`;
      const ids = [old];
      await stores[0]?.set(old, { user, n: 0 }, hour);
      const requests = await Promise.all(stores.map((store) => begin(store, old)));
      const seen = { updates: 0, hasEnded: false };
      const rotations: { to: string; request: (typeof requests)[number] }[] = [];

      const take = async (act: (typeof acts)[number], request: (typeof requests)[number]): Promise<void> => {
        const { store } = request;
        const end = async (ended: Promise<unknown>): Promise<void> => {
          await ended;
          seen.hasEnded = true;
        };
        const rotate = async (grace: number): Promise<void> => {
          const to = `new-${count}-${ids.length}`;
          ids.push(to);
          if (await store.rotate(old, to, { grace })) rotations.push({ to, request });
        };
        const update = async (): Promise<void> => {
          if ((await store.update(old, increment)) !== null) seen.updates += 1;
        };
        const [rotation] = rotations;
        if (act === 'rotate') await rotate(0);
        else if (act === 'rotate with grace') await rotate(hour);
        else if (act === 'update') await update();
        else if (act === 'save') await request.save(old);
        else if (act === 'save under the new id') await rotation?.request.saveByCtx(rotation.to);
        else if (act === 'touch') await store.touch(old, 2 * hour);
        else if (act === 'sweep') await store.gc();
        else if (act === 'read') await store.get(old);
        else if (act === 'destroy') await end(store.destroy(old));
        else if (act === 'log out by ctx') await end(store.destroy(old, { ctx: { session: null } }));
        else if (act === 'destroy as an adapter') await end(store.destroy(old, { ctx: {}, rotates: true }));
        else await end(store.destroyAllOf(user));
      };

      await Promise.all(
        steps.map(async ([act, process, wait]) => {
          if (wait > 0) await delay(wait);
          const request = requests[process];
          if (request === undefined) throw new RangeError('there are three processes');
          await take(act, request).catch((error: unknown) => {
            if ((error as { code?: unknown }).code !== 'ECONFLICT') throw error;
          });
        }),
      );
      const read = (): Promise<(Session | null)[]> =>
        Promise.all(ids.map(async (id, n) => (await stores[n % 3]?.get(id)) ?? null));
      expect(rotations.length).toBeLessThan(2);
      if (seen.hasEnded) {
        for (const { save, saveByCtx } of requests) await Promise.allSettled([save(old), saveByCtx(old)]);
        for (const { to, request } of rotations)
          await Promise.allSettled([request.save(to), request.saveByCtx(to)]);
        expect(await read()).toEqual(ids.map(() => null));
      } else {
        const found = (await read()).find((session) => session !== null);
        const hasSaves = steps.some(([act]) => act.startsWith('save'));
        expect(found).toMatchObject(hasSaves ? { user } : { user, n: seen.updates });
      }
    };

    const step = fc.tuple(fc.constantFrom(...acts), fc.nat(2), fc.nat(3));
    const histories = fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), history);
    await fc.assert(histories, everyRun(60));
  });

  test('a rotation that waits for a prolongation to commit takes it along', async () => {
    if (database.client === 'better-sqlite3') return;
    const knex = database.connect(database.client === 'mysql2' ? { pool: readCommitted } : {});
    const store = database.open({ gcFrequency: 0, timestamps: true }, knex);
    await store.set('old', { n: 1 }, hour);
    const expires = Math.floor(Date.now() / 1_000) + 1_000_000;
    const transaction = await knex.transaction();
    await transaction(database.tableName).where({ id: 'old' }).update({ expires });
    const rotated = store.rotate('old', 'new', { grace: hour });
    await delay(300);
    await transaction.commit();
    expect(await rotated).toBe(true);
    expect([await store.get('old'), await store.get('new')]).toEqual([{ n: 1 }, { n: 1 }]);
    const [row] = await database
      .table<{ id: string; expires: number | string }>()
      .where({ id: 'new' })
      .select('expires');
    expect(Number(row?.expires)).toBe(expires);
  });

  test('a rotation that waits for a logout to commit finds no session', async () => {
    // The only connection of SQLite is the transaction's.
    if (database.client === 'better-sqlite3') return;
    const knex = database.connect(database.client === 'mysql2' ? { pool: readCommitted } : {});
    const store = database.open({ gcFrequency: 0 }, knex);
    await store.set('old', { n: 1 }, hour);
    const transaction = await knex.transaction();
    await transaction(database.tableName).where({ id: 'old' }).delete();
    const rotated = store.rotate('old', 'new', { grace: hour });
    await delay(300);
    await transaction.commit();
    expect(await rotated).toBe(false);
    expect([await store.get('old'), await store.get('new')]).toEqual([null, null]);
  });
});
