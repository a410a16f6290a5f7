/**
 * Compares the SQL that reaches each driver with the files in `golden/`. A change to a statement shows there, where it
 * can be reviewed as SQL. `UPDATE_GOLDEN=1 npx jest golden-sql` writes the files.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import type { Change, SessionRow } from '../../lib/database/rows';
import { openTable } from '../../lib/database/table';
import { layOut } from './layout';
import { createRecorder, type Answer, type ClientName, type Sent } from './recorder';

/** The only code here that knows the library: it opens a table, and calls each of its methods. */
const openJudged = (knex: Knex, options: TableOptions) => {
  const table = openTable(knex, options, { timeout: 5_000, patience: () => 1_250 });
  const write = (changes: readonly [key: string, change: Change][]): Promise<unknown> =>
    table.write(changes.map(([key, change]) => ({ key, change })));
  /** Runs at a time in seconds since the epoch. */
  const at = <T>(second: number, work: () => T): T => {
    jest.spyOn(Date, 'now').mockReturnValue(second * 1_000);
    return work();
  };
  const checked = { rebase: () => undefined };
  /** The values of a row, in the order of its columns. */
  const values = ({ id, data, expires, user, created, updated }: SessionRow): unknown[] => [
    ...[id, data, expires, user, created, updated],
  ];
  return {
    facts: () => ({ asciiOnly: table.asciiOnly, maxRows: table.maxRows, sweepRows: table.sweepRows }),
    columns: () => table.columns(),
    create: () => table.create(),
    ensureIndexes: () => table.ensureIndexes(),
    drop: () => table.drop(),
    addColumns: (columns: readonly NewColumn[]) => table.addColumns(columns),
    isNarrow: () => table.isNarrow(),
    widen: () => table.widen(),
    /** Without arguments, the plan of a new table; with them, the plan of an upgrade. */
    plan: (upgrade?: { columns: readonly NewColumn[]; widen: boolean }) => table.plan(upgrade),
    size: () => table.size(),
    select: async (keys: readonly string[], second: number) =>
      [...(await at(second, () => table.read(keys)))].map(([id, row]) => [
        id,
        ...(Object.values(row) as unknown[]),
      ]),
    upsert: (rows: readonly Row[], second: number) =>
      at(second, () => write(rows.map(({ id, ...row }) => [id, { kind: 'upsert', ...row }]))),
    update: (rows: readonly Row[], second: number) =>
      at(second, () => write(rows.map(({ id, ...row }) => [id, { kind: 'update', ...row }]))),
    replace: (rows: readonly Row[], second: number) => {
      const conditional = { kind: 'replace', before: 'as loaded', isExact: false, ...checked } as const;
      return at(second, () => write(rows.map(({ id, ...row }) => [id, { ...conditional, ...row }])));
    },
    touch: (keys: readonly string[], expires: number, second: number) =>
      at(second, () => write(keys.map((key) => [key, { kind: 'touch', expires }]))),
    remove: (keys: readonly string[]) => write(keys.map((key) => [key, { kind: 'remove' }])),
    move: (moves: readonly Move[], second: number) =>
      at(second, () =>
        write(moves.map(({ from, after, ...move }) => [from, { kind: 'move', data: after, ...move }])),
      ),
    claim: (keys: readonly string[], second: number) =>
      at(second, () =>
        write(
          keys.map((key) => [key, { kind: 'claim', to: `claimed ${key}`, expires: -second, ...checked }]),
        ),
      ),
    end: (keys: readonly string[]) => write(keys.map((key) => [key, { kind: 'end', ...checked }])),
    rotate: ({ from, after, ...rotation }: Move, second: number) =>
      at(second, () => {
        const forward = { data: `${second}000 ${rotation.to}`, expires: -second - 60 };
        return write([[from, { kind: 'rotate', data: after, ...rotation, forward, ...checked }]]);
      }),
    rename: (rows: readonly Row[], second: number) =>
      at(second, () =>
        write(rows.map(({ id, ...row }) => [`claimed ${id}`, { kind: 'rename', to: id, ...row }])),
      ),
    expired: async (from: number, second: number, limit: number) =>
      (await at(second, () => table.expired(from, limit))).map(({ id, expires }) => [id, expires]),
    removeEnded: (keys: readonly string[], second: number) => at(second, () => table.removeExpired(keys)),
    page: async (after: string, second: number, limit: number) =>
      (await at(second, () => table.page(after, limit))).map(values),
    ofUser: async (users: readonly string[], second: number) =>
      (await at(second, () => table.ofUser(users))).map(values),
    removeUser: (users: readonly string[], except: readonly string[]) => table.removeUser(users, except),
    count: (second: number) => at(second, () => table.count()),
    countHashed: (second: number) => at(second, () => table.countHashed()),
    clear: () => table.clear(),
  };
};

afterEach(() => {
  jest.restoreAllMocks();
});

interface TableOptions {
  tableName: string;
  timestamps: boolean;
  userId?: () => string;
  /** In ms. */
  absoluteLifetime?: number;
}

type NewColumn = 'created_at' | 'updated_at' | 'user_id';
interface Row {
  id: string;
  data: string;
  expires: number;
  user?: string | null;
}
interface Move {
  from: string;
  to: string;
  before: string;
  after: string;
  user?: string | null;
}
type Judged = ReturnType<typeof openJudged>;

const userId = (): string => 'user-1';
const absoluteLifetime = 30 * 86_400_000;
const plain = { tableName: 'Sessions', timestamps: false };
const timestamps = { tableName: 'Sessions', timestamps: true };

/** Upper snake case: every name in the SQL must have gone through it. */
const wrapIdentifier = (name: string, quote: (name: string) => string): string =>
  quote(name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase());

const shapes: Record<string, TableOptions & { config?: Knex.Config }> = {
  plain,
  timestamps,
  'timestamps, users': { ...timestamps, userId },
  'timestamps, absolute lifetime': { ...timestamps, absoluteLifetime },
  users: { ...plain, userId },
  'timestamps, users, absolute lifetime': { ...timestamps, userId, absoluteLifetime },
  'timestamps, users, in the schema app': { ...timestamps, userId, tableName: 'app.Sessions' },
  'timestamps, users, with names in need of quotes, and a wrapIdentifier': {
    ...{ ...timestamps, userId, tableName: 'my`"app.user\'s`"Sessions', config: { wrapIdentifier } },
  },
};

/** In seconds since the epoch. */
const now = 1_700_000_000;

const rows = (count: number): Row[] =>
  [
    { id: 'key-1', data: '{"n":1}', expires: now + 101, user: 'user-1' },
    { id: 'key-2', data: '{"n":2}', expires: now + 102, user: null },
    { id: 'key-3', data: '{"n":3}', expires: now + 103 },
  ].slice(0, count);

const keys = (count: number): string[] => rows(count).map(({ id }) => id);

const moves = (count: number): Move[] =>
  [
    { from: 'key-1', to: 'sha256:key-1', before: '{"n":1}', after: 'sealed 1', user: 'user:1' },
    { from: 'key-2', to: 'key-2', before: '{"n":2}', after: 'sealed 2', user: null },
    { from: 'key-3', to: 'sha256:key-3', before: '{"n":3}', after: 'sealed 3' },
  ].slice(0, count);

/** Every set of columns that an older table may lack. */
const missing = (options: TableOptions): NewColumn[][] => {
  const all: NewColumn[] = [
    ...(options.timestamps ? (['created_at', 'updated_at'] as const) : []),
    ...(options.userId === undefined ? [] : (['user_id'] as const)),
  ];
  return all.reduce<NewColumn[][]>((sets, column) => [...sets, ...sets.map((set) => [...set, column])], [[]]);
};

interface Call {
  name: string;
  call: (table: Judged) => unknown;
  /** The row that the database answers with when it has one. */
  found?: object;
  /** Also record what it sends when the database refuses a new row or a new table. */
  refused?: true;
}

const callsOn = (dialect: string, options: TableOptions): Call[] => {
  const isOther = dialect.startsWith('other');
  const sets = missing(options).filter((columns) => columns.length > 0);
  const largest = sets.slice(-1);
  // Shapes with other names add nothing but names: one call of each kind covers them.
  const isBrief = options.tableName !== 'Sessions';
  const row = { id: 'key-1', data: '{"n":1}', expires: now + 101 };
  const owner = options.userId === undefined ? {} : { user_id: 'user-1' };
  const date = new Date(1000 * now);
  const times = options.timestamps ? { created_at: date, updated_at: date } : {};
  const whole = isOther
    ? { ...row, ...times, ...owner }
    : { ...row, user_id: null, ...owner, created: now, updated: now };
  const forEach = (name: string, call: (table: Judged, count: number) => unknown): Call[] =>
    (isBrief ? [3] : [1, 3]).map((count) => ({
      name: `${name}, ${count} ${count === 1 ? 'row' : 'rows'}`,
      call: (table) => call(table, count),
    }));

  return [
    { name: 'columns', call: (table) => table.columns(), found: { name: 'expires' } },
    { name: 'create', call: (table) => table.create(), refused: true },
    { name: 'ensureIndexes', call: (table) => table.ensureIndexes() },
    { name: 'drop', call: (table) => table.drop() },
    ...(isBrief ? largest : sets).map((columns): Call => ({
      name: `addColumns ${columns.join(', ')}`,
      call: (table) => table.addColumns(columns),
    })),
    { name: 'isNarrow', call: (table) => table.isNarrow(), found: { type: 'text' } },
    { name: 'widen', call: (table) => table.widen() },
    { name: 'plan', call: (table) => table.plan() },
    ...largest.map((columns): Call => ({
      name: `plan ${columns.join(', ')}`,
      call: (table) => table.plan({ columns, widen: false }),
    })),
    // Only MySQL has a column to widen.
    ...(dialect === 'mysql' ? [[], ...largest] : []).map((columns): Call => ({
      name: `plan ${[...columns, 'widen'].join(', ')}`,
      call: (table) => table.plan({ columns, widen: true }),
    })),
    { name: 'size', call: (table) => table.size(), found: { size: '16384' } },
    ...forEach('select', (table, count) => table.select(keys(count), now)).map((call) => ({
      ...call,
      found: { ...row, ...owner },
    })),
    ...forEach('upsert', (table, count) => table.upsert(rows(count), now)).map((call, index): Call => ({
      ...call,
      ...(index === 0 ? { refused: true } : {}),
    })),
    ...forEach('update', (table, count) => table.update(rows(count), now)),
    ...forEach('replace', (table, count) => table.replace(rows(count), now)),
    ...forEach('touch', (table, count) => table.touch(keys(count), now + 200, now)),
    ...forEach('remove', (table, count) => table.remove(keys(count))),
    ...forEach('move', (table, count) => table.move(moves(count), now)),
    ...forEach('end', (table, count) => table.end(keys(count))),
    ...moves(1).map((one) => ({ name: 'rotate', call: (table: Judged) => table.rotate(one, now) })),
    ...forEach('claim', (table, count) => table.claim(keys(count), now)),
    ...forEach('rename', (table, count) => table.rename(rows(count), now)),
    {
      name: 'expired',
      call: (table) => table.expired(now - 300, now, 50),
      found: { id: 'key-1', expires: now - 1 },
    },
    ...forEach('removeEnded', (table, count) => table.removeEnded(keys(count), now)),
    { name: 'page', call: (table) => table.page('key-0', now, 50), found: whole },
    ...(options.userId === undefined
      ? []
      : [
          { name: 'ofUser, 1 user', call: (table: Judged) => table.ofUser(['user-1'], now), found: whole },
          {
            name: 'ofUser, 2 users',
            call: (table: Judged) => table.ofUser(['user-1', 'user:1'], now),
            found: whole,
          },
          {
            name: 'removeUser, 1 user',
            call: (table: Judged) => table.removeUser(['user-1'], []),
            found: whole,
          },
          {
            name: 'removeUser, 2 users, but for 2 rows',
            call: (table: Judged) => table.removeUser(['user-1', 'user:1'], ['key-2', 'key-3']),
            found: whole,
          },
        ]),
    { name: 'count', call: (table) => table.count(now), found: { live: '7' } },
    { name: 'countHashed', call: (table) => table.countHashed(now), found: { hashed: '7' } },
    { name: 'clear', call: (table) => table.clear() },
  ];
};

const nothing: Answer = () => [];
const refusal: Answer = (sql) =>
  /^\s*(insert|create|merge)\b/i.test(sql) ? new Error('refused by the test') : [];

/** A value that the driver does not escape itself is shown as it is written into the statement. */
const isWritten = (value: unknown): value is { toSqlString(): string } =>
  typeof (value as { toSqlString?: unknown } | null)?.toSqlString === 'function';

const json = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part === undefined ? '(undefined)' : isWritten(part) ? part.toSqlString() : part,
  );

const statement = ({ sql, bindings, timeout }: Sent): string[] => [
  layOut(sql),
  `-- bindings: ${json(bindings)}${timeout === undefined ? '' : ` (timeout: ${timeout} ms)`}`,
];

/** What a call sends, and resolves with: without rows, with one row, and when the database refuses it. */
const describeCall = async (
  record: ReturnType<typeof createRecorder>['record'],
  table: Judged,
  { name, call, found = { id: 'key-1' }, refused }: Call,
): Promise<string> => {
  const work = (): unknown => call(table);
  const none = await record(nothing, work);
  const one = await record(() => [found], work);
  // A plan sends nothing: it resolves with SQL.
  if (name.startsWith('plan')) return [`-- ${name}`, ...(none.result as string[]).map(layOut)].join('\n\n');
  const lines = [`-- ${name}`, ...none.sent.flatMap((sent) => statement(sent))];
  if (none.sent.length === 0) lines.push('-- sends nothing');
  const alternative = (title: string, sent: readonly Sent[]): void => {
    if (json(sent) !== json(none.sent)) lines.push(`-- ${name}, ${title}`, ...sent.flatMap(statement));
  };
  if (one.result !== undefined || none.result !== undefined) {
    lines.push(`-- resolves with ${json(none.result)}; with one row, ${json(one.result)}`);
  }
  alternative('with one row', one.sent);
  if (refused === true) {
    const { sent, result } = await record(refusal, () =>
      Promise.resolve(work()).then(
        () => 'resolves',
        () => 'rejects',
      ),
    );
    alternative(`refused by the database: ${result as string}`, sent);
  }
  return lines.join('\n');
};

const describeDialect = async (
  dialect: string,
  client: ClientName,
  driverName: string | undefined,
): Promise<string> => {
  const blocks: string[] = [];
  /** The shape in which each block first came up. */
  const seen = new Map<string, string>();

  for (const [shape, { config, ...options }] of Object.entries(shapes)) {
    const { knex, record } = createRecorder(client, { useNullAsDefault: true, ...config }, driverName);
    blocks.push(`-- shape: ${shape}`);
    let table: Judged;
    try {
      table = openJudged(knex, options);
    } catch (error) {
      blocks.push(`-- throws ${(error as Error).name}`);
      continue;
    }
    if (blocks.length === 1) blocks.unshift(`-- ${dialect}: ${json(table.facts())}`);
    const known: Record<string, string[]> = {};
    const added: string[] = [];
    for (const call of callsOn(dialect, options)) {
      const block = await describeCall(record, table, call);
      const first = seen.get(block);
      if (first === undefined) {
        seen.set(block, shape);
        added.push(block);
      } else {
        (known[first] ??= []).push(call.name);
      }
    }
    const asBefore = Object.entries(known).map(
      ([first, names]) => `-- as in shape: ${first}\n--   ${names.join('; ')}`,
    );
    blocks.push(...asBefore, ...added);
  }
  return `${blocks.join('\n\n')}\n`;
};

/** A golden file with its SQL laid out anew, because white space must not count. */
const readGolden = (file: string): string => {
  const parts: string[] = [];
  let sql: string[] = [];
  const flush = (): void => {
    if (sql.length > 0) parts.push(layOut(sql.join('\n')));
    sql = [];
  };
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    const isSql = line.trim() !== '' && !line.startsWith('--');
    if (isSql) sql.push(line);
    else {
      flush();
      parts.push(line.trimEnd());
    }
  }
  flush();
  return parts.join('\n');
};

const dialects: [dialect: string, client: ClientName, driverName?: string][] = [
  ['postgres', 'postgres'],
  ['mysql', 'mysql2'],
  ['sqlite', 'better-sqlite3'],
  ['mssql', 'mssql'],
  ['other-sqlite', 'better-sqlite3', 'some-other-driver'],
  ['other-postgres', 'postgres', 'some-other-driver'],
];

for (const [dialect, client, driverName] of dialects) {
  test(`the SQL of ${dialect} is that of golden/${dialect}.sql`, async () => {
    const file = join(__dirname, 'golden', `${dialect}.sql`);
    const described = await describeDialect(dialect, client, driverName);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, described);
    expect(described).toBe(existsSync(file) ? readGolden(file) : 'a golden file');
  });
}
