/** What a browsing user with a rolling session costs: reads, and one small write for each bucket of the expiry. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import createKnex from 'knex';
import { createKnexStore } from '../../lib';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- it has no types
const session = require('koa-generic-session') as (options: object) => Koa.Middleware;

const day = 86_400_000;
/** The bucket of a session that lives for a day: 512 s. */
const bucket = 512_000;

test('a rolling session that nobody changes is written once in a bucket, and then only its expiry', async () => {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
  });
  const store = createKnexStore(knex);
  await store.ready();
  const app = new Koa();
  app.keys = ['a key'];
  app.use(session({ store, rolling: true, cookie: { maxAge: day } }));
  app.use((ctx) => {
    const { session } = ctx as unknown as { session: { user?: string } };
    if (ctx.path === '/login') session.user = 'ada';
    ctx.body = session.user;
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // The middle of a bucket, so that the test's own time crosses no border.
  let now = Math.floor(Date.now() / bucket) * bucket + bucket / 2;
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
  const statements: string[] = [];
  knex.on('query', ({ sql }: { sql: string }) => statements.push(sql.replace(/\s+/g, ' ').trim()));

  try {
    const login = await fetch(`${url}/login`);
    const cookie = login.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const browse = async (pages: number): Promise<string[]> => {
      statements.length = 0;
      for (let page = 0; page < pages; page += 1) {
        expect(await (await fetch(url, { headers: { cookie } })).text()).toBe('ada');
      }
      return statements.filter((sql) => !sql.startsWith('SELECT'));
    };

    const before = await knex<{ data: string }>('Sessions').first();
    expect(await browse(10)).toEqual([]);
    now += bucket;
    expect(await browse(10)).toEqual([expect.stringMatching(/^UPDATE `Sessions` SET `expires` = \? WHERE/)]);
    now += 10 * bucket;
    expect(await browse(10)).toHaveLength(1);
    const after = await knex<{ data: string; expires: number }>('Sessions').first();
    expect(after?.data).toBe(before?.data);
    expect((after?.expires ?? 0) * 1000).toBeGreaterThanOrEqual(now + day);
  } finally {
    clock.mockRestore();
    server.close();
    server.closeAllConnections();
    await store.close();
    await knex.destroy();
  }
});
