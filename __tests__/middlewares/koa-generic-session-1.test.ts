/** Koa 1 with koa-generic-session 1, in CommonJS without a build step. */

import { koaGenericSession1 as middleware } from './middlewares';
import { behavesAsSessions, cookieLine, eventually, open, seen } from './support';

describe('Koa 1 with koa-generic-session 1', () => {
  behavesAsSessions(middleware, { format: 'cjs' });

  it('ends a session whose cookie ends with the browser after browserSessionLifetime', async () => {
    const scene = await open(middleware, {
      format: 'cjs',
      session: { cookie: { maxAge: null } },
      store: { browserSessionLifetime: 1_500 },
    });
    const ann = scene.visitor();
    const before = Date.now();

    const answer = await ann.post('/login?user=ann');

    expect(cookieLine(answer, middleware.cookie)).not.toMatch(/expires|max-age/i);
    const end = (await scene.row()).expires * 1000;
    expect(end).toBeGreaterThanOrEqual(before + 1_500);
    await eventually(async () => {
      expect(seen(await ann.get('/')).user).toBeNull();
    });
    expect(Date.now()).toBeGreaterThanOrEqual(end);
  });
});
