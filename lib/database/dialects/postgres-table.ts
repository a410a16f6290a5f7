/** The table itself in PostgreSQL. */

import type { CreateTableDialect } from './dialect';

export const postgresTable: CreateTableDialect = (names, { timestamps, users }) => {
  const { qualifiedTable: table, primaryKey, expiresIndex, userIndex } = names.quoted;
  const {
    id,
    data,
    expires,
    created_at: createdAt,
    updated_at: updatedAt,
    user_id: user,
  } = names.quoted.columns;

  const userColumn = `${user} varchar(100) COLLATE "C"`;
  const createUserIndex = `CREATE INDEX ${userIndex} ON ${table} (${user})`;

  return {
    // to_regclass follows the search path, as the other statements do.
    columns: () => ({
      sql: `
SELECT attname
FROM pg_catalog.pg_attribute
WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped`,
      bindings: [table],
    }),

    // Byte order suits keys, and no update of the system's locales can corrupt such an index. The room that
    // fillfactor leaves lets an update stay in its page. Without bindings, PostgreSQL takes all statements in
    // one message and one transaction: a table without its indexes is never seen.
    createTable: () => ({
      sql: `
CREATE TABLE ${table} (
  ${id} varchar(100) COLLATE "C" NOT NULL,
  ${data} text NOT NULL,
  ${expires} bigint NOT NULL,${
    timestamps
      ? `
  ${createdAt} timestamptz,
  ${updatedAt} timestamptz,`
      : ''
  }${
    users
      ? `
  ${userColumn},`
      : ''
  }
  CONSTRAINT ${primaryKey} PRIMARY KEY (${id})
) WITH (fillfactor = 70);
CREATE INDEX ${expiresIndex} ON ${table} (${expires})${users ? `;\n${createUserIndex}` : ''}`,
      bindings: [],
    }),

    ensureIndexes: () => [],

    dropTable: () => ({ sql: `DROP TABLE IF EXISTS ${table}`, bindings: [] }),

    // One message, and one transaction, here as well.
    addColumns: (columns) =>
      columns.length === 0
        ? []
        : [
            {
              sql: [
                ...columns.map((column) => {
                  const type =
                    column === 'user_id' ? userColumn : `${names.quoted.columns[column]} timestamptz`;
                  return `ALTER TABLE ${table} ADD COLUMN ${type}`;
                }),
                ...(columns.includes('user_id') ? [createUserIndex] : []),
              ].join(';\n'),
              bindings: [],
            },
          ],

    size: () => ({ sql: 'SELECT pg_total_relation_size(to_regclass(?))', bindings: [table] }),
  };
};
