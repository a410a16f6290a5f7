/** What several middlewares have in common, and not all: each is a test of its own for whoever calls it. */

import { cookieLine, open, seen, type Format, type Middleware } from './support';

/** @param session options of the middleware, where the cookies of its sessions end with the browser by those alone */
export const itKeepsForBrowserSessionLifetime = (
  middleware: Middleware,
  format: Format,
  session: object = {},
): void => {
  it('keeps a session whose cookie ends with the browser for browserSessionLifetime', async () => {
    const lifetime = 3_600_000;
    const scene = await open(middleware, { format, session, store: { browserSessionLifetime: lifetime } });
    const ann = scene.visitor();
    const before = Date.now();

    const answer = await ann.post('/login?user=ann');

    expect(cookieLine(answer, middleware.cookie)).not.toMatch(/expires|max-age/i);
    const { expires } = await scene.row();
    expect(expires * 1000).toBeGreaterThanOrEqual(before + lifetime);
    expect(expires * 1000).toBeLessThanOrEqual(Date.now() + lifetime * 1.01);
    expect(seen(await ann.get('/')).user).toBe('ann');
  });
};

/** @param session options of the middleware with which sessions do not roll */
export const itWritesNothingForVisits = (
  middleware: Middleware,
  format: Format,
  session: object = {},
): void => {
  it('writes nothing for a visit that changes nothing, if sessions do not roll', async () => {
    const scene = await open(middleware, { format, session });
    const ann = scene.visitor();
    await ann.post('/login?user=ann');
    const first = await scene.row();

    expect(cookieLine(await ann.get('/'), middleware.cookie)).toBeUndefined();

    expect(await scene.row()).toEqual(first);
  });
};
