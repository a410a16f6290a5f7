/** The table itself on any other database that Knex speaks. */

import type { Knex } from 'knex';
import { columnNames, columnsFor, type ColumnName, type Names } from '../identifiers';
import { run } from '../execute';
import type { SessionTable } from '../table';
import type { Shape } from './dialect';

/**
 * @param rows a query on the rows of the table
 * @throws TypeError for what Knex has no word for
 */
export const standardDefinition = (
  knex: Knex,
  names: Names,
  { timestamps, users, absoluteLifetime }: Shape,
  rows: () => Knex.QueryBuilder,
): Pick<
  SessionTable,
  | ('columns' | 'fault' | 'create' | 'ensureIndexes' | 'drop')
  | ('addColumns' | 'isNarrow' | 'widen' | 'plan' | 'size')
> => {
  if (absoluteLifetime !== undefined) {
    throw new TypeError(
      'option absoluteLifetime needs PostgreSQL, MySQL, MariaDB, SQLite or SQL Server through a driver that is known here: ' +
        'in other databases, there is no way to reckon with times that is the same in all of them',
    );
  }
  const { schema, table: tableName } = names;
  const schemaBuilder = (): Knex.SchemaBuilder =>
    schema === '' ? knex.schema : knex.schema.withSchema(schema);

  const createTable = (): Knex.SchemaBuilder =>
    schemaBuilder().createTable(tableName, (table) => {
      table.string('id', 100).notNullable();
      table.text('data', 'longtext').notNullable();
      table.bigInteger('expires').notNullable();
      if (timestamps) table.timestamps(true, false);
      if (users) table.string('user_id', 100).nullable();
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- on SQLite, Knex fails on the newer form
      table.primary(['id'], names.primaryKey);
      table.index(['expires'], names.expiresIndex);
      if (users) table.index(['user_id'], names.userIndex);
    });

  const addColumns = (columns: readonly ColumnName[]): Knex.SchemaBuilder =>
    schemaBuilder().alterTable(tableName, (table) => {
      for (const column of columns) {
        if (column === 'user_id') table.string(column, 100).nullable().index(names.userIndex);
        else table.timestamp(column).nullable();
      }
    });

  return {
    columns: async () => {
      if (!(await schemaBuilder().hasTable(tableName))) return [];
      const found: ColumnName[] = [];
      // One after the other: a migration's transaction has one connection.
      for (const column of columnNames) {
        if (await schemaBuilder().hasColumn(tableName, column)) found.push(column);
      }
      return found;
    },

    create: async () => {
      try {
        await createTable();
      } catch (error) {
        // Knex cannot find every table by the name it gave to it; one that answers is there.
        const answers = await run(rows().select(columnsFor(timestamps, users)).where({ id: '' })).then(
          () => true,
          () => false,
        );
        if (!answers) throw error;
      }
    },

    // Made together with the table and its columns, as far as Knex does that.
    ensureIndexes: () => Promise.resolve(),
    fault: () => Promise.resolve(undefined),
    size: () => Promise.resolve(undefined),
    isNarrow: () => Promise.resolve(false),
    widen: () => Promise.resolve(),
    plan: (upgrade) =>
      (upgrade === undefined ? createTable() : addColumns(upgrade.columns)).toQuery().split(';\n'),

    drop: async () => {
      await schemaBuilder().dropTableIfExists(tableName);
    },

    addColumns: async (columns) => {
      await addColumns(columns);
    },
  };
};
