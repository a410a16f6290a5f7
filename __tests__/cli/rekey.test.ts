/** `rekey`: from plain ids and sessions to hashed ids and sealed sessions. */

import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { createKnexStore, type CreateKnexStoreOptions } from '../../lib';
import {
  betterSqlite3,
  describeOn,
  mysql,
  newTableName,
  postgres,
  type Database,
} from '../support/databases';
import { createFolder, documentOf, type Ended, type Folder } from './support';

const databases: [client: string, database: Database][] = [
  ['better-sqlite3', betterSqlite3()],
  ['pg', postgres()],
  ['mysql2', mysql()],
];

const day = 86_400_000;

describe.each(databases)('rekey with client %s', (client, database) => {
  describeOn(database, () => {
    let folder: Folder;
    let knex: Knex;
    let tableName: string;
    let secret: string;

    beforeAll(() => {
      knex = database.connect();
    });

    afterAll(async () => {
      await knex.destroy();
      database.remove?.();
    });

    const writeKnexfile = (more = ''): void => {
      const connection = JSON.stringify(database.connection);
      folder.write(
        'knexfile.js',
        `module.exports = { client: '${client}', connection: ${connection}, useNullAsDefault: true, ${more} };`,
      );
    };

    beforeEach(() => {
      folder = createFolder();
      writeKnexfile();
      tableName = newTableName();
      secret = randomBytes(32).toString('base64');
    });

    afterEach(async () => {
      await knex.schema.dropTableIfExists(tableName);
      folder.remove();
    });

    const how = (): { env: NodeJS.ProcessEnv } => ({ env: { STORE_SECRET: secret } });

    const writeOptions = (more: string): void => {
      folder.write('options.mjs', `export default { tableName: '${tableName}', ${more} };`);
    };

    const migration = `hashIds: 'migrate', secret: process.env.STORE_SECRET, readPlain: true,`;

    const run = (command: string, ...args: string[]): Promise<Ended> =>
      folder.run([command, '--options', 'options.mjs', ...args], how());

    const fill = async (
      count: number,
      options: CreateKnexStoreOptions<{ user: string }> = {},
      prefix = 'sid',
    ): Promise<void> => {
      const store = createKnexStore(knex, { tableName, ...options });
      const numbers = Array.from({ length: count }, (_, n) => n);
      await Promise.all(numbers.map((n) => store.set(`${prefix}${n}`, { user: `user ${n}` }, day)));
      await store.close();
    };

    const rows = (): Promise<{ id: string; data: string }[]> => knex(tableName).select('*');

    it('hashes all ids and seals all data: the strictest store finds every session', async () => {
      await fill(1_000);
      writeOptions(migration);

      const { code, stdout, stderr } = await run('rekey', '--batch-size', '100');

      expect(code).toBe(0);
      expect(stdout).toBe(
        `table '${tableName}': 1,000 rows seen: 1,000 changed, 0 already right, 0 unreadable\n`,
      );
      expect(stderr).toMatch(/^rekeying: 100 of 1,000 rows \(10 %\)\n/);
      expect(stderr).toMatch(/rekeying: 1,000 of 1,000 rows \(100 %\)\n$/);
      for (const { id, data } of await rows()) {
        expect(id).toMatch(/^sha256:/);
        expect(data).toMatch(/^v1\./);
      }
      const store = createKnexStore<{ user: string }>(knex, {
        tableName,
        hashIds: true,
        secret,
        sync: false,
      });
      for (let n = 0; n < 1_000; n += 1) expect(await store.get(`sid${n}`)).toEqual({ user: `user ${n}` });
      await store.close();
      expect(documentOf(await run('stats', '--json'))).toMatchObject({
        rows: 1_000,
        live: 1_000,
        hashedIds: 1_000,
        sealedData: 1_000,
      });
    });

    it('leaves rows that are already right unchanged', async () => {
      await fill(20);
      writeOptions(migration);
      await run('rekey');
      const before = await rows();
      await fill(10, {}, 'another');

      const ended = await run('rekey', '--json');

      expect(documentOf(ended)).toEqual({
        table: tableName,
        total: 30,
        seen: 30,
        changed: 10,
        alreadyRight: 20,
        unreadable: 0,
        interrupted: false,
      });
      expect(await rows()).toEqual(expect.arrayContaining(before));
    });

    it('stores the owners of sessions, once `sync` has added their column', async () => {
      await fill(10);
      writeOptions('userId: ({ user }) => user,');

      const early = await run('rekey');
      expect(early).toMatchObject({ code: 1, stdout: '' });
      expect(early.stderr).toMatch(/^error: table '.*' lacks what the options need: run `sync`/);

      expect(await run('sync')).toMatchObject({ code: 0 });
      expect(documentOf(await run('rekey', '--json'))).toMatchObject({ seen: 10, changed: 10 });

      const store = createKnexStore<{ user: string }>(knex, { tableName, userId: ({ user }) => user });
      for (let n = 0; n < 10; n += 1) {
        const sessions = await store.sessionsOf(`user ${n}`);
        expect(sessions.map(({ session }) => session)).toEqual([{ user: `user ${n}` }]);
      }
      await store.close();
    });

    it('exits with code 1 if it cannot read some rows, and changes all others', async () => {
      await fill(10);
      await fill(5, { secret: randomBytes(32).toString('base64') }, 'lost');
      writeOptions(migration);

      const { code, stdout, stderr } = await run('rekey');

      expect(code).toBe(1);
      expect(stdout).toContain('15 rows seen: 10 changed, 0 already right, 5 unreadable\n');
      expect(stderr).toMatch(/unreadable rows were left as they are/);
      expect((await rows()).filter(({ id }) => id.startsWith('lost'))).toHaveLength(5);
    });

    it('stops after its batch when interrupted, and continues when run again', async () => {
      const total = 1_000;
      await fill(total);
      writeOptions(migration);
      writeKnexfile(
        'postProcessResponse: (x) => (Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30), x),',
      );

      const running = folder.start(['rekey', '--options', 'options.mjs', '--batch-size', '50'], how());
      await running.says(/rekeying: .* rows/);
      running.interrupt();
      const { code, stdout, stderr } = await running.ended;

      const changed = (await rows()).filter(({ id }) => id.startsWith('sha256:')).length;
      expect(code).toBe(130);
      expect(changed).toBeGreaterThan(0);
      expect(changed).toBeLessThan(total);
      expect(stdout).toMatch(
        new RegExp(
          `: interrupted after [\\d,]+ of 1,000 rows: ${changed} changed, .*; run it again to continue\n$`,
        ),
      );
      expect(stderr).toContain('stopping after this step\n');

      writeKnexfile();
      expect(documentOf(await run('rekey', '--json'))).toMatchObject({
        changed: total - changed,
        alreadyRight: changed,
        interrupted: false,
      });
      expect((await rows()).every(({ id, data }) => id.startsWith('sha256:') && data.startsWith('v1.'))).toBe(
        true,
      );
    });
  });
});
