/** The identifiers of one session table: plain, and quoted as its database quotes them. */

import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

/** The columns that every session table has. */
export const basicColumns = ['id', 'data', 'expires'] as const;

/** Every column that a session table may have. */
export const columnNames = [...basicColumns, 'created_at', 'updated_at', 'user_id'] as const;

export type ColumnName = (typeof columnNames)[number];

/** The columns of a table with these options, in their order. */
export const columnsFor = (timestamps: boolean, users: boolean): readonly ColumnName[] => [
  ...basicColumns,
  ...(timestamps ? (['created_at', 'updated_at'] as const) : []),
  ...(users ? (['user_id'] as const) : []),
];

/** In bytes: PostgreSQL's limit on identifiers, the shortest of all databases here. */
const longestName = 63;

/** The name of a key or an index: from the table's name, as such names are unique in a database. A long one is hashed. */
const derivedName = (table: string, suffix: string): string => {
  const name = table + suffix;
  if (Buffer.byteLength(name) <= longestName) return name;
  const digest = createHash('sha256').update(table).digest('hex').slice(0, 16);
  return `sessions_${digest}${suffix}`;
};

/** @param tableName as the `tableName` option takes it: at most three parts with dots between them */
export const identifiersOf = (knex: Knex, tableName: string) => {
  const quote = (name: string): string => knex.raw('??', [name]).toQuery();
  const dot = tableName.lastIndexOf('.');
  const table = tableName.slice(dot + 1);
  /** The schema, or database and schema; empty if the app named none. */
  const schema = tableName.slice(0, Math.max(dot, 0));
  const primaryKey = derivedName(table, '_pkey');
  const expiresIndex = derivedName(table, '_expires_index');
  const userIndex = derivedName(table, '_user_id_index');
  const columns = Object.fromEntries(columnNames.map((name) => [name, quote(name)]));
  return {
    schema,
    table,
    primaryKey,
    expiresIndex,
    userIndex,
    /** Ready for SQL: mapped by the app's `wrapIdentifier`, and quoted. */
    quoted: {
      schema: schema === '' ? '' : quote(schema),
      table: quote(table),
      /** The table with its schema. */
      qualifiedTable: quote(tableName),
      primaryKey: quote(primaryKey),
      expiresIndex: quote(expiresIndex),
      userIndex: quote(userIndex),
      columns: columns as Readonly<Record<ColumnName, string>>,
    },
  };
};

export type Identifiers = ReturnType<typeof identifiersOf>;

/** The identifier within the quotes: catalogs take names as values. */
export const unquote = (quoted: string): string => {
  const end = quoted.slice(-1);
  return quoted
    .slice(1, -1)
    .split(end + end)
    .join(end);
};
