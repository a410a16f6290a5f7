/** The demo that `npm start` serves, as its visitors meet it. */

import { createServer, type AddressInfo } from 'node:net';
import { createClient, startApp } from '../support/app';
import { demoFile, handlesIn, useDemoServer } from './demo-server';
import { visitorWith } from './support';

const demo = useDemoServer();

test('a visitor logs in, counts, finds the count again after a restart, and logs out', async () => {
  const visitor = await demo.logIn('Ada');
  await visitor.post('/count');
  const counted = (await visitor.post('/count')).text;
  expect(counted).toMatch(/Hello, <bdi>Ada<\/bdi>/);
  expect(counted).toMatch(/<span class="number">2<\/span>/);
  expect(counted).not.toMatch(/survived a restart/);

  await demo.restart();
  const later = visitorWith(demo.url(), visitor.cookies);
  const restarted = (await later.get('/')).text;
  expect(restarted).toMatch(/<span class="number">2<\/span>/);
  expect(restarted).toMatch(/survived a restart/);

  const thief = visitorWith(demo.url(), later.cookies);
  await later.post('/logout');
  expect((await later.get('/')).text).toMatch(/<h2 id="login">Log in/);
  expect((await thief.get('/')).text).toMatch(/<h2 id="login">Log in/);
});

test('the page shows the stored rows of the visitor, without the id that would be a login', async () => {
  const visitor = await demo.logIn('Ada');
  const other = await demo.logIn('Grace');
  const { text } = await visitor.get('/');
  for (const name of ['plain', 'hashed', 'encrypted'])
    expect(text).toContain(`<code>Sessions_${name}</code>`);
  // Readable in two tables. The third is encrypted.
  expect(text.match(/\{&quot;name&quot;:&quot;Ada&quot;/g)).toHaveLength(2);
  for (const { cookies } of [visitor, other]) {
    const id = cookies.get('demo.sess') ?? '';
    expect(id).toMatch(/^[\da-f-]{36}$/);
    expect(text).toContain(`${id.slice(0, 8)}…`);
    expect(text).not.toContain(id.slice(0, 9));
  }
  expect(text).not.toContain('Grace');
});

test('log in gives a new id: one that was known before is worth nothing', async () => {
  const visitor = await demo.logIn('Ada');
  const before = new Map(visitor.cookies);
  await visitor.post('/login', { name: 'Grace' });
  expect(visitor.cookies.get('demo.sess')).not.toBe(before.get('demo.sess'));
  expect((await visitorWith(demo.url(), before).get('/')).text).toMatch(/<h2 id="login">Log in/);
});

test('a name that will not do gets a message', async () => {
  const visitor = createClient(demo.url());
  for (const [name, message] of [
    ['', 'Please enter a name'],
    ['   ', 'Please enter a name'],
    ['x'.repeat(41), 'too long'],
    ['a\0b', 'without control characters'],
  ] as const) {
    const { status, text } = await visitor.post('/login', { name });
    expect(status).toBe(422);
    expect(text).toContain(message);
  }
  expect((await visitor.post('/login', { other: 'field' })).status).toBe(422);
});

test('what is no request of this page is refused, with a page for people', async () => {
  const visitor = createClient(demo.url());
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await visitor.get('/nowhere')).status).toBe(404);
  expect((await visitor.get('/nowhere')).text).toMatch(/Page not found/);
  expect((await visitor.get('/logout')).status).toBe(405);
  expect((await visitor.post('/login', undefined, { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await visitor.post('/login', { name: 'x'.repeat(5_000) })).status).toBe(413);
  expect((await visitor.post('/count', undefined, { ...form, 'sec-fetch-site': 'cross-site' })).status).toBe(
    403,
  );
});

test('a visitor logs out devices of his own, this one included, and no table keeps anything of them', async () => {
  const visitor = await demo.logIn('Ada');
  const aloneInAllTables = (text: string): void => {
    expect(text).toMatch(/logged in on 1 device\./);
    expect(text.match(/No other rows\./g)).toHaveLength(3);
  };

  const second = await demo.logIn('Ada');
  const [own = '', other = ''] = handlesIn((await visitor.get('/')).text);
  aloneInAllTables((await visitor.post('/devices/logout', { handle: other })).text);
  expect((await second.get('/')).text).toMatch(/Your session on this device has ended/);
  expect((await visitor.post('/devices/logout', { handle: other })).status).toBe(409);

  await demo.logIn('Ada');
  await demo.logIn('Ada');
  aloneInAllTables((await visitor.post('/devices/logout-others')).text);

  expect((await visitor.post('/devices/logout', { handle: own })).text).toMatch(/<h2 id="login">Log in/);
  aloneInAllTables((await (await demo.logIn('Ada')).get('/')).text);
});

test.each([
  ['Firefox on Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  [
    'Edge on Windows',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 ' +
      'Safari/537.36 Edg/138.0.0.0',
  ],
  [
    'Chrome on Android',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile ' +
      'Safari/537.36',
  ],
  [
    'Safari on macOS',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 ' +
      'Safari/605.1.15',
  ],
  ['Unknown browser', '<script>alert(1)</script>'],
  ['Unknown browser', ''],
])('%s is told by its User-Agent, in our own words', async (device, userAgent) => {
  const visitor = createClient(demo.url());
  await visitor.post('/login', { name: 'Ada' }, { 'user-agent': userAgent });
  const { text } = await visitor.get('/');
  expect(text).toContain(`<strong>${device}</strong>`);
  expect(text).not.toContain('alert');
});

test('a port that is in use, or none, gets a clear message', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const PORT = String((other.address() as AddressInfo).port);
  await expect(startApp(demoFile, { env: { ...demo.env(), PORT } })).rejects.toThrow(
    `Port ${PORT} is in use`,
  );
  await expect(startApp(demoFile, { env: { ...demo.env(), PORT: 'http' } })).rejects.toThrow(
    /PORT must be a number/,
  );
  await new Promise((resolve) => other.close(resolve));
});
