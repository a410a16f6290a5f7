/** Fastify 5 with @fastify/session, through the adapter. */

import { answersDuringOutages, refusesStrangers } from './adapter';
import { fastifySession as middleware } from './middlewares';
import { signed } from './signed';
import { itKeepsForBrowserSessionLifetime, itWritesNothingForVisits } from './behaviours';
import {
  behavesAsSessions,
  behavesOnServers,
  cookieLine,
  describeFormats,
  eventually,
  open,
  seen,
} from './support';

describe('Fastify 5 with @fastify/session', () => {
  behavesOnServers(middleware, 'cjs');
  answersDuringOutages(middleware);
  refusesStrangers(middleware, 'esm', (id) => signed(id, 'a key of the tests, of 32 bytes at least', ''));

  describeFormats((format) => {
    behavesAsSessions(middleware, { format });

    it('moves the end of a rolling session, in the row and within the session, with each visit', async () => {
      const scene = await open(middleware, { format, session: { cookie: { maxAge: 60_000 } } });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      const first = await scene.row();

      await eventually(async () => {
        expect(cookieLine(await ann.get('/'), middleware.cookie)).toMatch(/expires/i);
        const row = await scene.row();
        expect(row.expires).toBeGreaterThan(first.expires);
        expect(middleware.endOf(row)).toBeGreaterThan(middleware.endOf(first));
      });

      expect((await scene.row()).data).toMatchObject({ user: 'ann', visits: 0 });
    });

    itWritesNothingForVisits(middleware, format, { rolling: false });

    itKeepsForBrowserSessionLifetime(middleware, format);

    it('tells the app of writes that fail, and is not ended by them', async () => {
      const scene = await open(middleware, { format, session: { rolling: false } });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      await scene.refuseWrites();

      for (const path of ['/visit', '/visit-and-save', '/regenerate', '/logout']) {
        const { status, text } = await ann.post(path);
        expect([status, text]).toEqual([503, expect.stringMatching(/no more writes/)]);
      }
      expect(seen(await scene.visitor(ann.cookies).get('/'))).toEqual({ user: 'ann', visits: 0 });
    });
  });
});
