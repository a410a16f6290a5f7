/** What the middlewares that use the adapter do alike: with the ids of strangers, and while the database is away. */

import { postgres } from '../support/databases';
import { onEachDatabase } from '../support/each-database';
import { createGate, type Gate } from '../support/gate';
import { eventually, forgedIds, open, seen, type Format, type Middleware } from './support';

/** @param sign makes a cookie of an id, as the app would */
export const refusesStrangers = (
  middleware: Middleware,
  format: Format,
  sign: (id: string) => string,
): void => {
  it('gives no session for an id that it never gave, whoever has signed it', async () => {
    const scene = await open(middleware, { format });
    const visitorWith = (id: string) => scene.visitor(new Map([[middleware.cookie, sign(id)]]));
    await scene.visitor().post('/login?user=ann');
    const { id } = await scene.row();
    expect(seen(await visitorWith(id).get('/')).user).toBe('ann');

    const others = [id.slice(0, -1), `${id} `, `${id}\0`, `${id}%`, `${id}${'x'.repeat(100)}`];
    for (const hostile of [...forgedIds, ...others]) {
      const eve = visitorWith(hostile);
      expect(seen(await eve.get('/')).user).toBeNull();
      // Nor does she keep an id that she made up.
      expect(seen(await eve.post('/login?user=eve')).user).toBe('eve');
      expect(seen(await visitorWith(hostile).get('/')).user).toBeNull();
    }
    expect(seen(await visitorWith(id).get('/')).user).toBe('ann');
  });
};

export const answersDuringOutages = (middleware: Middleware): void => {
  onEachDatabase([postgres()], (database) => {
    let gate: Gate;

    beforeAll(async () => {
      gate = await createGate(String(database.connection));
    });

    beforeEach(() => gate.open());

    afterAll(() => gate.shut());

    it('gives the app an error while the database is away, and knows the user when it is back', async () => {
      const place = { client: 'pg', url: gate.url };
      const scene = await open(middleware, { format: 'esm', place, store: { retryTimeout: 500 } });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');

      try {
        await gate.shut();
        const { status, text } = await ann.get('/');
        expect([status, text]).toEqual([503, expect.stringMatching(/^get: not done within 500 ms/)]);
      } finally {
        await gate.open();
      }

      await eventually(async () => {
        expect(seen(await ann.get('/')).user).toBe('ann');
      });
    });
  });
};
