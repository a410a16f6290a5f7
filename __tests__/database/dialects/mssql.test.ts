/** The SQL of SQL Server as text, statement by statement: the server itself is rarely at hand. */

import knexModule from 'knex';
import type { Shape } from '../../../lib/database/dialects/shared';
import { mssql } from '../../../lib/database/dialects/mssql';
import { untimed, type Statement } from '../../../lib/database/execute';
import { identifiersOf } from '../../../lib/database/identifiers';
import type { KeyedChange, SessionTable } from '../../../lib/database/rows';
import { recordedKnex } from '../../support/recorded-knex';

const { knex, sentBy, answering } = recordedKnex('mssql', []);
const names = identifiersOf(knex, 'app.Sessions');
const open = (shape: Shape): SessionTable => mssql({ knex, names, shape, timing: untimed, now: () => 50 });
const shape = { timestamps: false, users: false, absoluteLifetime: undefined };
const plain = open(shape);
const stamped = open({ ...shape, timestamps: true });
const owned = open({ timestamps: true, users: true, absoluteLifetime: 3_600 });

const contents = new Map([
  ['a', { data: '{"a":1}', expires: 100 }],
  ['b', { data: '{"b":1}', expires: 200 }],
]);
const saved = (kind: 'upsert' | 'update', keys: readonly string[]): KeyedChange[] =>
  keys.map((key) => ({ key, change: { kind, data: '', expires: 1, ...contents.get(key) } }));
const touched = (keys: readonly string[]): KeyedChange[] =>
  keys.map((key) => ({ key, change: { kind: 'touch', expires: 300 } }));
const removed = (keys: readonly string[]): KeyedChange[] =>
  keys.map((key) => ({ key, change: { kind: 'remove' } }));

/** The only statement that this work sends. */
const statementOf = async (work: () => Promise<unknown>): Promise<Statement> => {
  const [statement, ...others] = await sentBy(work);
  expect(others).toEqual([]);
  return statement ?? { sql: 'nothing was sent', bindings: [] };
};

/** As a line of single spaces, and with as many parameters as bindings. */
const text = ({ sql, bindings }: Statement): string => {
  expect(sql.match(/\?/g) ?? []).toHaveLength(bindings.length);
  return sql.replace(/\s+/g, ' ').trim();
};

test('creates the table with a key that is blind to nothing, and an index that cannot be missing', async () => {
  expect(text(await statementOf(plain.create))).toBe(
    'CREATE TABLE [app].[Sessions] ( [id] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL, ' +
      '[data] nvarchar(max) NOT NULL, [expires] bigint NOT NULL, ' +
      'CONSTRAINT [Sessions_pkey] PRIMARY KEY ([id]), INDEX [Sessions_expires_index] ([expires]) )',
  );
});

test('creates and adds timestamp columns that may be null', async () => {
  expect(text(await statementOf(stamped.create))).toContain(
    '[expires] bigint NOT NULL, [created_at] datetime2 NULL, [updated_at] datetime2 NULL, CONSTRAINT',
  );
  const added = await sentBy(() => stamped.addColumns(['created_at', 'updated_at']));
  expect(added.map(text)).toEqual([
    'ALTER TABLE [app].[Sessions] ADD [created_at] datetime2 NULL',
    'ALTER TABLE [app].[Sessions] ADD [updated_at] datetime2 NULL',
  ]);
});

test('drops the table, and lists its columns, by its quoted name', async () => {
  const drop = await statementOf(plain.drop);
  const columns = await statementOf(plain.columns);
  expect(text(drop)).toBe("IF OBJECT_ID(?, N'U') IS NOT NULL DROP TABLE [app].[Sessions]");
  expect(text(columns)).toBe('SELECT name FROM sys.columns WHERE object_id = OBJECT_ID(?)');
  expect(drop.bindings).toEqual(['[app].[Sessions]']);
  expect(columns.bindings).toEqual(['[app].[Sessions]']);
});

test('selects live rows by key', async () => {
  const statement = await statementOf(() => plain.read(['a', 'b']));
  expect(text(statement)).toBe(
    'SELECT [id], [data], [expires] FROM [app].[Sessions] WHERE [id] IN (?, ?) AND ABS([expires]) > ?',
  );
  expect(statement.bindings).toEqual(['a', 'b', 50]);
});

const merge =
  'MERGE INTO [app].[Sessions] WITH (HOLDLOCK, UPDLOCK) AS target ' +
  'USING (VALUES (?, ?, ?)) AS source (id, data, expires) ON target.[id] = ? ' +
  'WHEN MATCHED THEN UPDATE SET [id] = source.id, [data] = source.data, [expires] = source.expires ' +
  'WHEN NOT MATCHED THEN INSERT ([id], [data], [expires]) VALUES (source.id, source.data, source.expires);';

test('upserts one row with one MERGE that holds its lock', async () => {
  const statement = await statementOf(() => plain.write(saved('upsert', ['a'])));
  expect(text(statement)).toBe(merge);
  expect(statement.bindings).toEqual(['a', '{"a":1}', 100, 'a']);
});

test('upserts many rows in one request', async () => {
  const statement = await statementOf(() => plain.write(saved('upsert', ['a', 'b'])));
  expect(text(statement)).toBe(`${merge} ${merge}`);
  expect(statement.bindings).toEqual(['a', '{"a":1}', 100, 'a', 'b', '{"b":1}', 200, 'b']);
});

test('upserts timestamps: a live row keeps created_at, all others are created now', async () => {
  const statement = await statementOf(() => stamped.write(saved('upsert', ['a'])));
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

test('touches live rows of exactly these keys', async () => {
  const statement = await statementOf(() => plain.write(touched(['a', 'b'])));
  expect(text(statement)).toBe(
    `UPDATE [app].[Sessions] SET [expires] = ? WHERE ${exactly} AND [expires] > ?`,
  );
  expect(statement.bindings).toEqual([300, 'a', 'b', 'a', 'b', 50]);
  expect(text(await statementOf(() => stamped.write(touched(['a']))))).toContain(
    'SET [expires] = ?, [created_at] = COALESCE([created_at], SYSUTCDATETIME()), [updated_at] = SYSUTCDATETIME()',
  );
});

test('deletes rows of exactly these keys', async () => {
  const statement = await statementOf(() => plain.write(removed(['a', 'b'])));
  expect(text(statement)).toBe(`DELETE FROM [app].[Sessions] WHERE ${exactly}`);
  expect(statement.bindings).toEqual(['a', 'b', 'a', 'b']);
});

test('updates live rows of exactly these keys, in one request', async () => {
  const statement = await statementOf(() => plain.write(saved('update', ['a', 'b'])));
  const update =
    'UPDATE [app].[Sessions] SET [data] = ?, [expires] = ? ' +
    'WHERE [id] = ? AND [id] COLLATE Latin1_General_BIN2 = ? AND [expires] > ?;';
  expect(text(statement)).toBe(`${update} ${update}`);
  expect(statement.bindings).toEqual(['{"a":1}', 100, 'a', 'a', 50, '{"b":1}', 200, 'b', 'b', 50]);
  expect(text(await statementOf(() => stamped.write(saved('update', ['a']))))).toBe(
    update.replace(
      '[expires] = ?',
      '[expires] = ?, [created_at] = COALESCE([created_at], SYSUTCDATETIME()), [updated_at] = SYSUTCDATETIME()',
    ),
  );
});

test('no statement asks for more than the 2,100 parameters that a request takes', async () => {
  const most = async (table: SessionTable): Promise<Statement[]> => {
    const keys = Array.from({ length: table.maxRows }, (_, n) => `${n}`);
    const swept = Array.from({ length: table.sweepRows }, (_, n) => `${n}`);
    return [
      await statementOf(() => table.read(keys)),
      await statementOf(() => table.write(saved('upsert', keys))),
      await statementOf(() => table.write(saved('update', keys))),
      await statementOf(() => table.write(touched(keys))),
      await statementOf(() => table.write(removed(keys))),
      await statementOf(() => table.removeExpired(swept)),
    ];
  };
  for (const { sql, bindings } of [...(await most(plain)), ...(await most(stamped))]) {
    // sp_executesql, which tedious calls, has two of its own.
    expect([sql.slice(0, 80), bindings.length <= 2_098]).toEqual([sql.slice(0, 80), true]);
    text({ sql, bindings });
  }
});

test('selects expired rows in the order in which they ended, and passes over locked ones', async () => {
  const statement = await statementOf(() => plain.expired(10, 1_000));
  expect(text(statement)).toBe(
    'SELECT TOP (?) [id], [expires] FROM [app].[Sessions] WITH (READPAST) ' +
      'WHERE [expires] BETWEEN ? AND ? ORDER BY [expires]',
  );
  expect(statement.bindings).toEqual([1_000, 10, 50]);
});

test('deletes rows that have expired, passes over locked ones, and counts what it returns', async () => {
  const statement = await statementOf(() => plain.removeExpired(['a', 'b']));
  expect(text(statement)).toBe(
    'DELETE FROM [app].[Sessions] WITH (READPAST) OUTPUT deleted.[expires] ' +
      'WHERE [id] IN (?, ?) AND NOT ([expires] > ?)',
  );
  expect(statement.bindings).toEqual(['a', 'b', 50]);
  const deleted = [{ expires: 1 }, { expires: 2 }];
  expect(await answering(deleted, () => plain.removeExpired(['a', 'b']))).toBe(2);
});

test('counts and clears', async () => {
  expect(text(await statementOf(plain.count))).toBe(
    'SELECT count_big(*) AS live FROM [app].[Sessions] WHERE [expires] > ?',
  );
  expect(text(await statementOf(plain.clear))).toBe('DELETE FROM [app].[Sessions]');
});

test('reads rows by position', async () => {
  const found = await answering([{ ID: 'a', Data: '{}', ended: '100' }], () => plain.read(['a']));
  expect(found).toEqual(new Map([['a', { data: '{}', expires: 100 }]]));
});

test('what Knex sends is what stands here, with its own parameter names', async () => {
  const { sql, bindings } = await statementOf(() => plain.read(['a']));
  expect(
    knexModule({ client: 'mssql' })
      .raw(sql, bindings as never[])
      .toSQL()
      .toNative(),
  ).toMatchObject({
    sql: 'SELECT [id], [data], [expires] FROM [app].[Sessions] WHERE [id] IN (@p0) AND ABS([expires]) > @p1',
    bindings: ['a', 50],
  });
});

const sameBytes = (value: string): string => `CAST(CAST(${value} AS nvarchar(max)) AS varbinary(max))`;

describe('with owners and an absolute lifetime', () => {
  const live =
    '([expires] > ? AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -3600, SYSUTCDATETIME()))';

  test('the table has an indexed column, and an old one gets both, one after the other', async () => {
    const column = '[user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL';
    expect(text(await statementOf(owned.create))).toContain(
      `[updated_at] datetime2 NULL, ${column}, INDEX [Sessions_user_id_index] ([user_id]), CONSTRAINT`,
    );
    const added = await sentBy(() => owned.addColumns(['user_id']));
    expect(added.map(text)).toEqual([`ALTER TABLE [app].[Sessions] ADD ${column}`]);
    const index = await statementOf(owned.ensureIndexes);
    expect(text(index)).toBe(
      'IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE object_id = OBJECT_ID(?) AND name = ?) ' +
        'CREATE INDEX [Sessions_user_id_index] ON [app].[Sessions] ([user_id])',
    );
    expect(index.bindings).toEqual(['[app].[Sessions]', 'Sessions_user_id_index']);
    expect(await sentBy(plain.ensureIndexes)).toEqual([]);
  });

  test('rows are written with their user', async () => {
    const row = { data: 'A', expires: 100 };
    const upsert = await statementOf(() =>
      owned.write([{ key: 'a', change: { kind: 'upsert', ...row, user: 'ann' } }]),
    );
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
    const update = await statementOf(() => owned.write([{ key: 'a', change: { kind: 'update', ...row } }]));
    expect(text(update)).toContain('SET [data] = ?, [expires] = ?, [user_id] = ?, [created_at]');
    expect(text(update)).toContain(`= ? AND ${live};`);
    expect(update.bindings).toEqual(['A', 100, null, 'a', 'a', 50]);
  });

  test('rows move one by one, if they hold what they held, within the limit on parameters', async () => {
    const move: KeyedChange = {
      key: 'a',
      change: { kind: 'move', to: 'b', before: 'A', data: 'B', user: 'ann' },
    };
    const statement = await statementOf(() => owned.write([move]));
    expect(text(statement)).toBe(
      'UPDATE [app].[Sessions] SET [id] = ?, [data] = ?, [user_id] = ? ' +
        'WHERE [id] = ? AND [id] COLLATE Latin1_General_BIN2 = ? ' +
        `AND ${sameBytes('[data]')} = ${sameBytes('?')} AND ${live};`,
    );
    expect(statement.bindings).toEqual(['b', 'B', 'ann', 'a', 'a', 'A', 50]);
    const most = await statementOf(() => owned.write(Array.from({ length: owned.maxRows }, () => move)));
    expect(most.bindings.length).toBeLessThanOrEqual(2_098);
  });

  test('rows are replaced if they hold what they held, and tell their ids', async () => {
    const replaced: KeyedChange = {
      key: 'a',
      change: {
        ...{ kind: 'replace', before: 'A', data: 'B', expires: 100, user: 'ann' },
        ...{ isExact: false, rebase: () => undefined },
      },
    };
    const statement = await statementOf(() => owned.write([replaced]));
    expect(text(statement)).toMatch(
      /^UPDATE \[app\]\.\[Sessions\] SET \[data\] = \?, \[expires\] = COALESCE\(\?, \[expires\]\), \[user_id\] = \?/,
    );
    expect(text(statement)).toContain(
      'OUTPUT inserted.[id] WHERE [id] = ? AND [id] COLLATE Latin1_General_BIN2 = ? ' +
        `AND ${sameBytes('[data]')} = ${sameBytes('?')} AND ${live};`,
    );
    expect(statement.bindings).toEqual(['B', 100, 'ann', 'a', 'a', 'A', 50]);
    const most = await statementOf(() => owned.write(Array.from({ length: owned.maxRows }, () => replaced)));
    expect(most.bindings.length).toBeLessThanOrEqual(2_098);
    // Knex returns the rows of all statements in one list.
    const both = [replaced, { ...replaced, key: 'b' }];
    expect(await answering([{ id: 'b' }], () => owned.write(both))).toEqual(new Set(['b']));
  });

  test('a user’s rows are read, and deleted but for some, each counted', async () => {
    const read = await statementOf(() => owned.ofUser(['ann', 'hmac:x']));
    expect(text(read)).toBe(
      'SELECT [id], [data], [expires], [user_id], ' +
        "CAST(DATEDIFF(day, '19700101', [created_at]) AS bigint) * 86400 + " +
        'DATEDIFF(second, CAST([created_at] AS date), [created_at]) AS created, ' +
        "CAST(DATEDIFF(day, '19700101', [updated_at]) AS bigint) * 86400 + " +
        'DATEDIFF(second, CAST([updated_at] AS date), [updated_at]) AS updated ' +
        `FROM [app].[Sessions] WHERE [user_id] IN (?, ?) AND ${live}`,
    );
    expect(read.bindings).toEqual(['ann', 'hmac:x', 50]);
    const all = await statementOf(() => owned.removeUser(['ann'], []));
    expect(text(all)).toBe('DELETE FROM [app].[Sessions] OUTPUT deleted.[expires] WHERE [user_id] IN (?)');
    const others = await statementOf(() => owned.removeUser(['ann'], ['sid']));
    expect(text(others)).toBe(`${text(all)} AND [id] COLLATE Latin1_General_BIN2 NOT IN (?)`);
    expect(others.bindings).toEqual(['ann', 'sid']);
    const deleted = [{ expires: 1 }, { expires: 2 }];
    expect(await answering(deleted, () => owned.removeUser(['ann'], []))).toBe(2);
  });

  test('pages follow one another by key', async () => {
    const page = await statementOf(() => plain.page('a', 10));
    expect(text(page)).toBe(
      'SELECT TOP (?) [id], [data], [expires], NULL AS user_id, NULL AS created, NULL AS updated ' +
        'FROM [app].[Sessions] WHERE [id] > ? AND [expires] > ? ORDER BY [id]',
    );
    expect(page.bindings).toEqual([10, 'a', 50]);
  });

  test('the size is what the pages of table and indexes take', async () => {
    expect(text(await statementOf(plain.size))).toBe(
      'SELECT SUM(used_page_count) * 8192 AS size FROM sys.dm_db_partition_stats WHERE object_id = OBJECT_ID(?)',
    );
  });
});
