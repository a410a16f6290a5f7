/** The SQL of MySQL and MariaDB: lists are bound as lists, and nothing in them can change what a statement says. */

import fc from 'fast-check';
import type { Knex } from 'knex';
import { createKnexStore } from '../../../lib';
import { mysql as mysqlDialect } from '../../../lib/database/dialects/mysql';
import { untimed } from '../../../lib/database/execute';
import { identifiersOf } from '../../../lib/database/identifiers';
import type { KeyedChange, SessionTable } from '../../../lib/database/rows';
import { describeOn, mysql, newTableName } from '../../support/databases';
import { runs } from '../../support/runs';

interface Row {
  id: string;
  data: string;
  expires: number;
}

const saved = (kind: 'upsert' | 'update', rows: readonly Row[]): KeyedChange[] =>
  rows.map(({ id, data, expires }) => ({ key: id, change: { kind, data, expires } }));

const byCode = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

describeOn(mysql(), () => {
  const now = 1_000;
  let knex: Knex;
  let tableName: string;
  let table: SessionTable;

  const stored = async (): Promise<Row[]> => {
    const rows = await knex<Row>(tableName).select('id', 'data', 'expires');
    return rows.sort(byCode);
  };

  /** Writes, reads, updates, touches and removes these rows beside one that nothing of it may harm. */
  const expectNoHarm = async (rows: readonly Row[]): Promise<void> => {
    const bystander = { id: 'bystander', data: 'unharmed', expires: now + 1 };
    const keys = rows.map(({ id }) => id);
    const expectStored = async (expected: readonly Row[]): Promise<void> => {
      expect(await stored()).toEqual([...expected, bystander].sort(byCode));
    };
    await knex(tableName).delete();
    await table.write(saved('upsert', [bystander]));

    await table.write(saved('upsert', rows));
    await expectStored(rows);
    const read = await table.read(keys);
    expect(read).toEqual(new Map(rows.map(({ id, data, expires }) => [id, { data, expires }])));

    // Every row gets the data of another one.
    const updated = rows.map((row, n) => ({
      ...row,
      data: rows[(n + 1) % rows.length]?.data ?? '',
      expires: row.expires + 1,
    }));
    await table.write(saved('update', updated));
    await expectStored(updated);
    await table.write(keys.map((key) => ({ key, change: { kind: 'touch', expires: now + 5_000 } })));
    await expectStored(updated.map((row) => ({ ...row, expires: now + 5_000 })));
    await table.write(keys.map((key) => ({ key, change: { kind: 'remove' } })));
    await expectStored([]);
  };

  beforeAll(async () => {
    knex = mysql().connect();
    tableName = newTableName();
    table = mysqlDialect({
      knex,
      names: identifiersOf(knex, tableName),
      shape: { timestamps: false, users: false, absoluteLifetime: undefined },
      timing: untimed,
      now: () => now,
    });
    await table.create();
  });

  afterAll(async () => {
    await table.drop();
    await knex.destroy();
  });

  const hostile = [
    `'`,
    `"`,
    '`',
    '\\',
    `\\'`,
    `'\\`,
    `''`,
    '?',
    '??',
    '\\?',
    ':id',
    '@p0',
    '$1',
    '--',
    '/*',
    '*/',
    ';',
    '(?)',
    '[1,2]',
    `["a","b"]`,
    `'),('x','y',9999`,
    `1),(2`,
    'NULL',
    '%s',
    '{"toSqlString":1}',
  ];

  test('keys and data with quotes, backslashes, question marks and the look of lists are keys and data', async () => {
    for (const size of [1, 2, hostile.length]) {
      const some = hostile.slice(0, size);
      await expectNoHarm(some.map((text, n) => ({ id: text, data: `${text}${text}`, expires: now + 1 + n })));
    }
    for (const text of hostile) await expectNoHarm([{ id: text, data: text, expires: now + 1 }]);
  });

  test('so are all keys and data that there can be', async () => {
    const nasty = fc.constantFrom(...`'"\`\\?:@$-/*;()[]{},%1a`.split(''));
    const anyKey = fc
      .oneof(
        fc.string({ unit: nasty, minLength: 1, maxLength: 10 }),
        fc
          .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 100 })
          .map((key) => key.replace(/ /g, '_')),
      )
      .filter((key) => key !== 'bystander');
    const anyRow = fc.record({
      id: anyKey,
      data: fc.oneof(fc.string({ unit: nasty }), fc.string({ unit: 'binary-ascii' })),
      expires: fc.integer({ min: now + 1, max: now + 1_000 }),
    });
    const anyRows = fc.uniqueArray(anyRow, { minLength: 1, maxLength: 8, selector: ({ id }) => id });
    await fc.assert(fc.asyncProperty(anyRows, expectNoHarm), runs(100));
  });

  test('a whole batch binds as many values as a small one, and each row gets its own', async () => {
    const bindings: number[] = [];
    const listen = (query: { sql: string; bindings: unknown[] }): void => {
      if (query.sql.includes(tableName) && query.sql.includes('ELT(')) bindings.push(query.bindings.length);
    };
    knex.on('query', listen);
    for (const size of [1, 7, table.maxRows]) {
      const rows = Array.from({ length: size }, (_, n) => ({
        id: `sid-${n}`,
        data: `data ${n}`,
        expires: now + 1 + n,
      }));
      await expectNoHarm(rows);
    }
    knex.removeListener('query', listen);
    expect(bindings).toEqual([7, 7, 7]);
  });
});

describeOn(mysql(), () => {
  test('a column of the original that sealed sessions do not fit into is made wide enough, or named', async () => {
    const knex = mysql().connect();
    const tableName = newTableName();
    await knex.schema.createTable(tableName, (table) => {
      table.string('id', 100).primary();
      table.text('data');
      table.bigInteger('expires');
    });
    const text = 'x'.repeat(60_000);
    const old = createKnexStore(knex, { tableName, gcFrequency: 0 });
    await old.set('sid', { text });
    const options = {
      ...({ tableName, gcFrequency: 0, hashIds: 'migrate', readPlain: true } as const),
      secret: 'first: c2f0a94b7d1e6853c4b7a96e0d5f1823',
    };
    const strict = createKnexStore(knex, { ...options, sync: false });
    await expect(strict.get('sid')).rejects.toThrow(/the column data of table '.*' holds only 64 KB/);
    const store = createKnexStore(knex, options);
    expect(await store.get('sid')).toEqual({ text });
    expect(await store.get('sid')).toEqual({ text });
    await Promise.all([old.close(), strict.close(), store.close()]);
    await knex.schema.dropTable(tableName);
    await knex.destroy();
  });
});
