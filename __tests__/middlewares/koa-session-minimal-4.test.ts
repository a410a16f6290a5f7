/** Koa 2 with koa-session-minimal 4, which answers before it has written. */

import { koaSessionMinimal4 as middleware } from './middlewares';
import { behavesAsSessions, cookieLine, describeFormats, eventually, open, seen } from './support';

describe('Koa 2 with koa-session-minimal 4', () => {
  describeFormats((format) => {
    behavesAsSessions(middleware, { format });

    it('keeps a session whose cookie ends with the browser for a day', async () => {
      const scene = await open(middleware, { format });
      const before = Date.now();

      const answer = await scene.visitor().post('/login?user=ann');

      expect(cookieLine(answer, middleware.cookie)).not.toMatch(/expires|max-age/i);
      await scene.stored(async () => {
        const { expires } = await scene.row();
        expect(expires * 1000).toBeGreaterThanOrEqual(before + 86_400_000);
        expect(expires * 1000).toBeLessThanOrEqual(Date.now() + 86_400_000 * 1.01);
      });
    });

    it('tells ids apart that a visitor made up, however long they are', async () => {
      const scene = await open(middleware, { format });
      const visitorWithId = (id: string) => scene.visitor(new Map([[middleware.cookie, id]]));
      const long = 'long'.repeat(300);
      const ann = visitorWithId(long);

      await ann.post('/login?user=ann');

      await scene.stored(async () => {
        expect(seen(await ann.get('/')).user).toBe('ann');
      });
      for (const other of [`${long}!`, long.slice(0, -1), long.slice(0, 91), long.toUpperCase()]) {
        expect(seen(await visitorWithId(other).get('/')).user).toBeNull();
      }
      expect((await scene.row()).id.length).toBeLessThanOrEqual(100);
    });

    it('is not ended by a write that fails, and tells of it', async () => {
      const scene = await open(middleware, { format, store: { writeErrors: 'emit' } });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      await scene.stored(async () => {
        await scene.row();
      });
      await scene.refuseWrites();

      await ann.post('/visit');
      await ann.post('/logout');

      await eventually(async () => {
        const errors = scene.output().match(/^(set|destroy) failed: .*no more writes$/gm);
        expect(errors).toHaveLength(2);
        await Promise.resolve();
      });
      expect(seen(await scene.visitor(ann.cookies).get('/'))).toEqual({ user: null, visits: 0 });
      expect(await scene.restart('SIGTERM')).toBe(0);
    });
  });
});
