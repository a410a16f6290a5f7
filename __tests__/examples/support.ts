/** What the tests of the examples share: a folder of their own, and a visitor's way through a small app. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, startApp, type App, type Client } from '../support/app';

/** The environment of an example: a database file of its own, and a key that outlives a restart. */
export const exampleEnvironment = (): { env: NodeJS.ProcessEnv; remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-example-'));
  return {
    env: {
      DATABASE_FILE: join(folder, 'sessions.sqlite'),
      SESSION_KEY: 'a key of the tests, of 32 bytes at least',
      ADMIN_PORT: '0',
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
};

/** A visitor with the cookies of another: of the same person later, or of a thief. */
export const visitorWith = (url: string, cookies: ReadonlyMap<string, string>): Client => {
  const client = createClient(url);
  for (const [name, value] of cookies) client.cookies.set(name, value);
  return client;
};

/** Asks until the answer is the one expected: koa-session-minimal answers before it has written. */
const eventually = async (ask: () => Promise<string>, expected: RegExp): Promise<void> => {
  for (let tries = 0; tries < 100; tries += 1) {
    if (expected.test(await ask())) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await ask()).toMatch(expected);
};

/**
 * Logs in, counts, restarts the app, finds the count again, logs out.
 *
 * @param file of the example; its app prints its address, and has /login, / and /logout
 */
export const walkThrough = async (file: string, env: NodeJS.ProcessEnv): Promise<void> => {
  let app: App = await startApp(file, { env });
  const visitor = createClient(app.url);
  expect((await visitor.get('/')).text).toMatch(/Not logged in/);
  expect((await visitor.post('/login?name=Ada')).text).toMatch(/^Welcome.*Ada$/);
  await eventually(async () => (await visitor.get('/')).text, /^Ada, visit \d/);
  await eventually(async () => (await visitor.get('/')).text, /^Ada, visit [2-9]/);

  expect(await app.stop()).toBe(0);
  app = await startApp(file, { env });
  const later = visitorWith(app.url, visitor.cookies);
  await eventually(async () => (await later.get('/')).text, /^Ada, visit [3-9]/);

  const stolen = new Map(later.cookies);
  expect((await later.post('/logout')).text).toBe('Goodbye');
  expect((await later.get('/')).text).toMatch(/Not logged in/);
  const thief = async (): Promise<string> => (await visitorWith(app.url, stolen).get('/')).text;
  await eventually(thief, /Not logged in/);
  expect(app.output()).not.toMatch(/error/i);
  expect(await app.stop()).toBe(0);
};
