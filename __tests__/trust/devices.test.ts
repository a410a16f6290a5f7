/** Log out on one device, on all others, everywhere: over HTTP, with the middlewares that Koa apps have. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { middlewares } from '../faults/support';
import { createClient, startApp, type App, type Client } from '../support/app';

const secret = 'first: c2f0a94b7d1e6853c4b7a96e0d5f1823';
const folder = mkdtempSync(join(tmpdir(), 'sessions-devices-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Device {
  handle: string;
  current: boolean;
  device: string;
}

describe.each(middlewares)('%s', (middleware) => {
  describe.each([{}, { hashIds: true, secret }])('with %j', (options) => {
    let app: App;

    const answer = async (request: Promise<{ text: string }>): Promise<unknown> =>
      JSON.parse((await request).text);

    const logIn = async (user: string, device: string): Promise<Client> => {
      const client = createClient(app.url);
      expect(await whoIs(client)).toBe('nobody');
      expect(await answer(client.post(`/login?user=${user}&device=${device}`))).toBe(user);
      return client;
    };

    const whoIs = (client: Client): Promise<unknown> => answer(client.get('/'));

    const devicesOf = async (client: Client): Promise<Device[]> =>
      (await answer(client.get('/devices'))) as Device[];

    beforeAll(async () => {
      app = await startApp('__tests__/trust/apps/devices.mjs', {
        env: {
          DATABASE_CLIENT: 'better-sqlite3',
          DATABASE_URL: join(folder, `${middleware}-${Object.keys(options).length}.sqlite`),
          MIDDLEWARE: middleware,
          STORE_OPTIONS: JSON.stringify(options),
        },
      });
    });

    afterAll(async () => {
      expect(await app.stop()).toBe(0);
    });

    test('a user sees their devices, and logs out on one, on all others, everywhere', async () => {
      const phone = await logIn('ann', 'phone');
      const laptop = await logIn('ann', 'laptop');
      const library = await logIn('ann', 'library');
      const bob = await logIn('bob', 'desk');
      const seen = await devicesOf(phone);
      expect(new Map(seen.map(({ device, current }) => [device, current]))).toEqual(
        new Map([
          ['library', false],
          ['laptop', false],
          ['phone', true],
        ]),
      );
      const { handle = '' } = seen.find(({ device }) => device === 'library') ?? {};
      expect(await answer(phone.post(`/logout?handle=${handle}`))).toBe(true);
      expect([await whoIs(library), await whoIs(laptop)]).toEqual(['nobody', 'ann']);
      expect(await answer(phone.post('/logout-others'))).toBe(1);
      expect([await whoIs(laptop), await whoIs(phone)]).toEqual(['nobody', 'ann']);
      const tablet = await logIn('ann', 'tablet');
      expect(await answer(phone.post('/logout-everywhere'))).toBe(2);
      expect([await whoIs(phone), await whoIs(tablet), await whoIs(bob)]).toEqual([
        'nobody',
        'nobody',
        'bob',
      ]);
    });

    test('a request in flight does not log in again what was logged out everywhere', async () => {
      const phone = await logIn('cleo', 'phone');
      const laptop = await logIn('cleo', 'laptop');
      const visits = Array.from({ length: 20 }, () => laptop.get('/'));
      await phone.post('/logout-everywhere');
      await Promise.all(visits);
      expect(await whoIs(laptop)).toBe('nobody');
    });

    test('a new password ends all sessions, and this one goes on under another id', async () => {
      const phone = await logIn('dora', 'phone');
      const laptop = await logIn('dora', 'laptop');
      const stolen = createClient(app.url);
      for (const [name, value] of phone.cookies) stolen.cookies.set(name, value);
      expect(await whoIs(stolen)).toBe('dora');
      expect(await answer(phone.post('/password'))).toBe('dora');
      expect([await whoIs(phone), await whoIs(laptop), await whoIs(stolen)]).toEqual([
        'dora',
        'nobody',
        'nobody',
      ]);
      expect(await devicesOf(phone)).toMatchObject([{ device: 'phone', current: true }]);
    });

    test('a login changes the id, so that nobody who knew the old one is in', async () => {
      const client = createClient(app.url);
      await client.post('/login?user=mallory&device=own');
      const known = new Map(client.cookies);
      await client.post('/login?user=ann&device=victim');
      const attacker = createClient(app.url);
      for (const [name, value] of known) attacker.cookies.set(name, value);
      expect(await whoIs(attacker)).toBe('nobody');
      expect(await whoIs(client)).toBe('ann');
    });
  });
});
