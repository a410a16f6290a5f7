/** The demo as whoever attacks it, or its visitors, meets it. */

import { statSync } from 'node:fs';
import { createClient } from '../support/app';
import { handlesIn, useDemoServer } from './demo-server';

const demo = useDemoServer();

test('markup in a name is shown, not obeyed', async () => {
  const name = `<b a="1">'&</b>`;
  const { text } = await (await demo.logIn(name)).get('/');
  expect(text).toContain('&lt;b a=&quot;1&quot;&gt;&#39;&amp;&lt;/b&gt;');
  expect(text).not.toContain('<b a');
});

test.each([
  ['a quote', `"'\``],
  ['SQL', "'; DROP TABLE Sessions_encrypted; --"],
  ['a member of every object', '__proto__'],
  ['right to left', '\u202Eevil'],
  ['beyond the basic plane', '🦄'.repeat(20)],
])('a name may be %s: it has its own sessions, and a logout everywhere', async (_what, name) => {
  const visitor = await demo.logIn(name);
  const second = await demo.logIn(name);
  const ada = await demo.logIn('Ada');
  expect((await visitor.get('/')).text).toMatch(/logged in on 2 devices/);
  expect((await visitor.post('/devices/logout-others')).text).toMatch(/logged in on 1 device\./);
  expect((await second.get('/')).text).toMatch(/Your session on this device has ended/);
  expect((await ada.get('/')).text).toMatch(/Hello, <bdi>Ada<\/bdi>/);
});

test('no other site can do anything here', async () => {
  const visitor = await demo.logIn('Ada');
  await demo.logIn('Ada');
  const [, handle = ''] = handlesIn((await visitor.get('/')).text);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const site of ['cross-site', 'same-site']) {
    const from = { ...form, 'sec-fetch-site': site };
    for (const path of [
      '/login',
      '/count',
      '/burst',
      '/devices/logout',
      '/devices/logout-others',
      '/logout',
    ]) {
      expect([path, (await visitor.post(path, { name: 'Eve', handle }, from)).status]).toEqual([path, 403]);
    }
  }
  const { text } = await visitor.get('/');
  expect(text).toMatch(/Hello, <bdi>Ada<\/bdi>/);
  expect(text).toMatch(/logged in on 2 devices/);
});

test('the handle of somebody else, or what is none, ends no session', async () => {
  const grace = await demo.logIn('Grace');
  const visitor = await demo.logIn('Ada');
  const [ofGrace = ''] = handlesIn((await grace.get('/')).text);
  const [own = ''] = handlesIn((await visitor.get('/')).text);
  const [digest, user] = own.split('.');
  const hostile = [
    ofGrace,
    `${ofGrace.split('.')[0] ?? ''}.${user ?? ''}`,
    `${digest ?? ''}.`,
    `${own} `,
    own.toLowerCase(),
    '',
    '%',
    "' OR 1=1 --",
    '__proto__',
    '\0',
    visitor.cookies.get('demo.sess') ?? '',
    'x'.repeat(4_000),
  ];
  for (const handle of hostile) {
    const { status, text } = await visitor.post('/devices/logout', { handle });
    expect([handle, status]).toEqual([handle, 409]);
    expect(text).toMatch(/Device not found/);
  }
  expect((await visitor.post('/devices/logout', { other: own })).status).toBe(409);
  expect((await visitor.get('/')).text).toMatch(/logged in on 1 device\./);
  expect((await grace.get('/')).text).toMatch(/Hello, <bdi>Grace<\/bdi>/);
});

test('who is not logged in is asked to, whatever the form', async () => {
  const visitor = createClient(demo.url());
  for (const path of ['/count', '/burst', '/devices/logout', '/devices/logout-others', '/logout']) {
    const { status, headers } = await visitor.post(path);
    expect([path, status, headers.get('location')]).toEqual([path, 303, '/']);
  }
});

test('the cookie is out of reach of scripts and other sites, and the page runs no scripts but its own', async () => {
  const visitor = createClient(demo.url());
  const { headers } = await visitor.post('/login', { name: 'Ada' });
  for (const line of headers.getSetCookie()) expect(line).toMatch(/; samesite=lax; httponly/i);
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'self'; style-src 'self';/,
  );
  const { text } = await visitor.get('/');
  expect(text.match(/<script/g)).toHaveLength(1);
  expect(text).not.toMatch(/ (style|on\w+)="/);
  expect((await visitor.get('/')).headers.get('cache-control')).toBe('no-store');
  expect((await visitor.get('/base.css')).headers.get('content-type')).toMatch(/^text\/css/);
  expect((await visitor.get('/live.mjs')).headers.get('content-type')).toMatch(
    /^(text|application)\/javascript/,
  );
});

test.each(['keys', 'secret'])('the .%s file can be read by its owner only', (name) => {
  expect(statSync(`${demo.env().DATABASE_FILE ?? ''}.${name}`).mode & 0o777).toBe(0o600);
});
