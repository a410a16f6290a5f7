/** Table names in every statement of every dialect, as text: none leaves its quotes. */

import { deepStrictEqual, strictEqual } from 'node:assert';
import fc from 'fast-check';
import type { Dialect, Shape } from '../../lib/database/dialects/shared';
import { mssql } from '../../lib/database/dialects/mssql';
import { mysql } from '../../lib/database/dialects/mysql';
import { postgres } from '../../lib/database/dialects/postgres';
import { sqlite } from '../../lib/database/dialects/sqlite';
import { untimed, type Statement } from '../../lib/database/execute';
import { identifiersOf, type Identifiers } from '../../lib/database/identifiers';
import type { Change, SessionTable } from '../../lib/database/rows';
import { resolveOptions } from '../../lib/options';
import { recordedKnex } from '../support/recorded-knex';
import { everyRun } from '../support/runs';
import { anyTableName, usableNames } from './values/names';

/** How each database quotes names, what ends one stands twice within it; and what its driver returns for no rows. */
const dialects: [client: string, dialect: Dialect, begin: string, end: string, empty: unknown][] = [
  ['pg', postgres, '"', '"', { rows: [], rowCount: 0 }],
  ['mysql2', mysql, '`', '`', [[]]],
  ['better-sqlite3', sqlite, '`', '`', []],
  ['mssql', mssql, '[', ']', []],
];

const shapes: Shape[] = [
  { timestamps: false, users: false, absoluteLifetime: undefined },
  { timestamps: true, users: true, absoluteLifetime: 60 },
];

/** Makes a table send every statement that it has. */
const sendAll = async (table: SessionTable): Promise<void> => {
  const keys = ['a', 'b'];
  const content = { data: '{}', expires: 2_000 };
  const forward = { data: '2000 b', expires: -2_000 };
  const change = (made: Change, changed = keys) => table.write(changed.map((key) => ({ key, change: made })));
  const writes: Record<Change['kind'], () => Promise<unknown>> = {
    upsert: () => change({ kind: 'upsert', ...content }),
    update: () => change({ kind: 'update', ...content }),
    replace: () =>
      change({ kind: 'replace', before: '{}', isExact: false, rebase: () => undefined, ...content }),
    touch: () => change({ kind: 'touch', expires: 2_000 }),
    remove: () => change({ kind: 'remove' }),
    end: () => change({ kind: 'end', rebase: () => undefined }),
    rotate: () =>
      change(
        { kind: 'rotate', to: 'b', before: '{}', data: '{}', user: 'ann', forward, rebase: () => undefined },
        ['a'],
      ),
    claim: () => change({ kind: 'claim', to: 'b', expires: -1, rebase: () => undefined }, ['a']),
    rename: () => change({ kind: 'rename', to: 'b', ...content }, ['a']),
    move: () => change({ kind: 'move', to: 'b', before: '{}', data: '{}', user: 'ann' }, ['a']),
  };
  const nothing = (): Promise<void> => Promise.resolve();
  const known: Record<keyof SessionTable, () => Promise<unknown>> = {
    columns: table.columns,
    create: table.create,
    ensureIndexes: table.ensureIndexes,
    isNarrow: table.isNarrow,
    widen: table.widen,
    size: table.size,
    drop: table.drop,
    addColumns: () => table.addColumns(['created_at', 'updated_at', 'user_id']),
    read: () => table.read(keys),
    write: async () => {
      for (const write of Object.values(writes)) await write();
    },
    page: () => table.page('a', 100),
    ofUser: () => table.ofUser(['ann']),
    removeUser: async () => {
      await table.removeUser(['ann'], []);
      await table.removeUser(['ann'], keys);
    },
    countHashed: table.countHashed,
    expired: () => table.expired(0, 100),
    removeExpired: () => table.removeExpired(keys),
    count: table.count,
    clear: table.clear,
    // Sends nothing, but tells what others send.
    plan: nothing,
    ...{ maxRows: nothing, sweepRows: nothing, asciiOnly: nothing, replaces: nothing, isConflict: nothing },
    forwards: nothing,
  };
  for (const send of Object.values(known)) await send();
};

const isRefused = (tableName: string): boolean => {
  try {
    resolveOptions({ tableName });
    return false;
  } catch (error) {
    if (error instanceof TypeError) return true;
    throw error;
  }
};

describe.each(dialects)('with %s', (client, dialect, begin, end, empty) => {
  const { knex, sentBy } = recordedKnex(client, empty);
  const takesDatabases = ['pg', 'mssql'].includes(client);
  const quote = (name: string): string => begin + name.split(end).join(end + end) + end;

  /** Every statement of a table with these names. */
  const statementsOf = (names: Identifiers, shape: Shape): Promise<Statement[]> =>
    sentBy(() => sendAll(dialect({ knex, names, shape, timing: untimed, now: () => 1_000 })));

  /** The names of a table that could do no harm, and its statements, as plain and as rich as it may be. */
  const usual: { parts: string[]; names: Identifiers; statements: Statement[][] }[] = [];

  beforeAll(async () => {
    for (const count of [1, 2, 3]) {
      const parts = Array.from({ length: count }, (_, n) => `harmless${n}`);
      const names = identifiersOf(knex, parts.join('.'));
      const statements = [];
      for (const shape of shapes) statements.push(await statementsOf(names, shape));
      usual.push({ parts, names, statements });
    }
  });

  /** Every statement must be the usual one, with these names instead of the usual ones. */
  const checkName = async (name: string): Promise<void> => {
    const parts = name.split('.');
    const model = usual[parts.length - 1];
    if (model === undefined) throw new Error('a name of too many parts');
    const names = identifiersOf(knex, name);
    const meant = new Map([
      ...model.parts.map((part, n) => [part, parts[n] ?? ''] as const),
      [model.names.primaryKey, names.primaryKey],
      [model.names.expiresIndex, names.expiresIndex],
      [model.names.userIndex, names.userIndex],
    ]);
    const quoted = new RegExp([...meant.keys()].map((one) => `\\${begin}(${one})\\${end}`).join('|'), 'g');
    const withNames = (text: unknown): unknown =>
      typeof text !== 'string'
        ? text
        : (meant.get(text) ?? text.replace(quoted, (found) => quote(meant.get(found.slice(1, -1)) ?? '')));
    for (const [n, shape] of shapes.entries()) {
      const expected: unknown = model.statements[n]?.map(({ sql, bindings }) => ({
        sql: withNames(sql),
        bindings: bindings.map(withNames),
      }));
      const statements = await statementsOf(names, shape);
      deepStrictEqual(statements, expected);
      // Knex takes every one for a value's place, within quotes as well.
      for (const { sql, bindings } of statements) strictEqual(sql.split('?').length - 1, bindings.length);
    }
  };

  test('names that look like SQL stay within their quotes, in every statement', async () => {
    for (const name of usableNames) {
      await checkName(name);
      await checkName(`${name}.${name}`);
      if (takesDatabases) await checkName(`db.${name}.${name}`);
    }
  });

  test('so do all names that are not refused', async () => {
    await fc.assert(
      fc.asyncProperty(anyTableName, async (tableName) => {
        fc.pre(!isRefused(tableName) && (takesDatabases || tableName.split('.').length <= 2));
        await checkName(tableName);
      }),
      everyRun(3_000),
    );
  });
});
