/** `stats`, `sync` and `gc` on every database, with the app running. */

import knexModule, { type Knex } from 'knex';
import { createKnexStore } from '../../lib';
import {
  betterSqlite3,
  describeOn,
  mysql,
  newTableName,
  postgres,
  sqlite3,
  type Database,
} from '../support/databases';
import { createFolder, documentOf, type Ended, type Folder } from './support';

const hour = 3600;
const secondsNow = (): number => Math.floor(Date.now() / 1000);

/** A knexfile for a database. @param more further entries, as JavaScript */
const knexfileFor = (client: string, { connection }: Database, more = ''): string =>
  `module.exports = { client: '${client}', connection: ${JSON.stringify(connection)}, useNullAsDefault: true, ${more} };`;

const databases: [client: string, database: Database][] = [
  ['better-sqlite3', betterSqlite3()],
  ['sqlite3', sqlite3()],
  ['pg', postgres()],
  ['mysql2', mysql()],
];

describe.each(databases)('the command with client %s', (client, database) => {
  describeOn(database, () => {
    let folder: Folder;
    let knex: Knex;
    let tableName: string;

    beforeAll(() => {
      knex = database.connect();
    });

    afterAll(async () => {
      await knex.destroy();
      database.remove?.();
    });

    beforeEach(() => {
      folder = createFolder();
      folder.write('knexfile.js', knexfileFor(client, database));
      tableName = newTableName();
      // Creates the file of a SQLite database.
      return knex.raw('SELECT 1');
    });

    afterEach(async () => {
      await knex.schema.dropTableIfExists(tableName);
      folder.remove();
    });

    const run = (command: string, ...args: string[]): Promise<Ended> =>
      folder.run([command, '--table', tableName, ...args]);

    const insert = async (rows: readonly { id: string; data?: string; expires: number }[]): Promise<void> => {
      await knex.batchInsert(
        tableName,
        rows.map((row) => ({ data: '{}', ...row })),
        200,
      );
    };

    const countRows = async (): Promise<number> => (await knex(tableName).select('id')).length;

    describe('sync', () => {
      it('creates the table for a store that does not', async () => {
        expect(await run('sync')).toEqual({
          code: 0,
          stdout: `table '${tableName}' has been created\n`,
          stderr: '',
        });

        const store = createKnexStore(knex, { tableName, sync: false });
        await store.set('ann', { user: 'ann' });
        expect(await store.get('ann')).toEqual({ user: 'ann' });
        await store.close();
      });

      it('leaves a table that needs nothing unchanged', async () => {
        await run('sync');
        await insert([{ id: 'ann', expires: secondsNow() + hour }]);

        expect(await run('sync')).toMatchObject({ code: 0, stdout: `table '${tableName}' is up to date\n` });
        expect(await countRows()).toBe(1);
      });

      it('prints the SQL with --dry-run, without running it', async () => {
        const { code, stdout, stderr } = await run('sync', '--dry-run');

        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(await knex.schema.hasTable(tableName)).toBe(false);
        const statements = stdout.split(/;\n/).filter((sql) => sql.trim() !== '');
        expect(statements[0]).toMatch(/^CREATE TABLE/);
        for (const sql of statements) await knex.raw(sql.replace(/\?/g, '\\?'));
        expect(await run('sync', '--dry-run')).toEqual({
          code: 0,
          stdout: '',
          stderr: `table '${tableName}' is up to date: nothing to do\n`,
        });
      });

      it('prints the SQL of an upgrade, also as JSON', async () => {
        await run('sync');
        folder.write('options.cjs', 'module.exports = { userId: ({ user }) => user };');

        const ended = await run('sync', '--dry-run', '--json', '--options', 'options.cjs');

        const { statements, ...rest } = documentOf(ended) as { statements: string[] };
        expect(rest).toEqual({ table: tableName, dryRun: true });
        expect(statements.join(';\n')).toMatch(/created_at[^]*user_id/);
        for (const sql of statements) await knex.raw(sql.replace(/\?/g, '\\?'));
        expect((await run('sync', '--options', 'options.cjs')).stdout).toBe(
          `table '${tableName}' is up to date\n`,
        );
      });

      it('adds what the options need', async () => {
        await run('sync');
        folder.write('options.cjs', 'module.exports = { timestamps: true };');

        const { stdout } = await run('sync', '--options', 'options.cjs');

        expect(stdout).toBe(`table '${tableName}' has been upgraded: created_at and updated_at added\n`);
        const store = createKnexStore(knex, { tableName, sync: false, timestamps: true });
        await store.ready();
        await store.close();
      });
    });

    describe('stats', () => {
      it('counts an empty table', async () => {
        await run('sync');

        const ended = await run('stats', '--json');

        expect(documentOf(ended)).toEqual({
          table: tableName,
          rows: 0,
          live: 0,
          expired: 0,
          hashedIds: 0,
          sealedData: 0,
          bytes: expect.any(Number) as number,
          oldest: null,
          firstExpiry: null,
          lastExpiry: null,
          expiring: { hoursPerColumn: 1, sessions: [] },
        });
        const { stdout } = await run('stats');
        expect(stdout).toMatch(/^rows +0$/m);
        expect(stdout).toMatch(/^size +\d+\.\d KiB with its indexes$/m);
      });

      it('counts rows by kind, and live ones by the hour in which they end', async () => {
        await run('sync');
        const now = secondsNow();
        const first = now + hour / 2;
        const last = now + 2.5 * hour;
        await insert([
          { id: 'past', expires: now - hour },
          { id: 'long past', expires: 0 },
          { id: 'first', expires: first },
          { id: 'sha256:abc', expires: first, data: 'v1.abc' },
          { id: 'sha256:def', expires: last, data: '{"not":"v1."}' },
          { id: 'Sha256', expires: last, data: 'v2.abc' },
          { id: 'last', expires: last },
        ]);

        const ended = await run('stats', '--json');

        expect(ended).toMatchObject({ code: 0, stderr: '' });
        expect(documentOf(ended)).toMatchObject({
          rows: 7,
          live: 5,
          expired: 2,
          hashedIds: 2,
          sealedData: 1,
          oldest: null,
          firstExpiry: new Date(first * 1000).toISOString(),
          lastExpiry: new Date(last * 1000).toISOString(),
          expiring: { hoursPerColumn: 1, sessions: [2, 0, 3] },
        });
      });

      it('charts them', async () => {
        await run('sync');
        const now = secondsNow();
        const rows = Array.from({ length: 1_200 }, (_, n) => ({
          id: `sha256:${n}`,
          expires: now + ((n % 3) + 0.5) * hour,
        }));
        await insert([...rows, { id: 'last', expires: now + 99.5 * hour }]);

        const { stdout } = await run('stats');

        expect(stdout).toMatch(/^rows +1,201$/m);
        expect(stdout).toMatch(/^hashed ids +1,200 \(99 %\)$/m);
        expect(stdout).toMatch(/^last to end +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, in 4 days$/m);
        expect(stdout).toMatch(/^sessions ending per 3 hours, at most 1,200:$/m);
        // As high as the chart, and as wide as 34 columns of 3 hours.
        expect(stdout.match(/^│█/gm)).toHaveLength(6);
        expect(stdout).toMatch(/^└─{34}\n now +in 102 hours$/m);
        expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
      });

      it('shows when the oldest session was created if there are timestamps, in any time zone', async () => {
        const store = createKnexStore(knex, { tableName, timestamps: true });
        const before = Date.now();
        await store.set('ann', { user: 'ann' });
        await store.set('ben', { user: 'ben' }, -1);
        const after = Date.now();
        await store.close();

        const ended = await folder.run(['stats', '--json', '--table', tableName], {
          env: { TZ: 'America/St_Johns' },
        });

        const oldest = Date.parse(String(documentOf(ended).oldest));
        // Some columns hold whole seconds.
        expect(oldest).toBeGreaterThanOrEqual(before - 1_000);
        expect(oldest).toBeLessThanOrEqual(after);
      });

      it('counts live sessions as the store does, with absoluteLifetime', async () => {
        const options = { tableName, absoluteLifetime: 3_600_000 };
        const store = createKnexStore(knex, options);
        await store.set('ann', { user: 'ann' }, 86_400_000);
        await store.set('ben', { user: 'ben' }, 86_400_000);
        await store.close();
        await knex(tableName).where({ id: 'ben' }).update({ created_at: '2020-01-01 00:00:00' });
        folder.write('options.cjs', 'module.exports = { absoluteLifetime: 3_600_000 };');

        const ended = await run('stats', '--json', '--options', 'options.cjs');

        expect(documentOf(ended)).toMatchObject({ rows: 2, live: 1, expired: 1 });
      });

      it('reads a table that lacks what the options need, e.g. before `sync`', async () => {
        await run('sync');
        folder.write('options.cjs', 'module.exports = { userId: () => 1, absoluteLifetime: 1_000 };');

        const ended = await run('stats', '--json', '--options', 'options.cjs');

        expect(ended).toMatchObject({ code: 0, stderr: '' });
        expect(documentOf(ended)).toMatchObject({ rows: 0, oldest: null });
      });

      it('works if the app maps identifiers and responses', async () => {
        await run('sync');
        await insert([{ id: 'ann', expires: secondsNow() + hour / 2 }]);
        folder.write(
          'knexfile.js',
          knexfileFor(
            client,
            database,
            `
wrapIdentifier: (name, quote) => quote(name.replace(/^c(\\d)/, 'column_$1')),
postProcessResponse: (response) => Array.isArray(response) && !Array.isArray(response[0])
  ? response.map((row) => typeof row === 'object' && row !== null
    ? Object.fromEntries(Object.entries(row).map(([name, value]) => ['_' + name.toUpperCase(), value]))
    : row)
  : response,`,
          ),
        );

        expect(documentOf(await run('stats', '--json'))).toMatchObject({ rows: 1, live: 1, expired: 0 });
      });
    });

    describe('gc', () => {
      it('deletes expired rows and no others', async () => {
        await run('sync');
        const now = secondsNow();
        const expired = Array.from({ length: 1_500 }, (_, n) => ({ id: `old ${n}`, expires: now - 1 - n }));
        await insert([...expired, { id: 'ann', expires: now + hour }]);

        const { code, stdout, stderr } = await run('gc');

        expect(code).toBe(0);
        expect(stdout).toBe(`1,500 expired rows deleted from table '${tableName}'\n`);
        expect(stderr).toMatch(/^deleting: 1,500 of 1,500 rows \(100 %\)$/m);
        expect(await knex(tableName).select('id')).toEqual([{ id: 'ann' }]);
      });

      it('prints no session data, even if the knexfile turns debugging on', async () => {
        await run('sync');
        await insert([{ id: 'confidential', expires: 1 }]);
        folder.write('knexfile.js', knexfileFor(client, database, 'debug: true,'));

        expect(await run('gc', '--verbose')).toEqual({
          code: 0,
          stdout: `1 expired row deleted from table '${tableName}'\n`,
          stderr: 'deleting: 1 of 1 row (100 %)\n',
        });
      });

      it('does nothing the second time', async () => {
        await run('sync');
        await insert([{ id: 'old', expires: 1 }]);

        expect(documentOf(await run('gc', '--json'))).toEqual({
          table: tableName,
          deleted: 1,
          interrupted: false,
        });
        expect(await run('gc')).toEqual({
          code: 0,
          stdout: `0 expired rows deleted from table '${tableName}'\n`,
          stderr: '',
        });
      });

      it('stops after its step when interrupted, and continues when run again', async () => {
        await run('sync');
        const total = 5_000;
        await insert(Array.from({ length: total }, (_, n) => ({ id: `old ${n}`, expires: 1 + n })));
        // Slow enough to be interrupted.
        const slow =
          'postProcessResponse: (x) => (Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200), x),';
        folder.write('knexfile.js', knexfileFor(client, database, slow));

        const running = folder.start(['gc', '--table', tableName]);
        await running.says(/deleting: .* rows/);
        running.interrupt();
        const { code, stdout, stderr } = await running.ended;

        const left = await countRows();
        expect(code).toBe(130);
        expect(left).toBeGreaterThan(0);
        expect(left).toBeLessThan(total);
        expect(stdout).toBe(
          `interrupted: ${(total - left).toLocaleString('en')} of 5,000 expired rows deleted ` +
            `from table '${tableName}'; run it again to continue\n`,
        );
        expect(stderr).toContain('stopping after this step\n');

        folder.write('knexfile.js', knexfileFor(client, database));
        expect(documentOf(await run('gc', '--json'))).toMatchObject({ deleted: left, interrupted: false });
        expect(await countRows()).toBe(0);
      });
    });
  });
});

describe('the command with any other Knex client', () => {
  /** A client that the library does not know. */
  const otherClient = (more = ''): string => `
const Client = require('knex/lib/dialects/better-sqlite3/index.js');
class OtherClient extends Client {}
OtherClient.prototype.driverName = 'some-other-driver';
module.exports = { client: OtherClient, connection: { filename: './x.sqlite' }, useNullAsDefault: true, ${more} };`;
  let folder: Folder;

  beforeEach(() => {
    folder = createFolder();
    folder.write('knexfile.js', otherClient());
    folder.write('options.cjs', `module.exports = { hashIds: true };`);
  });

  afterEach(() => {
    folder.remove();
  });

  it('can do everything except measure the table', async () => {
    expect((await folder.run(['sync', '--dry-run'])).stdout).toMatch(/^create table `Sessions`/);
    expect((await folder.run(['sync'])).stdout).toBe("table 'Sessions' has been created\n");
    expect(await folder.run(['rekey', '--options', 'options.cjs'])).toMatchObject({ code: 0 });
    expect(documentOf(await folder.run(['gc', '--json']))).toMatchObject({ deleted: 0 });
    expect(documentOf(await folder.run(['stats', '--json']))).toMatchObject({ rows: 0, bytes: null });
    expect((await folder.run(['stats'])).stdout).toMatch(/^size +unknown$/m);
  });

  it('rejects options that only some databases support', async () => {
    folder.write('options.cjs', `module.exports = { absoluteLifetime: 1_000 };`);

    const { code, stdout, stderr } = await folder.run(['sync', '--options', 'options.cjs']);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: the options cannot be used with this database: .*absoluteLifetime/);
  });
});

describe('stats', () => {
  it('works without the right to ask for the size of the table', async () => {
    const folder = createFolder();
    folder.write(
      'knexfile.js',
      `
const refuse = (rows) => {
  if (Array.isArray(rows) && rows[0]?.size !== undefined) throw new Error('not for you');
  return rows;
};
module.exports = {
  client: 'better-sqlite3', connection: './x.sqlite', useNullAsDefault: true, postProcessResponse: refuse,
};`,
    );
    await folder.run(['sync']);

    const { code, stdout, stderr } = await folder.run(['stats']);

    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'the size of the table is not known: not for you\n',
    });
    expect(stdout).toMatch(/^size +unknown$/m);
    folder.remove();
  });

  it('draws sessions that never end', async () => {
    const folder = createFolder();
    folder.write(
      'knexfile.js',
      `module.exports = { client: 'better-sqlite3', connection: './x.sqlite', useNullAsDefault: true };`,
    );
    await folder.run(['sync']);
    const knex = knexModule({
      client: 'better-sqlite3',
      connection: `${folder.path}/x.sqlite`,
      useNullAsDefault: true,
    });
    const store = createKnexStore(knex);
    await store.set('ann', {}, Infinity);
    await store.close();
    await knex.destroy();

    const { code, stdout, stderr } = await folder.run(['stats']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^last to end +\+275760-09-13 00:00:00 UTC, in [\d,]+ days$/m);
    folder.remove();
  });
});

describeOn(postgres(), () => {
  it('stats works if the app reads times as text', async () => {
    const database = postgres();
    const tableName = newTableName();
    const folder = createFolder(['knex', 'pg']);
    folder.write(
      'knexfile.js',
      `require('pg').types.setTypeParser(1184, String);\n${knexfileFor('pg', database)}`,
    );
    const knex = database.connect();
    const store = createKnexStore(knex, { tableName, timestamps: true });
    await store.set('ann', {});
    const [created] = await knex(tableName).pluck<Date[]>('created_at');

    const ended = await folder.run(['stats', '--json', '--table', tableName]);

    expect(documentOf(ended)).toMatchObject({ oldest: created?.toISOString() });
    await knex.schema.dropTable(tableName);
    await store.close();
    await knex.destroy();
    folder.remove();
  });

  it('the command finds a table in its schema', async () => {
    const database = postgres();
    const folder = createFolder();
    folder.write('knexfile.js', knexfileFor('pg', database));
    const knex = database.connect();
    const schema = newTableName();
    await knex.raw('CREATE SCHEMA ??', [schema]);
    const table = `${schema}.Logins`;

    expect(await folder.run(['sync', '--table', table])).toMatchObject({ code: 0, stderr: '' });
    await knex('Logins').withSchema(schema).insert({ id: 'old', data: '{}', expires: 1 });
    expect(documentOf(await folder.run(['stats', '--table', table, '--json']))).toMatchObject({
      table,
      rows: 1,
    });
    expect(documentOf(await folder.run(['gc', '--table', table, '--json']))).toMatchObject({ deleted: 1 });

    await knex.raw('DROP SCHEMA ?? CASCADE', [schema]);
    await knex.destroy();
    folder.remove();
  });
});
