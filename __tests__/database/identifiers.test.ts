/** Identifiers of a session table. */

import knexModule from 'knex';
import { identifiersOf, unquote } from '../../lib/database/identifiers';

const pg = knexModule({ client: 'pg' });
const mssql = knexModule({ client: 'mssql' });

test('a table in a schema is quoted part by part', () => {
  const { schema, table, quoted } = identifiersOf(pg, 'app.Sessions');
  expect([schema, table]).toEqual(['app', 'Sessions']);
  expect(quoted).toMatchObject({ schema: '"app"', table: '"Sessions"', qualifiedTable: '"app"."Sessions"' });
  expect(identifiersOf(mssql, 'db.app.Sessions').quoted).toMatchObject({
    schema: '[db].[app]',
    qualifiedTable: '[db].[app].[Sessions]',
  });
});

test('key and index are named after the table', () => {
  expect(identifiersOf(pg, 'app.Sessions')).toMatchObject({
    primaryKey: 'Sessions_pkey',
    expiresIndex: 'Sessions_expires_index',
  });
});

test('names that would be too long stay different, and short enough', () => {
  const long = 'x'.repeat(62);
  const names = [`${long}1`, `${long}2`].flatMap((table) => {
    const { primaryKey, expiresIndex } = identifiersOf(pg, table);
    return [primaryKey, expiresIndex];
  });
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
});

test('quotes within a name are part of it', () => {
  expect(identifiersOf(pg, 'a"b').quoted.table).toBe('"a""b"');
  expect(unquote('"a""b"')).toBe('a"b');
  expect(unquote('`a``b`')).toBe('a`b');
  expect(unquote('[a]')).toBe('a');
});
