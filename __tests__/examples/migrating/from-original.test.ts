/** The table of the original package is used in place: beside it, after it, and with all that is new. */

import { createKnexStore, type CreateKnexStoreOptions } from '../../../lib';
import { createFolder, documentOf } from '../../cli/support';
import { describeOn, mysql } from '../../support/databases';
import {
  afterwards,
  at,
  describePlaces,
  logIn,
  openScene,
  seen,
  userOf,
  type Place,
  type Scene,
} from './support';

const program = 'from-original.mjs';
const hour = 3_600_000;
const second = (): number => Math.floor(Date.now() / 1000);

interface Original extends Scene {
  insert(this: void, id: string, data: string | null): Promise<unknown>;
}

/** A table as the original creates it, with rows as it writes them. */
const openOriginal = async (place: Place): Promise<Original> => {
  const scene = openScene(place);
  const { knex, tableName } = scene;
  await knex.schema.createTable(tableName, (table) => {
    table.string('id', 100).primary();
    table.text('data');
    table.bigInteger('expires');
    table.index('expires');
  });
  const insert = (id: string, data: string | null): Promise<unknown> =>
    knex(tableName).insert({ id, data, expires: second() + 3_600 });
  return { ...scene, insert };
};

const original = JSON.stringify({
  cookie: { path: '/', maxAge: hour, signed: true },
  user: 'Ada',
  visits: 3,
});

describePlaces((place) => {
  test('is checked, and mended where that is needed, once', async () => {
    const {
      place: { client },
      migrate,
      insert,
    } = await openOriginal(place());
    await insert('koa:sess:ada', original);
    const isMysql = client === 'mysql2';

    const dry = await migrate(program, ['--dry-run']);
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.stdout.includes('ALTER TABLE')).toBe(isMysql);
    const first = await migrate(program, []);
    expect(first.stdout).toContain('1 live sessions can be read, 0 cannot');
    expect(first.stdout.includes('ALTER TABLE')).toBe(isMysql);
    const again = await migrate(program, []);
    expect(again.stdout).not.toContain('ALTER TABLE');
    expect(again.code).toBe(0);
  });

  test('rows that hold no session are counted, and a table that is missing is named', async () => {
    const { knex, tableName, migrate, insert } = await openOriginal(place());
    await insert('koa:sess:ada', original);
    await insert('koa:sess:broken', '{"user":');
    const { code, stdout } = await migrate(program, []);
    expect(stdout).toContain('1 live sessions can be read, 1 cannot');
    expect(code).toBe(1);
    await knex.schema.dropTable(tableName);
    const missing = await migrate(program, []);
    expect(missing.stderr).toMatch(/^error: there is no table/);
    expect(missing.code).toBe(1);
  });

  test('visitors stay logged in, and both versions go on with each other’s rows', async () => {
    const scene = await openOriginal(place());
    const { knex, tableName } = scene;
    const env = { MIDDLEWARE: 'koa-generic-session', STORES: 'knex' };
    const app = await scene.start('koa.mjs', env);
    const ada = await logIn(app, 'Ada');
    const [row] = (await knex(tableName).select()) as { id: string; data: string; expires: unknown }[];
    // The original reads, and writes, like this.
    const find = () =>
      knex(tableName).where('id', row?.id).andWhere('expires', '>', second()) as Promise<{ data: string }[]>;
    expect((await find()).map(({ data }) => (JSON.parse(data) as { user: string }).user)).toEqual(['Ada']);
    await knex(tableName)
      .where('id', row?.id)
      .update({ data: original, expires: second() + 3_600 });
    expect(seen(await at(app, ada).post('/visit'))).toEqual({ user: 'Ada', visits: 4 });
    expect((await find())[0]?.data).toContain('"visits":4');
    await knex(tableName).where('id', row?.id).del();
    expect(await userOf(at(app, ada))).toBeNull();
  });

  test('ids are hashed and data is sealed by migrate and rekey, and nobody is logged out', async () => {
    const scene = await openOriginal(place());
    const { knex, tableName, insert } = scene;
    await insert('koa:sess:idle', original);
    const env = { MIDDLEWARE: 'koa-generic-session', STORES: 'knex' };
    const before = await scene.start('koa.mjs', env);
    const ada = await logIn(before, 'Ada');
    await before.stop();

    const secret = 'a secret of 32 characters or more, for tests';
    const step1 = { tableName, hashIds: 'migrate', readPlain: true, secret } as const;
    const beside = await scene.start('koa.mjs', { ...env, STORE_OPTIONS: JSON.stringify(step1) });
    expect(await userOf(at(beside, ada))).toBe('Ada');

    const { client, url: connection } = scene.place;
    const folder = createFolder(['knex', 'better-sqlite3', 'pg', 'mysql2']);
    afterwards(() => {
      folder.remove();
    });
    const knexfile = JSON.stringify({ client, connection, useNullAsDefault: true });
    folder.write('knexfile.cjs', `module.exports = ${knexfile};`);
    folder.write('options.cjs', `module.exports = ${JSON.stringify(step1)};`);
    const ended = await folder.run(['rekey', '--options', 'options.cjs', '--json']);
    expect(ended.code).toBe(0);
    expect(documentOf(ended)).toMatchObject({ seen: 2, unreadable: 0 });

    const ids = (await knex(tableName).pluck('id')) as string[];
    expect(ids.filter((id) => !id.startsWith('sha256:'))).toEqual([]);
    const last: CreateKnexStoreOptions = { tableName, hashIds: true, secret };
    const after = await scene.start('koa.mjs', { ...env, STORE_OPTIONS: JSON.stringify(last) });
    expect(await userOf(at(after, ada))).toBe('Ada');
    const store = createKnexStore(knex, last);
    afterwards(() => store.close());
    expect(await store.get('koa:sess:idle')).toMatchObject({ user: 'Ada', visits: 3 });
  });
});

describeOn(mysql(), () => {
  test('rows without data are in the way of mending, and the way out is named', async () => {
    const { knex, tableName, migrate, insert } = await openOriginal({
      client: 'mysql2',
      url: process.env.MYSQL_URL ?? '',
    });
    await insert('koa:sess:none', null);
    const { code, stderr } = await migrate(program, []);
    expect(stderr).toMatch(/^error: 1 rows have no data, .*: DELETE FROM /);
    expect(code).toBe(1);
    await knex.raw(/DELETE FROM .*/.exec(stderr)?.[0] ?? '');
    expect(await migrate(program, [])).toMatchObject({ code: 0 });
    expect(await knex(tableName).select()).toEqual([]);
  });
});
