/** The connection breaks while a session gets another id, or ends: the caller learns what became of it. */

import type { CreateKnexStoreOptions, SessionStore } from '../../lib';
import { mysql, postgres, standardPostgres } from '../support/databases';
import { createCuttingProxy, type CuttingProxy } from '../support/cutting-proxy';
import { onEachDatabase } from '../support/each-database';

const [old, next] = ['koa:sess:old', 'koa:sess:new'];
const secret = 'lost answers: c2f0a94b7d1e6853c4b7a96e0d5f1823';
const hour = 3_600_000;
const quiet = { warn: () => undefined, error: () => undefined };

onEachDatabase([postgres(), mysql(), standardPostgres()], (database) => {
  const options = database.rowByRow ? {} : { grace: 30_000 };
  const verb = database.rowByRow ? 'update ' : 'INSERT';
  let proxy: CuttingProxy;

  beforeEach(async () => {
    proxy = await createCuttingProxy(String(database.connection));
  });

  afterEach(() => proxy.close());

  /** A store behind the proxy, and one that stays connected. */
  const open = async (shape: CreateKnexStoreOptions): Promise<[SessionStore, SessionStore]> => {
    const behind = database.connect({ connection: proxy.url, log: quiet, pool: { min: 0, max: 1 } });
    const [store, other] = [database.open(shape, behind), database.open(shape)];
    await other.set(old, { user: 'ann' }, hour);
    await store.get(old);
    return [store, other];
  };

  describe.each(Object.entries({ plain: {}, 'hashed and encrypted': { hashIds: true, secret } }))(
    '%s',
    (_, shape) => {
      test.each([false, true])('rotate says that the session was there (arrived: %s)', async (hasArrived) => {
        const [store, other] = await open(shape);
        const cut = proxy.cutNext(verb, hasArrived);
        expect(await store.rotate(old, next, options)).toBe(true);
        await cut;
        expect(await other.get(next)).toEqual({ user: 'ann' });
        expect(await other.length()).toBe(1);
      });

      test('rotate says so of a session that has ended meanwhile, and does not bring it back', async () => {
        if (database.rowByRow) return;
        const [store, other] = await open(shape);
        const cut = proxy.cutNext(verb, true).then(() => other.destroy(old));
        expect(await store.rotate(old, next, options)).toBe(true);
        await cut;
        expect([await other.get(old), await other.get(next)]).toEqual([null, null]);
      });

      test('a session whose logout was sent twice has ended under both ids', async () => {
        const [store, other] = await open(shape);
        await other.rotate(old, next, options);
        const cut = proxy.cutNext(database.rowByRow ? 'delete ' : 'DELETE', true);
        await store.destroy(database.rowByRow ? next : old);
        await cut;
        expect([await other.get(old), await other.get(next)]).toEqual([null, null]);
      });
    },
  );
});
