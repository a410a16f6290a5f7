/** The SQL of SQL Server as text, statement by statement: the server itself is rarely at hand. */

import knexModule from 'knex';
import { mssql } from '../../../lib/database/dialects/mssql';
import type { Statement } from '../../../lib/database/dialects/dialect';
import { tableNames } from '../../../lib/database/identifiers';

const knex = knexModule({ client: 'mssql' });
const names = tableNames(knex, 'app.Sessions');
const shape = { timestamps: false, users: false, absoluteLifetime: undefined };
const plain = mssql(names, shape);
const stamped = mssql(names, { ...shape, timestamps: true });
const owned = mssql(names, { timestamps: true, users: true, absoluteLifetime: 3_600 });
const rows = [
  { id: 'a', data: '{"a":1}', expires: 100 },
  { id: 'b', data: '{"b":1}', expires: 200 },
];

/** As a line of single spaces, and with as many parameters as bindings. */
const text = ({ sql, bindings }: Statement): string => {
  expect(sql.match(/\?/g) ?? []).toHaveLength(bindings.length);
  return sql.replace(/\s+/g, ' ').trim();
};

test('creates the table with a key that is blind to nothing, and an index that cannot be missing', () => {
  expect(text(plain.createTable())).toBe(
    'CREATE TABLE [app].[Sessions] ( [id] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL, ' +
      '[data] nvarchar(max) NOT NULL, [expires] bigint NOT NULL, ' +
      'CONSTRAINT [Sessions_pkey] PRIMARY KEY ([id]), INDEX [Sessions_expires_index] ([expires]) )',
  );
});

test('creates and adds timestamp columns that may be null', () => {
  expect(text(stamped.createTable())).toContain(
    '[expires] bigint NOT NULL, [created_at] datetime2 NULL, [updated_at] datetime2 NULL, CONSTRAINT',
  );
  expect(stamped.addColumns(['created_at', 'updated_at']).map(text)).toEqual([
    'ALTER TABLE [app].[Sessions] ADD [created_at] datetime2 NULL',
    'ALTER TABLE [app].[Sessions] ADD [updated_at] datetime2 NULL',
  ]);
});

test('drops the table, and lists its columns, by its quoted name', () => {
  expect(text(plain.dropTable())).toBe("IF OBJECT_ID(?, N'U') IS NOT NULL DROP TABLE [app].[Sessions]");
  expect(text(plain.columns())).toBe('SELECT name FROM sys.columns WHERE object_id = OBJECT_ID(?)');
  expect(plain.dropTable().bindings).toEqual(['[app].[Sessions]']);
  expect(plain.columns().bindings).toEqual(['[app].[Sessions]']);
});

test('selects live rows by key', () => {
  const statement = plain.selectMany(['a', 'b'], 50);
  expect(text(statement)).toBe(
    'SELECT [id], [data], [expires] FROM [app].[Sessions] WHERE [id] IN (?, ?) AND [expires] > ?',
  );
  expect(statement.bindings).toEqual(['a', 'b', 50]);
});

const merge =
  'MERGE INTO [app].[Sessions] WITH (HOLDLOCK, UPDLOCK) AS target ' +
  'USING (VALUES (?, ?, ?)) AS source (id, data, expires) ON target.[id] = ? ' +
  'WHEN MATCHED THEN UPDATE SET [id] = source.id, [data] = source.data, [expires] = source.expires ' +
  'WHEN NOT MATCHED THEN INSERT ([id], [data], [expires]) VALUES (source.id, source.data, source.expires);';

test('upserts one row with one MERGE that holds its lock', () => {
  const statement = plain.upsertMany(rows.slice(0, 1), 50);
  expect(text(statement)).toBe(merge);
  expect(statement.bindings).toEqual(['a', '{"a":1}', 100, 'a']);
});

test('upserts many rows in one request', () => {
  const statement = plain.upsertMany(rows, 50);
  expect(text(statement)).toBe(`${merge} ${merge}`);
  expect(statement.bindings).toEqual(['a', '{"a":1}', 100, 'a', 'b', '{"b":1}', 200, 'b']);
});

test('upserts timestamps: a live row keeps created_at, all others are created now', () => {
  const statement = stamped.upsertMany(rows.slice(0, 1), 50);
  expect(text(statement)).toContain(
    '[created_at] = CASE WHEN target.[expires] > ? THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ' +
      'ELSE SYSUTCDATETIME() END, [updated_at] = SYSUTCDATETIME() WHEN NOT MATCHED',
  );
  expect(text(statement)).toContain(
    'INSERT ([id], [data], [expires], [created_at], [updated_at]) ' +
      'VALUES (source.id, source.data, source.expires, SYSUTCDATETIME(), SYSUTCDATETIME());',
  );
  expect(statement.bindings).toEqual(['a', '{"a":1}', 100, 'a', 50]);
});

const exactly = '[id] IN (?, ?) AND [id] COLLATE Latin1_General_BIN2 IN (?, ?)';

test('touches live rows of exactly these keys', () => {
  const statement = plain.touchMany(['a', 'b'], 300, 50);
  expect(text(statement)).toBe(
    `UPDATE [app].[Sessions] SET [expires] = ? WHERE ${exactly} AND [expires] > ?`,
  );
  expect(statement.bindings).toEqual([300, 'a', 'b', 'a', 'b', 50]);
  expect(text(stamped.touchMany(['a'], 300, 50))).toContain(
    'SET [expires] = ?, [created_at] = COALESCE([created_at], SYSUTCDATETIME()), [updated_at] = SYSUTCDATETIME()',
  );
});

test('deletes rows of exactly these keys', () => {
  const statement = plain.deleteMany(['a', 'b']);
  expect(text(statement)).toBe(`DELETE FROM [app].[Sessions] WHERE ${exactly}`);
  expect(statement.bindings).toEqual(['a', 'b', 'a', 'b']);
});

test('updates live rows of exactly these keys, in one request', () => {
  const statement = plain.updateMany(rows, 50);
  const update =
    'UPDATE [app].[Sessions] SET [data] = ?, [expires] = ? ' +
    'WHERE [id] = ? AND [id] COLLATE Latin1_General_BIN2 = ? AND [expires] > ?;';
  expect(text(statement)).toBe(`${update} ${update}`);
  expect(statement.bindings).toEqual(['{"a":1}', 100, 'a', 'a', 50, '{"b":1}', 200, 'b', 'b', 50]);
  expect(text(stamped.updateMany(rows.slice(0, 1), 50))).toBe(
    update.replace(
      '[expires] = ?',
      '[expires] = ?, [created_at] = COALESCE([created_at], SYSUTCDATETIME()), [updated_at] = SYSUTCDATETIME()',
    ),
  );
});

test('no statement asks for more than the 2,100 parameters that a request takes', () => {
  const most = (dialect: typeof plain): Statement[] => {
    const written = Array.from({ length: dialect.maxRows }, (_, n) => ({ id: `${n}`, data: '', expires: n }));
    const keys = written.map(({ id }) => id);
    const swept = Array.from({ length: dialect.sweepRows }, (_, n) => `${n}`);
    return [
      dialect.selectMany(keys, 50),
      dialect.upsertMany(written, 50),
      dialect.updateMany(written, 50),
      dialect.touchMany(keys, 300, 50),
      dialect.deleteMany(keys),
      dialect.deleteEnded(swept, 50),
    ];
  };
  for (const { sql, bindings } of [plain, stamped].flatMap(most)) {
    // sp_executesql, which tedious calls, has two of its own.
    expect([sql.slice(0, 80), bindings.length <= 2_098]).toEqual([sql.slice(0, 80), true]);
    text({ sql, bindings });
  }
});

test('selects expired rows in the order in which they ended, and passes over locked ones', () => {
  const statement = plain.selectExpired(10, 50, 1_000);
  expect(text(statement)).toBe(
    'SELECT TOP (?) [id], [expires] FROM [app].[Sessions] WITH (READPAST) ' +
      'WHERE [expires] BETWEEN ? AND ? ORDER BY [expires]',
  );
  expect(statement.bindings).toEqual([1_000, 10, 50]);
});

test('deletes rows that have expired, passes over locked ones, and counts what it returns', () => {
  const statement = plain.deleteEnded(['a', 'b'], 50);
  expect(text(statement)).toBe(
    'DELETE FROM [app].[Sessions] WITH (READPAST) OUTPUT deleted.[expires] ' +
      'WHERE [id] IN (?, ?) AND NOT ([expires] > ?)',
  );
  expect(statement.bindings).toEqual(['a', 'b', 50]);
  expect(plain.deleted([{ expires: 1 }, { expires: 2 }])).toBe(2);
});

test('counts and clears', () => {
  expect(text(plain.countLive(50))).toBe(
    'SELECT count_big(*) AS live FROM [app].[Sessions] WHERE [expires] > ?',
  );
  expect(text(plain.deleteAll())).toBe('DELETE FROM [app].[Sessions]');
});

test('reads rows by position', () => {
  expect(plain.rows([{ id: 'a', data: '{}', expires: '100' }])).toEqual([['a', '{}', '100']]);
});

test('what Knex sends is what stands here, with its own parameter names', () => {
  const { sql, bindings } = plain.selectMany(['a'], 50);
  expect(
    knex
      .raw(sql, bindings as never[])
      .toSQL()
      .toNative(),
  ).toMatchObject({
    sql: '\nSELECT [id], [data], [expires] FROM [app].[Sessions]\nWHERE [id] IN (@p0) AND [expires] > @p1',
    bindings: ['a', 50],
  });
});

describe('with owners and an absolute lifetime', () => {
  const live =
    '([expires] > ? AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -3600, SYSUTCDATETIME()))';

  test('the table has an indexed column, and an old one gets both, one after the other', () => {
    const column = '[user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL';
    expect(text(owned.createTable())).toContain(
      `[updated_at] datetime2 NULL, ${column}, INDEX [Sessions_user_id_index] ([user_id]), CONSTRAINT`,
    );
    expect(owned.addColumns(['user_id']).map(text)).toEqual([`ALTER TABLE [app].[Sessions] ADD ${column}`]);
    const [index] = owned.ensureIndexes();
    expect(index && text(index)).toBe(
      'IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE object_id = OBJECT_ID(?) AND name = ?) ' +
        'CREATE INDEX [Sessions_user_id_index] ON [app].[Sessions] ([user_id])',
    );
    expect(index?.bindings).toEqual(['[app].[Sessions]', 'Sessions_user_id_index']);
    expect(plain.ensureIndexes()).toEqual([]);
  });

  test('rows are written with their user', () => {
    const row = { id: 'a', data: 'A', expires: 100, user: 'ann' };
    const upsert = owned.upsertMany([row], 50);
    expect(text(upsert)).toBe(
      'MERGE INTO [app].[Sessions] WITH (HOLDLOCK, UPDLOCK) AS target ' +
        'USING (VALUES (?, ?, ?, ?)) AS source (id, data, expires, user_id) ON target.[id] = ? ' +
        'WHEN MATCHED THEN UPDATE SET [id] = source.id, [data] = source.data, [expires] = source.expires, ' +
        '[user_id] = source.user_id, [created_at] = CASE WHEN ' +
        `${live.replace(/\[(?=expires|created)/g, 'target.[')} ` +
        'THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END, ' +
        '[updated_at] = SYSUTCDATETIME() ' +
        'WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id], [created_at], [updated_at]) ' +
        'VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());',
    );
    expect(upsert.bindings).toEqual(['a', 'A', 100, 'ann', 'a', 50]);
    const update = owned.updateMany([{ id: 'a', data: 'A', expires: 100 }], 50);
    expect(text(update)).toContain('SET [data] = ?, [expires] = ?, [user_id] = ?, [created_at]');
    expect(text(update)).toContain(`= ? AND ${live};`);
    expect(update.bindings).toEqual(['A', 100, null, 'a', 'a', 50]);
  });

  test('rows move one by one, if they hold what they held, within the limit on parameters', () => {
    const move = { from: 'a', to: 'b', before: 'A', after: 'B', user: 'ann' };
    const statement = owned.moveMany([move], 50);
    expect(text(statement)).toBe(
      'UPDATE [app].[Sessions] SET [id] = ?, [data] = ?, [user_id] = ? ' +
        'WHERE [id] = ? AND [id] COLLATE Latin1_General_BIN2 = ? AND [data] COLLATE Latin1_General_BIN2 = ? ' +
        `AND ${live};`,
    );
    expect(statement.bindings).toEqual(['b', 'B', 'ann', 'a', 'a', 'A', 50]);
    const most = owned.moveMany(
      Array.from({ length: owned.maxRows }, () => move),
      50,
    );
    expect(most.bindings.length).toBeLessThanOrEqual(2_098);
  });

  test('a user’s rows are read, and deleted but for some, each counted', () => {
    const read = owned.selectUser(['ann', 'hmac:x'], 50);
    expect(text(read)).toBe(
      'SELECT [id], [data], [expires], [user_id], ' +
        "CAST(DATEDIFF(day, '19700101', [created_at]) AS bigint) * 86400 + " +
        'DATEDIFF(second, CAST([created_at] AS date), [created_at]) AS created, ' +
        "CAST(DATEDIFF(day, '19700101', [updated_at]) AS bigint) * 86400 + " +
        'DATEDIFF(second, CAST([updated_at] AS date), [updated_at]) AS updated ' +
        `FROM [app].[Sessions] WHERE [user_id] IN (?, ?) AND ${live}`,
    );
    expect(read.bindings).toEqual(['ann', 'hmac:x', 50]);
    const all = owned.deleteUser(['ann'], []);
    expect(text(all)).toBe('DELETE FROM [app].[Sessions] OUTPUT deleted.[expires] WHERE [user_id] IN (?)');
    const others = owned.deleteUser(['ann'], ['sid']);
    expect(text(others)).toBe(`${text(all)} AND [id] COLLATE Latin1_General_BIN2 NOT IN (?)`);
    expect(others.bindings).toEqual(['ann', 'sid']);
    expect(owned.deleted([{ expires: 1 }, { expires: 2 }])).toBe(2);
  });

  test('pages follow one another by key', () => {
    const page = plain.selectPage('a', 50, 10);
    expect(text(page)).toBe(
      'SELECT TOP (?) [id], [data], [expires], NULL AS user_id, NULL AS created, NULL AS updated ' +
        'FROM [app].[Sessions] WHERE [id] > ? AND [expires] > ? ORDER BY [id]',
    );
    expect(page.bindings).toEqual([10, 'a', 50]);
  });

  test('the size is what the pages of table and indexes take', () => {
    expect(text(plain.size())).toBe(
      'SELECT SUM(used_page_count) * 8192 AS size FROM sys.dm_db_partition_stats WHERE object_id = OBJECT_ID(?)',
    );
  });
});
