/** The session table on any other database that Knex speaks: its query builder instead of our own SQL. */

import type { Knex } from 'knex';
import { columnNames, type ColumnName, type Names } from '../names';
import { run } from '../run';
import type { SessionTable, StatementLimits } from '../table';
import { valuesOf, type Row } from './dialect';

/**
 * Statement by statement and row by row: slower than the dialects of their own, but it asks nothing of the
 * database that Knex does not know how to say.
 */
export const standardTable = (
  knex: Knex,
  names: Names,
  timestamps: boolean,
  { read, write }: StatementLimits,
): SessionTable => {
  const { schema, table: tableName } = names;
  const schemaBuilder = (): Knex.SchemaBuilder =>
    schema === '' ? knex.schema : knex.schema.withSchema(schema);
  const rows = (): Knex.QueryBuilder =>
    schema === '' ? knex(tableName) : knex(tableName).withSchema(schema);

  const updatedNow = (): object => (timestamps ? { updated_at: knex.fn.now() } : {});

  /** An expired row that is written again is a new session: it has been created now. */
  const createdAt = (now: number): object =>
    timestamps
      ? {
          created_at: knex.raw(
            'CASE WHEN ?? > ? THEN COALESCE(??, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END',
            ['expires', now, 'created_at'],
          ),
        }
      : {};

  const update = async ({ id, data, expires }: Row, now: number): Promise<boolean> => {
    const changes = { data, expires, ...createdAt(now), ...updatedNow() };
    return (await run<number>(rows().where({ id }).update(changes), write())) > 0;
  };

  const insert = (row: Row): Promise<unknown> =>
    run(
      rows().insert({ ...row, ...(timestamps ? { created_at: knex.fn.now(), ...updatedNow() } : {}) }),
      write(),
    );

  /** Whoever inserted the row between our update and our insert, the second update finds it. */
  const upsert = async (row: Row, now: number): Promise<void> => {
    if (await update(row, now)) return;
    try {
      await insert(row);
    } catch (error) {
      if (!(await update(row, now))) throw error;
    }
  };

  /** Fails only when every statement has ended: none may take effect after its calls have been answered. */
  const all = async (statements: Promise<unknown>[]): Promise<void> => {
    const results = await Promise.allSettled(statements);
    const failure = results.find((result) => result.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
  };

  const createTable = async (): Promise<void> => {
    await schemaBuilder().createTable(tableName, (table) => {
      table.string('id', 100).notNullable();
      table.text('data', 'longtext').notNullable();
      table.bigInteger('expires').notNullable();
      if (timestamps) table.timestamps(true, false);
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- on SQLite, Knex fails on the newer form
      table.primary(['id'], names.primaryKey);
      table.index(['expires'], names.expiresIndex);
    });
  };

  const count = async (query: Knex.QueryBuilder): Promise<number> => {
    return Number(valuesOf(await run(query.count({ live: '*' })))[0]?.[0] ?? 0);
  };

  return {
    // Nothing is known of its character sets.
    asciiOnly: true,
    maxRows: 100,
    sweepRows: 100,

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
        const columns = timestamps ? columnNames : columnNames.slice(0, 3);
        const answers = await run(rows().select(columns).where({ id: '' })).then(
          () => true,
          () => false,
        );
        if (!answers) throw error;
      }
    },

    // Made together with the table, as far as Knex does that.
    ensureIndex: () => Promise.resolve(),

    drop: async () => {
      await schemaBuilder().dropTableIfExists(tableName);
    },

    addColumns: async (columns) => {
      await schemaBuilder().alterTable(tableName, (table) => {
        for (const column of columns) table.timestamp(column).nullable();
      });
    },

    select: async (keys, now) => {
      const live = rows().whereIn('id', keys).where('expires', '>', now);
      return valuesOf(await run(live.select('id', 'data', 'expires'), read()));
    },

    upsert: (written, now) => all(written.map((row) => upsert(row, now))),

    update: (written, now) =>
      all(
        written.map(({ id, data, expires }) =>
          run(
            rows()
              .where({ id })
              .where('expires', '>', now)
              .update({ data, expires, ...updatedNow() }),
            write(),
          ),
        ),
      ),

    touch: async (keys, expires, now) => {
      const live = rows().whereIn('id', keys).where('expires', '>', now);
      await run(live.update({ expires, ...updatedNow() }), write());
    },

    remove: async (keys) => {
      await run(rows().whereIn('id', keys).delete(), write());
    },

    move: async (from, { to, before, after }, now) => {
      const row = rows().where({ id: from, data: before }).where('expires', '>', now);
      await run(row.update({ id: to, data: after }), write());
    },

    expired: async (from, now, limit) => {
      const expired = rows().whereBetween('expires', [from, now]).orderBy('expires').limit(limit);
      return valuesOf(await run(expired.select('id', 'expires'), read()));
    },

    removeExpired: (keys, now) =>
      run<number>(rows().whereIn('id', keys).where('expires', '<=', now).delete(), write()),

    count: (now) => count(rows().where('expires', '>', now)),

    clear: async () => {
      await run(rows().delete());
    },
  };
};
