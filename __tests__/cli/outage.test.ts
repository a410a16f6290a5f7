/** The database stops while the command is running. */

import type { DatabaseServer } from '../support/database-server';
import { createPostgres } from '../support/postgres-server';
import knexModule from 'knex';
import { createFolder, type Folder } from './support';

let server: DatabaseServer;
let folder: Folder;

beforeAll(async () => {
  server = await createPostgres();
  await server.start();
  folder = createFolder();
});

afterAll(async () => {
  folder.remove();
  await server.remove();
});

it('gc waits for it, and continues', async () => {
  // Slow enough to be running when the server stops.
  folder.write(
    'knexfile.js',
    `module.exports = {
  client: 'pg', connection: '${server.url}',
  postProcessResponse: (x) => (Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200), x),
};`,
  );
  folder.write('options.cjs', 'module.exports = { retryTimeout: 600_000 };');
  await folder.run(['sync']);
  const knex = knexModule({ client: 'pg', connection: server.url });
  const total = 10_000;
  const rows = Array.from({ length: total }, (_, n) => ({ id: `old ${n}`, data: '{}', expires: 1 + n }));
  await knex.batchInsert('Sessions', rows, 1_000);
  await knex.destroy();

  const running = folder.start(['gc', '--options', 'options.cjs']);
  await running.says(/deleting: /);
  await server.kill();
  await running.says(/the database is unavailable, retrying: /);
  await server.start();
  const { code, stdout, stderr } = await running.ended;

  expect({ code, stdout }).toMatchObject({ code: 0 });
  expect(stdout).toMatch(/^[\d,]+ expired rows deleted from table 'Sessions'\n$/);
  expect(stderr).toContain('the database is available again\n');
  const after = knexModule({ client: 'pg', connection: server.url });
  expect(await after('Sessions').select('id')).toEqual([]);
  await after.destroy();
});

it('gc can be interrupted while it waits', async () => {
  await folder.run(['sync']);
  const knex = knexModule({ client: 'pg', connection: server.url });
  const rows = Array.from({ length: 5_000 }, (_, n) => ({ id: `old ${n}`, data: '{}', expires: 1 + n }));
  await knex.batchInsert('Sessions', rows, 1_000);
  await knex.destroy();

  const running = folder.start(['gc', '--options', 'options.cjs']);
  await running.says(/deleting: /);
  await server.kill();
  await running.says(/the database is unavailable, retrying: /);
  running.interrupt();
  const { code, stdout } = await running.ended;

  expect(code).toBe(130);
  expect(stdout).toMatch(
    /^interrupted: [\d,]+ of 5,000 expired rows deleted .*; run it again to continue\n$/,
  );
});

it('rekey waits for it, says so, and continues', async () => {
  await server.start();
  folder.write('rekey.cjs', "module.exports = { retryTimeout: 600_000, hashIds: 'migrate' };");
  const total = 600;
  const knex = knexModule({ client: 'pg', connection: server.url });
  await knex('Sessions').del();
  const rows = Array.from({ length: total }, (_, n) => ({
    id: `id-${n}`,
    data: '{}',
    expires: 4_000_000_000,
  }));
  await knex.batchInsert('Sessions', rows, 1_000);
  await knex.destroy();

  const running = folder.start(['rekey', '--options', 'rekey.cjs']);
  await running.says(/rekeying: /);
  await server.kill();
  await running.says(/the database is unavailable, retrying: /);
  await server.start();
  const { code, stdout, stderr } = await running.ended;

  expect({ code, stdout }).toMatchObject({ code: 0 });
  expect(stderr).toContain('the database is available again\n');
  const after = knexModule({ client: 'pg', connection: server.url });
  expect(await after('Sessions').whereNot('id', 'like', 'sha256:%').select('id')).toEqual([]);
  expect(await after('Sessions').count('* as n').first()).toEqual({ n: String(total) });
  await after.destroy();
});
