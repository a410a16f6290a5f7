/** Express 5 with express-session, through the adapter. */

import { answersDuringOutages, refusesStrangers } from './adapter';
import { expressSession as middleware } from './middlewares';
import { itKeepsForBrowserSessionLifetime } from './behaviours';
import {
  behavesAsSessions,
  behavesOnServers,
  cookieLine,
  describeFormats,
  eventually,
  open,
  seen,
  type Scene,
} from './support';
import { signed } from './signed';

const printed = (scene: Scene, text: string | RegExp): Promise<void> =>
  eventually(() => {
    expect(scene.output()).toMatch(text);
    return Promise.resolve();
  });

describe('Express 5 with express-session', () => {
  behavesOnServers(middleware, 'esm');
  answersDuringOutages(middleware);
  refusesStrangers(middleware, 'cjs', (id) => signed(id, 'a key of the tests'));

  describeFormats((format) => {
    behavesAsSessions(middleware, { format });

    it('prolongs a session with each visit, in the cookie too if it is rolling', async () => {
      for (const rolling of [false, true]) {
        const scene = await open(middleware, { format, session: { rolling, cookie: { maxAge: 60_000 } } });
        const ann = scene.visitor();
        await ann.post('/login?user=ann');
        const first = await scene.row();

        await eventually(async () => {
          expect(cookieLine(await ann.get('/'), middleware.cookie) !== undefined).toBe(rolling);
          expect((await scene.row()).expires).toBeGreaterThan(first.expires);
        });

        expect((await scene.row()).data).toEqual(first.data);
      }
    });

    itKeepsForBrowserSessionLifetime(middleware, format);

    it('ends a session when its cookie.expires says so, and stores nothing for one that is past', async () => {
      const scene = await open(middleware, { format });
      const ann = scene.visitor();
      const end = Date.now() + 3_600_000;

      expect(cookieLine(await ann.post(`/login?user=ann&expires=${end}`), middleware.cookie)).toContain(
        `Expires=${new Date(end).toUTCString()}`,
      );
      const { expires } = await scene.row();
      expect(expires * 1000).toBeGreaterThanOrEqual(end);
      expect(expires * 1000).toBeLessThanOrEqual(end + 3_600_000 * 0.01);

      await ann.post('/login?user=ann&expires=1000');
      expect(await scene.rows()).toEqual([]);
    });

    it('saves and reloads when the app says so', async () => {
      const scene = await open(middleware, { format });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');

      expect(seen(await ann.post('/visit-and-save'))).toEqual({ user: 'ann', visits: 1 });
      expect(seen(await ann.post('/visit-and-reload'))).toEqual({ user: 'ann', visits: 1 });
      expect((await scene.row()).data).toMatchObject({ visits: 1 });
    });

    it("ends a session that the app sets to null, with unset: 'destroy'", async () => {
      const scene = await open(middleware, { format, session: { unset: 'destroy' } });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');

      await ann.post('/unset');

      expect(await scene.rows()).toEqual([]);
    });

    it.each([
      ['has reloaded its session', '/reload-slowly', {}],
      ['saves what it has not changed', '/look-slowly', { resave: true }],
    ])('does not undo a logout by a request in flight that %s', async (_how, path, session) => {
      const scene = await open(middleware, { format, session });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      const { cookies } = ann;
      const slow = scene.visitor(cookies).post(path);
      await printed(scene, 'requests on hold: 1');

      await scene.visitor(cookies).post('/logout');
      await scene.visitor().post('/let-go');

      expect(seen(await slow).user).toBe('ann');
      expect(await scene.rows()).toEqual([]);
      expect(seen(await scene.visitor(cookies).get('/')).user).toBeNull();
    });

    it('tells the app of writes that fail, and is not ended by them', async () => {
      const scene = await open(middleware, { format });
      const ann = scene.visitor();
      await ann.post('/login?user=ann');
      await scene.refuseWrites();

      const answer = await ann.post('/visit-and-save');
      expect(answer).toMatchObject({ status: 503, text: expect.stringMatching(/no more writes/) as string });

      // The head of the answer has been sent when the session is saved: the connection is all that can tell.
      await ann.post('/visit').catch(() => undefined);
      await eventually(() => {
        expect(scene.output().match(/^next\(error\): .*no more writes$/gm)).toHaveLength(2);
        return Promise.resolve();
      });

      // Without a callback, it is an event.
      await ann.post('/logout-without-waiting');
      await printed(scene, /^destroy failed: .*no more writes$/m);
      expect(seen(await ann.get('/'))).toEqual({ user: 'ann', visits: 0 });
    });
  });
});
