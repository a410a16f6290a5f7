/** The demo that `npm start` serves, as its visitors and whoever attacks it meet it. */

import { statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { createClient, startApp, type App, type Client } from '../support/app';
import { exampleEnvironment, visitorWith } from './support';

const file = 'examples/demo/server.mjs';

let env: NodeJS.ProcessEnv;
let remove: () => void;
let app: App;

const start = (): Promise<App> => startApp(file, { env });

const logIn = async (name: string): Promise<Client> => {
  const visitor = createClient(app.url, { followRedirects: true });
  await visitor.post('/login', { name });
  return visitor;
};

beforeEach(async () => {
  ({ env, remove } = exampleEnvironment());
  app = await start();
});

afterEach(async () => {
  await app.stop();
  remove();
});

test('a visitor logs in, counts, finds the count again after a restart, and logs out', async () => {
  const visitor = await logIn('Ada');
  await visitor.post('/count');
  const counted = (await visitor.post('/count')).text;
  expect(counted).toMatch(/Hello, <bdi>Ada<\/bdi>/);
  expect(counted).toMatch(/<span class="number">2<\/span>/);
  expect(counted).not.toMatch(/survived a restart/);

  expect(await app.stop()).toBe(0);
  app = await start();
  const later = visitorWith(app.url, visitor.cookies);
  const restarted = (await later.get('/')).text;
  expect(restarted).toMatch(/<span class="number">2<\/span>/);
  expect(restarted).toMatch(/survived a restart/);

  const thief = visitorWith(app.url, later.cookies);
  await later.post('/logout');
  expect((await later.get('/')).text).toMatch(/<h2 id="login">Log in/);
  expect((await thief.get('/')).text).toMatch(/<h2 id="login">Log in/);
});

test('the page shows the stored row of the visitor, without the id that would be a login', async () => {
  const visitor = await logIn('Ada');
  const { text } = await visitor.get('/');
  expect(text).toMatch(/table <code>Sessions<\/code>/);
  expect(text).toContain('{&quot;name&quot;:&quot;Ada&quot;');
  expect(text).toMatch(/<time class="hint" datetime="20\d\d-/);
  const id = visitor.cookies.get('demo.sess') ?? '';
  expect(id).toMatch(/^[\da-f-]{36}$/);
  expect(text).toContain(id.slice(0, 8));
  expect(text).not.toContain(id);
});

test('log in gives a new id: one that was known before is worth nothing', async () => {
  const visitor = await logIn('Ada');
  const before = new Map(visitor.cookies);
  await visitor.post('/login', { name: 'Grace' });
  expect(visitor.cookies.get('demo.sess')).not.toBe(before.get('demo.sess'));
  expect((await visitorWith(app.url, before).get('/')).text).toMatch(/<h2 id="login">Log in/);
});

test('markup in a name is shown, not obeyed', async () => {
  const name = `<b a="1">'&</b>`;
  const { text } = await (await logIn(name)).get('/');
  expect(text).toContain('&lt;b a=&quot;1&quot;&gt;&#39;&amp;&lt;/b&gt;');
  expect(text).not.toContain('<b a');
});

test('a name that will not do gets a message', async () => {
  const visitor = createClient(app.url);
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
  const visitor = createClient(app.url);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await visitor.get('/nowhere')).status).toBe(404);
  expect((await visitor.get('/nowhere')).text).toMatch(/There is no such page/);
  expect((await visitor.get('/logout')).status).toBe(405);
  expect((await visitor.post('/login', undefined, { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await visitor.post('/login', { name: 'x'.repeat(5_000) })).status).toBe(413);
  expect((await visitor.post('/count', undefined, { ...form, 'sec-fetch-site': 'cross-site' })).status).toBe(
    403,
  );
});

test('the cookie is out of reach of scripts and other sites, and the page runs no scripts', async () => {
  const visitor = createClient(app.url);
  const { headers } = await visitor.post('/login', { name: 'Ada' });
  for (const line of headers.getSetCookie()) expect(line).toMatch(/; samesite=lax; httponly/i);
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  expect((await visitor.get('/')).headers.get('cache-control')).toBe('no-store');
  expect((await visitor.get('/style.css')).headers.get('content-type')).toMatch(/^text\/css/);
});

test('the key that signs cookies can be read by its owner only', () => {
  expect(statSync(`${env.DATABASE_FILE ?? ''}.keys`).mode & 0o777).toBe(0o600);
});

test('a port that is in use, or none, gets a clear message', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const PORT = String((other.address() as AddressInfo).port);
  await expect(startApp(file, { env: { ...env, PORT } })).rejects.toThrow(`Port ${PORT} is in use`);
  await expect(startApp(file, { env: { ...env, PORT: 'http' } })).rejects.toThrow(/PORT must be a number/);
  await new Promise((resolve) => other.close(resolve));
});
