/** Koa 2 with koa-generic-session 2. */

import { koaGenericSession2 as middleware } from './middlewares';
import { itKeepsForBrowserSessionLifetime } from './behaviours';
import {
  behavesAsSessions,
  behavesOnServers,
  cookieLine,
  describeFormats,
  eventually,
  open,
  seen,
} from './support';

/** The cookie option of a session that ends with the browser. */
const endsWithBrowser = { cookie: { maxAge: null } };

describe('Koa 2 with koa-generic-session 2', () => {
  behavesOnServers(middleware, 'esm');

  describeFormats((format) => {
    behavesAsSessions(middleware, { format });

    it('moves the end of a rolling session with each visit', async () => {
      const scene = await open(middleware, {
        format,
        session: { rolling: true, cookie: { maxAge: 60_000 } },
      });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      const first = await scene.row();

      await eventually(async () => {
        expect(cookieLine(await ann.get('/'), middleware.cookie)).toMatch(/expires/i);
        expect((await scene.row()).expires).toBeGreaterThan(first.expires);
      });

      expect((await scene.row()).data).toEqual(first.data);
      expect((await scene.row()).id).toBe(first.id);
    });

    it('leaves the row of a session that does not roll alone until it changes', async () => {
      const scene = await open(middleware, { format, session: { cookie: { maxAge: 60_000 } } });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      const first = await scene.row();

      expect(cookieLine(await ann.get('/'), middleware.cookie)).toBeUndefined();
      expect(await scene.row()).toEqual(first);

      await eventually(async () => {
        await ann.post('/visit');
        expect((await scene.row()).expires).toBeGreaterThan(first.expires);
      });
    });

    itKeepsForBrowserSessionLifetime(middleware, format, endsWithBrowser);

    it('ends a session whose cookie ends with the browser after browserSessionLifetime', async () => {
      const scene = await open(middleware, {
        format,
        session: endsWithBrowser,
        store: { browserSessionLifetime: 1_500 },
      });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      const end = (await scene.row()).expires * 1000;

      await eventually(async () => {
        expect(seen(await ann.get('/')).user).toBeNull();
      });

      expect(Date.now()).toBeGreaterThanOrEqual(end);
    });

    it('ends a session when its cookie.expires says so, also after it was read and changed', async () => {
      const scene = await open(middleware, { format, session: endsWithBrowser });
      const ann = scene.visitor();
      const end = new Date(Date.now() + 3_600_000);

      const answer = await ann.post(`/login?user=ann&expires=${end.getTime()}`);
      expect(cookieLine(answer, middleware.cookie)).toContain(`expires=${end.toUTCString()}`);

      for (const visits of [0, 1, 2]) {
        const { data, expires } = await scene.row();
        expect(data).toMatchObject({ visits, cookie: { expires: end.toISOString() } });
        expect(expires * 1000).toBeGreaterThanOrEqual(end.getTime());
        expect(expires * 1000).toBeLessThanOrEqual(end.getTime() + 3_600_000 * 0.01);
        expect(cookieLine(await ann.post('/visit'), middleware.cookie)).toContain(end.toUTCString());
      }
    });

    it('ends a session whose cookie.expires has come', async () => {
      const scene = await open(middleware, { format, session: endsWithBrowser });
      const ann = scene.visitor();
      const end = Date.now() + 1_500;
      await ann.post(`/login?user=ann&expires=${end}`);

      await eventually(async () => {
        expect(seen(await ann.get('/')).user).toBeNull();
      });

      expect(Date.now()).toBeGreaterThanOrEqual(end);
    });

    it('stores nothing for a cookie.expires that is past, and ends the session that was there', async () => {
      const scene = await open(middleware, { format, session: endsWithBrowser });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      await scene.row();
      const copy = scene.visitor(ann.cookies);

      expect(seen(await ann.post('/login?user=ann&expires=1000')).user).toBe('ann');

      expect(await scene.rows()).toEqual([]);
      expect(seen(await copy.get('/')).user).toBeNull();
    });
  });
});
