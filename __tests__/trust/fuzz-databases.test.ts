/** Ids, sessions and ttls as nobody would wish for them, through whole stores and into real databases. */

import { deepStrictEqual, rejects, strictEqual } from 'node:assert';
import fc from 'fast-check';
import type { Knex } from 'knex';
import type { Codec, CreateKnexStoreOptions, SessionStore } from '../../lib';
import { asciiJsonCodec } from '../../lib/codec';
import { betterSqlite3, mysql, postgres } from '../support/databases';
import { onEachDatabase } from '../support/each-database';
import { everyRun } from '../support/runs';
import { createModel } from './model';
import { watchShapes, type Shapes } from './shapes';
import { anyNoSid, anySid, anyText, distinct, nearTo } from './values/ids';
import { anySession } from './values/sessions';
import { anyTtl } from './values/ttls';

/** How many ids and sessions all runs of a test come to, at least. */
const many = 5_000;
const day = 86_400_000;
const maxBytes = 500;
const modes: Record<string, CreateKnexStoreOptions> = {
  'in the clear': {},
  'hashed and sealed': { hashIds: true, secret: 'c2f0a94b7d1e6853c4b7a96e0d5f1823', timestamps: true },
};

const anyLargeSession = fc
  .string({ unit: 'binary', minLength: 100, maxLength: 300 })
  .map((text) => ({ text }));
const anyCall = fc.record({
  session: fc.oneof({ weight: 19, arbitrary: anySession }, { weight: 1, arbitrary: anyLargeSession }),
  ttl: anyTtl,
  later: anyTtl,
});
const anyCalls = fc.array(anyCall, { minLength: 1, maxLength: 100, size: 'max' });
type Call = typeof anyCall extends fc.Arbitrary<infer T> ? T : never;
const anyNoSids = fc.array(anyNoSid, { minLength: 3, maxLength: 3 });

const each = async <T, R>(values: readonly T[], work: (value: T, n: number) => Promise<R>): Promise<R[]> => {
  const results = await Promise.allSettled(values.map(work));
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
};

/** What every statement looks like: of calls with values that could do no harm, alone and many together. */
const useHarmlessly = async (store: SessionStore<any>): Promise<void> => {
  for (const size of [1, 2, 7]) {
    const sids = Array.from({ length: size }, (_, n) => `harmless-${n}`);
    await each(sids, (sid) => store.set(sid, { text: sid }));
    const sessions = await each(sids, (sid) => store.get(sid));
    await each(sids, (sid, n) => store.set(sid, Object.assign(sessions[n], { text: `${n}` })));
    await each(sids, (sid) => store.touch(sid, 2 * day));
    await each(sids, (sid) => store.destroy(sid));
  }
};

onEachDatabase([betterSqlite3(), postgres(), mysql()], (database) => {
  /** What its statements look like is watched; those of the tests' own instance are not. */
  let knex: Knex;
  let shapes: Shapes;
  let known: Set<string>;
  let store: SessionStore<any>;

  const open = async (options: CreateKnexStoreOptions): Promise<void> => {
    store = database.open<any>({ gcFrequency: 0, maxBytes, ...options }, knex);
    await useHarmlessly(store);
    known = shapes.take();
  };

  const checkShapes = (): void => {
    const unknown = [...shapes.take()].filter((shape) => !known.has(shape));
    deepStrictEqual(unknown, [], 'a statement changed its shape');
  };

  const rows = (): Promise<{ id: string; expires: number | string }[]> =>
    database.table<{ id: string; expires: number | string }>().select('id', 'expires');

  beforeAll(() => {
    const { pool } = (database.knex.client as { config: Knex.Config }).config;
    shapes = watchShapes();
    knex = database.connect({ pool: { ...pool, afterCreate: shapes.afterCreate } });
    shapes.listen(knex);
  });

  test.each(Object.entries(modes))(
    'every session is its own id’s, or was refused: %s',
    async (_, options) => {
      await open(options);
      const sizeOf = (session: object): number =>
        Buffer.byteLength(
          database.name.startsWith('MySQL') ? asciiJsonCodec.encode(session) : JSON.stringify(session),
        );
      const tried = new Set<string>();
      let kept = 0;

      const run = async (families: string[], calls: Call[], noSids: unknown[]): Promise<void> => {
        await database.table().delete();
        const model = createModel({ store, sizeOf });
        const sids = distinct(families.flatMap(nearTo)).slice(0, calls.length);
        const strangers = distinct(sids.slice(0, 5).flatMap(nearTo)).filter((sid) => !sids.includes(sid));

        const isKept = await each(sids, (sid, n) => model.set(sid, calls[n]?.session, calls[n]?.ttl));
        const sessions = await each(sids, model.get);
        await each(strangers, model.get);
        model.checkRows(await rows());

        await each(sids, async (sid, n) => {
          const session = sessions[n] ?? null;
          if (n % 4 === 0) await model.destroy(sid);
          if (n % 4 === 1) await model.touch(sid, calls[n]?.later);
          if (n % 4 === 2 && session !== null)
            await model.set(sid, Object.assign(session, { changed: n }), day, true);
        });
        await each(sids, model.get);
        model.checkRows(await rows());

        for (const sid of noSids as string[]) {
          strictEqual(await store.get(sid), null);
          for (const call of [store.set(sid, {}), store.touch(sid), store.destroy(sid)])
            await rejects(call, TypeError);
        }
        await each(sids, model.destroy);
        strictEqual((await rows()).length, 0);
        checkShapes();

        for (const sid of sids) tried.add(sid);
        kept += isKept.filter(Boolean).length;
      };

      const anyFamilies = fc.tuple(anySid, anySid);
      await fc.assert(fc.asyncProperty(anyFamilies, anyCalls, anyNoSids, run), everyRun(160));
      expect(tried.size).toBeGreaterThanOrEqual(many);
      expect(kept).toBeGreaterThan(many / 2);
    },
  );

  test('what a codec writes reads back as that very text, or was refused', async () => {
    const raw: Codec<{ text: string }> = { encode: ({ text }) => text, decode: (text) => ({ text }) };
    await open({ codec: raw });
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 100, size: 'max' }), async (texts) => {
        await each(texts, async (text, n) => {
          const call = store.set(`sid-${n}`, { text });
          if (/[\0\p{Surrogate}]/u.test(text)) {
            await rejects(call, TypeError);
            return;
          }
          await call;
          deepStrictEqual(await store.get(`sid-${n}`), { text });
        });
        checkShapes();
        tried += texts.length;
      }),
      everyRun(100),
    );
    expect(tried).toBeGreaterThan(2_000);
  });
});
