/** Every small example does what it says, as a process of its own. */

import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import knexModule from 'knex';
import { createClient, startApp } from '../support/app';
import { exampleEnvironment, walkThrough } from './support';

let env: NodeJS.ProcessEnv;
let remove: () => void;

beforeEach(() => {
  ({ env, remove } = exampleEnvironment());
});

afterEach(() => {
  remove();
});

test.each([
  'koa1.cjs',
  'koa2-generic-session.mjs',
  'koa3-koa-session.mjs',
  'koa-session-minimal.mjs',
  'two-apps.mjs',
  'express.mjs',
  'fastify.mjs',
])('%s: log in, count, restart, log out', (file) => walkThrough(`examples/${file}`, env));

test('two-apps.mjs: each app has sessions, a table and a sweep frequency of its own', async () => {
  const app = await startApp('examples/two-apps.mjs', { env });
  const adminUrl = /admin: (\S+)/.exec(app.output())?.[1] ?? '';
  const shop = createClient(app.url);
  const admin = createClient(adminUrl);
  await shop.post('/login?name=Ada');
  // One host, one jar: what the shop set is sent to the admin app as well.
  for (const [name, value] of shop.cookies) admin.cookies.set(name, value);
  expect((await admin.get('/')).text).toMatch(/Not logged in/);
  await admin.post('/login?name=Grace');
  expect((await admin.get('/')).text).toMatch(/^Grace, visit 1/);
  expect((await shop.get('/')).text).toMatch(/^Ada, visit 1/);
  expect(await app.stop()).toBe(0);

  const knex = knexModule({
    client: 'better-sqlite3',
    connection: { filename: env.DATABASE_FILE ?? '' },
    useNullAsDefault: true,
  });
  for (const table of ['ShopSessions', 'AdminSessions']) expect(await knex(table).select()).toHaveLength(1);
  await knex.destroy();
});

describe('the migration', () => {
  const migrate = (direction: 'latest' | 'rollback'): void => {
    const cli = resolve('node_modules/knex/bin/cli.js');
    const args = [cli, `migrate:${direction}`, '--knexfile', resolve('examples/migration/knexfile.cjs')];
    execFileSync(process.execPath, args, { env: { ...process.env, ...env }, stdio: 'pipe' });
  };

  test('makes the table for an app that makes none, and takes it away again', async () => {
    const early = startApp('examples/migration/app.mjs', { env });
    await expect(early).rejects.toThrow(/there is no table 'Sessions', and sync is false/);
    migrate('latest');
    await walkThrough('examples/migration/app.mjs', env);
    migrate('rollback');
    await expect(startApp('examples/migration/app.mjs', { env })).rejects.toThrow(
      /there is no table 'Sessions'/,
    );
  });
});
