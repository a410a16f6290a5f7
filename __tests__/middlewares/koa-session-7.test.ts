/** Koa 3 with koa-session 7. */

import { koaSession7 as middleware } from './middlewares';
import { itWritesNothingForVisits } from './behaviours';
import {
  behavesAsSessions,
  behavesOnServers,
  cookieLine,
  describeFormats,
  eventually,
  open,
  seen,
} from './support';

describe('Koa 3 with koa-session 7', () => {
  behavesOnServers(middleware, 'cjs');

  describeFormats((format) => {
    behavesAsSessions(middleware, { format });

    it('keeps the row for at least as long as the session that lies within it', async () => {
      const scene = await open(middleware, { format, session: { maxAge: 60_000 } });

      await scene.visitor().post('/login?user=ann');

      const { data, expires } = await scene.row();
      expect(data).toMatchObject({ _maxAge: 60_000 });
      expect(expires * 1000).toBeGreaterThanOrEqual(Number(data._expire));
      expect(expires * 1000).toBeLessThanOrEqual(Number(data._expire) + 10_000 + 2_000);
    });

    it("keeps a session with maxAge 'session' for browserSessionLifetime, in a cookie without expiry", async () => {
      const lifetime = 3_600_000;
      const scene = await open(middleware, {
        format,
        session: { maxAge: 'session' },
        store: { browserSessionLifetime: lifetime },
      });
      const ann = scene.visitor();
      const before = Date.now();

      const answer = await ann.post('/login?user=ann');

      expect(cookieLine(answer, middleware.cookie)).not.toMatch(/expires|max-age/i);
      const { data, expires } = await scene.row();
      expect(data).toEqual({ user: 'ann', visits: 0, _session: true });
      expect(expires * 1000).toBeGreaterThanOrEqual(before + lifetime);
      expect(expires * 1000).toBeLessThanOrEqual(Date.now() + lifetime * 1.01);
      expect(seen(await ann.get('/')).user).toBe('ann');
      expect(seen(await ann.post('/visit'))).toEqual({ user: 'ann', visits: 1 });
    });

    it("ends a session with maxAge 'session' after browserSessionLifetime", async () => {
      const scene = await open(middleware, {
        format,
        session: { maxAge: 'session' },
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

    it('moves the end of a rolling session, in the row and within the session, with each visit', async () => {
      const scene = await open(middleware, { format, session: { rolling: true, maxAge: 60_000 } });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      const first = await scene.row();

      await eventually(async () => {
        expect(cookieLine(await ann.get('/'), middleware.cookie)).toMatch(/expires/i);
        const row = await scene.row();
        expect(row.expires).toBeGreaterThan(first.expires);
        expect(row.data._expire).toBeGreaterThan(Number(first.data._expire));
      });

      const row = await scene.row();
      expect(row.id).toBe(first.id);
      expect(row.data).toMatchObject({ user: 'ann', visits: 0 });
    });

    it('renews a session in the second half of its life, and not in the first', async () => {
      const maxAge = 8_000;
      const scene = await open(middleware, { format, session: { renew: true, maxAge } });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      const first = await scene.row();
      const firstEnd = Number(first.data._expire);

      let renewedEnd = 0;
      await eventually(async () => {
        const answer = await ann.get('/');
        expect(seen(answer).user).toBe('ann');
        renewedEnd = Number((await scene.row()).data._expire);
        expect(renewedEnd).toBeGreaterThan(firstEnd);
        expect(cookieLine(answer, middleware.cookie)).toMatch(/expires/i);
      });

      const renewedAt = renewedEnd - maxAge;
      expect(renewedAt).toBeGreaterThan(firstEnd - maxAge / 2);
      expect((await scene.row()).expires).toBeGreaterThan(first.expires);
    });

    itWritesNothingForVisits(middleware, format);

    it('gives a session that asks for a longer life a longer life', async () => {
      const month = 30 * 86_400_000;
      const scene = await open(middleware, { format, session: { maxAge: 60_000 } });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      const before = Date.now();

      const answer = await ann.post(`/stay?for=${month}`);

      expect(cookieLine(answer, middleware.cookie)).toMatch(/expires/i);
      const { data, expires } = await scene.row();
      expect(data).toMatchObject({ user: 'ann', _maxAge: month });
      expect(expires * 1000).toBeGreaterThanOrEqual(before + month);
    });

    it('regenerates a session with all it holds, and its cookie changes', async () => {
      const scene = await open(middleware, { format });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      await ann.post('/visit');
      const oldRow = await scene.row();

      const answer = await ann.post('/regenerate');

      const newRow = await scene.row();
      expect(cookieLine(answer, middleware.cookie)).toContain(newRow.id);
      expect(newRow.id).not.toBe(oldRow.id);
      expect(newRow.data).toMatchObject({ user: 'ann', visits: 1 });
      expect(seen(await ann.get('/'))).toEqual({ user: 'ann', visits: 1 });
    });

    it('tells listeners of the error event about a row that cannot be decoded', async () => {
      const scene = await open(middleware, { format });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      await scene.overwrite('{"user":');

      expect(seen(await ann.get('/')).user).toBeNull();

      await eventually(() => {
        expect(scene.output()).toContain('error event: EDECODE');
        return Promise.resolve();
      });
    });
  });
});
