/** The connection breaks while a session is being written: no change is made twice, and none that was acknowledged is lost. */

import type { CreateKnexStoreOptions, SessionStore } from '../../lib';
import { mysql, postgres } from '../support/databases';
import { createCuttingProxy, type CuttingProxy } from '../support/cutting-proxy';
import { onEachDatabase } from '../support/each-database';

type Session = Record<string, number>;

const sid = 'koa:sess:shared';
const secret = 'lost answers: c2f0a94b7d1e6853c4b7a96e0d5f1823';
const quiet = { warn: () => undefined, error: () => undefined };

const increment = (session: Session): void => {
  session.n = (session.n ?? 0) + 1;
};

onEachDatabase([postgres(), mysql()], (database) => {
  let proxy: CuttingProxy;

  beforeEach(async () => {
    proxy = await createCuttingProxy(String(database.connection));
  });

  afterEach(() => proxy.close());

  /** A store behind the proxy, and one that stays connected. */
  const open = async (options: CreateKnexStoreOptions<Session>): Promise<SessionStore<Session>[]> => {
    const behind = database.connect({ connection: proxy.url, log: quiet, pool: { min: 0, max: 1 } });
    const stores = [database.open<Session>(options, behind), database.open<Session>(options)];
    await stores[1]?.set(sid, { n: 0 }, 3_600_000);
    await stores[0]?.get(sid);
    return stores;
  };

  const read = async ([, other]: SessionStore<Session>[]): Promise<number | undefined> =>
    (await other?.get(sid))?.n;

  describe.each(Object.entries({ plain: {}, encrypted: { secret } }))('%s', (name, options) => {
    test('update: a statement that did not arrive is sent again', async () => {
      const stores = await open(options);
      const cut = proxy.cutNext('UPDATE', false);
      expect(await stores[0]?.update(sid, increment)).toEqual({ n: 1 });
      await cut;
      expect(await read(stores)).toBe(1);
    });

    test('update: of an answer that was lost, the data tells, if it is encrypted; else the caller learns of it', async () => {
      const stores = await open(options);
      const cut = proxy.cutNext('UPDATE', true);
      const update = stores[0]?.update(sid, increment);
      if (name === 'encrypted') expect(await update).toEqual({ n: 1 });
      else await expect(update).rejects.toMatchObject({ code: 'ECONFLICT', operation: 'update' });
      await cut;
      expect(await read(stores)).toBe(1);
    });

    test('update: if another has changed the session since, nothing is made twice', async () => {
      const stores = await open(options);
      const update = expect(
        Promise.all([
          stores[0]?.update(sid, increment),
          changeWhenCut(stores, proxy.cutNext('UPDATE', true)),
        ]),
      ).rejects.toMatchObject({ code: 'ECONFLICT', operation: 'update' });
      await update;
      expect(await read(stores)).toBe(2);
    });

    test('merge: a save is repeated, and keeps what another has changed since', async () => {
      const stores = await open({ ...options, conflicts: 'merge' });
      const session = (await stores[0]?.get(sid)) ?? {};
      const cut = proxy.cutNext('UPDATE', true);
      await Promise.all([
        stores[0]?.set(sid, Object.assign(session, { mine: 1 }), 3_600_000),
        changeWhenCut(stores, cut),
      ]);
      expect(await stores[1]?.get(sid)).toEqual({ n: 1, mine: 1 });
    });

    test('reject: a save whose answer was lost is no conflict with itself', async () => {
      const stores = await open({ ...options, conflicts: 'reject' });
      const session = (await stores[0]?.get(sid)) ?? {};
      const cut = proxy.cutNext('UPDATE', true);
      await stores[0]?.set(sid, Object.assign(session, { mine: 1 }), 3_600_000);
      await cut;
      expect(await stores[1]?.get(sid)).toEqual({ n: 0, mine: 1 });
    });
  });

  const changeWhenCut = async ([, other]: SessionStore<Session>[], cut: Promise<void>): Promise<void> => {
    await cut;
    await other?.update(sid, increment);
  };
});
