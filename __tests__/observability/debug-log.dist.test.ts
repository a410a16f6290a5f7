/** NODE_DEBUG=koa-generic-session-knex logs what goes on, and nothing else does. */

import { runProgram } from './support';

const program = `
import createKnex from 'knex';
import { createKnexStore } from 'koa-generic-session-knex';

const knex = createKnex({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
const store = createKnexStore(knex, { tableName: 'Logins', gcFrequency: 0 });
await Promise.all([store.set('an-id', { text: 'a secret' }), store.set('another-id', {})]);
await store.get('an-id');
await store.get('none');
await knex('Logins').insert({ id: 'broken', data: '{', expires: 4000000000 });
await store.get('broken');
await store.gc();
await knex.schema.dropTable('Logins');
await store.destroy('an-id').catch(() => undefined);
await store.close();
await knex.destroy();
`;

test('logs events, calls, statements and sweeps with how long they took', async () => {
  const { stderr: log } = await runProgram(program, { NODE_DEBUG: 'koa-generic-session-knex' });
  const lines = log
    .trim()
    .split('\n')
    .map((line) => line.replace(/^KOA-GENERIC-SESSION-KNEX \d+: /, ''));
  const line = (pattern: RegExp): unknown => expect.stringMatching(pattern);
  expect(lines).toEqual(
    expect.arrayContaining([
      line(/^Logins connect$/),
      line(/^Logins set [\w-]{16}, \d+\.\d ms$/),
      line(/^Logins write rows 2 calls 2, \d+\.\d ms$/),
      line(/^Logins get [\w-]{16} found, \d+\.\d ms$/),
      line(/^Logins get [\w-]{16} not found, \d+\.\d ms$/),
      line(/^Logins error: a row of table 'Logins' cannot be read as a session: .+/),
      line(/^Logins sweep rows 0, \d+\.\d ms$/),
      line(/^Logins gc rows 0, \d+\.\d ms$/),
      line(/^Logins destroy [\w-]{16}, \d+\.\d ms: .*no such table: Logins$/),
    ]),
  );
  for (const secret of ['an-id', 'another-id', 'a secret']) expect(log).not.toContain(secret);
});

test('a codec’s failure is logged without what it says of the session', async () => {
  const { stderr: log } = await runProgram(
    `
    import createKnex from 'knex';
    import { createKnexStore } from 'koa-generic-session-knex';

    const knex = createKnex({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
    const store = createKnexStore(knex, { codec: { encode: JSON.stringify, decode: JSON.parse } });
    await store.ready();
    await knex('Sessions').insert({ id: 'broken', data: 'a secret', expires: 4000000000 });
    await store.get('broken');
    await store.close();
    await knex.destroy();
    `,
    { NODE_DEBUG: 'koa-generic-session-knex' },
  );
  expect(log).toContain('cannot be read as a session: codec.decode failed\n');
  expect(log).not.toContain('a secret');
});

test('logs once what happens in an app that has the package as an ES module and in CommonJS', async () => {
  const { stderr: log } = await runProgram(
    `
    import { createRequire } from 'node:module';
    import createKnex from 'knex';
    import { createKnexStore } from 'koa-generic-session-knex';

    const required = createRequire(process.cwd() + '/')('koa-generic-session-knex');
    const knex = createKnex({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
    const stores = [createKnexStore, required].map((create) => create(knex, { gcFrequency: 0 }));
    await stores[0].set('an-id', {});
    await stores[1].get('an-id');
    await Promise.all(stores.map((store) => store.close()));
    await knex.destroy();
    `,
    { NODE_DEBUG: 'koa-generic-session-knex' },
  );
  const count = (pattern: RegExp): number => log.match(pattern)?.length ?? 0;
  expect({ sets: count(/Sessions set/g), gets: count(/Sessions get/g) }).toEqual({ sets: 1, gets: 1 });
});

test('says nothing unless it is asked', async () => {
  expect((await runProgram(program)).stderr).toBe('');
  expect((await runProgram(program, { NODE_DEBUG: 'http2' })).stderr).toBe('');
});
