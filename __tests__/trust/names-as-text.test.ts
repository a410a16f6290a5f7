/** Table names in every statement of every dialect, as text: none leaves its quotes. */

import { deepStrictEqual, strictEqual } from 'node:assert';
import fc from 'fast-check';
import knexModule from 'knex';
import type { CreateDialect, Dialect, Shape, Statement } from '../../lib/database/dialects/dialect';
import { mssql } from '../../lib/database/dialects/mssql';
import { mysql } from '../../lib/database/dialects/mysql';
import { postgres } from '../../lib/database/dialects/postgres';
import { sqlite } from '../../lib/database/dialects/sqlite';
import { tableNames } from '../../lib/database/identifiers';
import { resolveOptions } from '../../lib/options';
import { everyRun } from '../support/runs';
import { anyTableName, usableNames } from './values/names';

/** How each database quotes names; what ends one stands twice within it. */
const dialects: [client: string, CreateDialect, begin: string, end: string][] = [
  ['pg', postgres, '"', '"'],
  ['mysql2', mysql, '`', '`'],
  ['better-sqlite3', sqlite, '`', '`'],
  ['mssql', mssql, '[', ']'],
];

const shapes: Shape[] = [
  { timestamps: false, users: false, absoluteLifetime: undefined },
  { timestamps: true, users: true, absoluteLifetime: 60 },
];

/** Every statement that a dialect has. */
const statementsOf = (dialect: Dialect): Statement[] => {
  const rows = ['a', 'b'].map((id) => ({ id, data: '{}', expires: 2_000 }));
  const keys = rows.map(({ id }) => id);
  const moves = [{ from: 'a', to: 'b', before: '{}', after: '{}', user: 'ann' }];
  const known: Record<keyof Dialect, () => Statement[]> = {
    columns: () => [dialect.columns()],
    createTable: () => [dialect.createTable()],
    ensureIndexes: () => dialect.ensureIndexes(),
    faults: () => (dialect.faults === undefined ? [] : [dialect.faults()]),
    narrow: () => (dialect.narrow === undefined ? [] : [dialect.narrow()]),
    widen: () => (dialect.widen === undefined ? [] : [dialect.widen()]),
    size: () => [dialect.size()],
    dropTable: () => [dialect.dropTable()],
    addColumns: () => dialect.addColumns(['created_at', 'updated_at', 'user_id']),
    selectMany: () => [dialect.selectMany(keys, 1_000)],
    upsertMany: () => [dialect.upsertMany(rows, 1_000)],
    updateMany: () => [dialect.updateMany(rows, 1_000)],
    touchMany: () => [dialect.touchMany(keys, 2_000, 1_000)],
    deleteMany: () => [dialect.deleteMany(keys)],
    moveMany: () => [dialect.moveMany(moves, 1_000)],
    selectPage: () => [dialect.selectPage('a', 1_000, 100)],
    selectUser: () => [dialect.selectUser(['ann'], 1_000)],
    deleteUser: () => [dialect.deleteUser(['ann'], []), dialect.deleteUser(['ann'], keys)],
    countHashed: () => [dialect.countHashed(1_000)],
    selectExpired: () => [dialect.selectExpired(0, 1_000, 100)],
    deleteEnded: () => [dialect.deleteEnded(keys, 1_000)],
    countLive: () => [dialect.countLive(1_000)],
    deleteAll: () => [dialect.deleteAll()],
    ...{ maxRows: () => [], sweepRows: () => [], livesInConnection: () => [], asciiOnly: () => [] },
    ...{ rows: () => [], deleted: () => [] },
  };
  return Object.values(known).flatMap((statements) => statements());
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

describe.each(dialects)('with %s', (client, createDialect, begin, end) => {
  const knex = knexModule({ client, useNullAsDefault: true });
  const takesDatabases = ['pg', 'mssql'].includes(client);
  const quote = (name: string): string => begin + name.split(end).join(end + end) + end;

  /** The names of a table that could do no harm, and its statements, as plain and as rich as it may be. */
  const usual = [1, 2, 3].map((count) => {
    const parts = Array.from({ length: count }, (_, n) => `harmless${n}`);
    const names = tableNames(knex, parts.join('.'));
    const statements = shapes.map((shape) => statementsOf(createDialect(names, shape)));
    return { parts, names, statements };
  });

  /** Every statement must be the usual one, with these names instead of the usual ones. */
  const checkName = (name: string): void => {
    const parts = name.split('.');
    const model = usual[parts.length - 1];
    if (model === undefined) throw new Error('a name of too many parts');
    const names = tableNames(knex, name);
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
    shapes.forEach((shape, n) => {
      const expected = model.statements[n]?.map(({ sql, bindings }) => ({
        sql: withNames(sql),
        bindings: bindings.map(withNames),
      }));
      const statements = statementsOf(createDialect(names, shape));
      deepStrictEqual(statements, expected);
      // Knex takes every one for a value's place, within quotes as well.
      for (const { sql, bindings } of statements) strictEqual(sql.split('?').length - 1, bindings.length);
    });
  };

  test('names that look like SQL stay within their quotes, in every statement', () => {
    for (const name of usableNames) {
      checkName(name);
      checkName(`${name}.${name}`);
      if (takesDatabases) checkName(`db.${name}.${name}`);
    }
  });

  test('so do all names that are not refused', () => {
    fc.assert(
      fc.property(anyTableName, (tableName) => {
        fc.pre(!isRefused(tableName) && (takesDatabases || tableName.split('.').length <= 2));
        checkName(tableName);
      }),
      everyRun(3_000),
    );
  });
});
