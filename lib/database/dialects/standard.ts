/** The session table on any other database that Knex speaks: its query builder instead of our own SQL. */

import type { Knex } from 'knex';
import { hashedPattern } from '../../crypto/row-key';
import { columnsFor, type ColumnName, type Names } from '../identifiers';
import { run } from '../execute';
import type { SessionTable } from '../table';
import type { StatementLimits } from '../../resilience/timing';
import { valuesOf, type Move, type Row, type Shape } from './dialect';
import { standardDefinition } from './standard-table';

/** Seconds since the epoch, of what a driver makes of a timestamp in UTC: a Date, its text, or ms. */
const secondsOf = (value: unknown): number | null => {
  if (value === null || value === undefined) return null;
  const isText = typeof value === 'string' && !/[zZ]|[+-]\d\d(:?\d\d)?$/.test(value);
  const ms = new Date(isText ? `${value.replace(' ', 'T')}Z` : (value as string | number | Date)).getTime();
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
};

/**
 * Statement by statement and row by row: slower than the dialects of their own, but it asks nothing of the
 * database that Knex does not know how to say.
 */
export const standardTable = (
  knex: Knex,
  names: Names,
  shape: Shape,
  { read, write }: StatementLimits,
): SessionTable => {
  const { timestamps, users } = shape;
  const { schema, table: tableName } = names;
  const columnsHere = columnsFor(timestamps, users);
  const rows = (): Knex.QueryBuilder =>
    schema === '' ? knex(tableName) : knex(tableName).withSchema(schema);

  const updatedNow = (): object => (timestamps ? { updated_at: knex.fn.now() } : {});

  const owner = (user: string | null = null): object => (users ? { user_id: user } : {});

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

  const update = async ({ id, data, expires, user }: Row, now: number): Promise<boolean> => {
    const changes = { data, expires, ...owner(user), ...createdAt(now), ...updatedNow() };
    return (await run<number>(rows().where({ id }).update(changes), write())) > 0;
  };

  const insert = ({ id, data, expires, user }: Row): Promise<unknown> => {
    const times = timestamps ? { created_at: knex.fn.now(), ...updatedNow() } : {};
    return run(rows().insert({ id, data, expires, ...owner(user), ...times }), write());
  };

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

  /** As rows with every column, whatever the table has. */
  const wholeRows = async (query: Knex.QueryBuilder): Promise<unknown[][]> => {
    const found = valuesOf(await run(query.select(columnsHere), read()));
    return found.map((values) => {
      const value = (column: ColumnName): unknown => values[columnsHere.indexOf(column)] ?? null;
      const seconds = (column: ColumnName): number | null => secondsOf(value(column));
      const basics = [value('id'), value('data'), value('expires'), value('user_id')];
      return [...basics, seconds('created_at'), seconds('updated_at')];
    });
  };

  /** The column may be blind to case, or to spaces. */
  const ofUsers = async (owners: readonly string[], query: Knex.QueryBuilder): Promise<unknown[][]> =>
    (await wholeRows(query.whereIn('user_id', owners))).filter(([, , , user]) =>
      owners.includes(String(user)),
    );

  const moveRow = ({ from, to, before, after, user }: Move, now: number): Promise<unknown> => {
    const row = rows().where({ id: from, data: before }).where('expires', '>', now);
    return run(row.update({ id: to, data: after, ...owner(user) }), write());
  };

  const count = async (query: Knex.QueryBuilder): Promise<number> => {
    return Number(valuesOf(await run(query.count({ live: '*' })))[0]?.[0] ?? 0);
  };

  return {
    ...standardDefinition(knex, names, shape, rows),
    // Nothing is known of its character sets.
    asciiOnly: true,
    maxRows: 100,
    sweepRows: 100,

    select: async (keys, now) => {
      const live = rows().whereIn('id', keys).where('expires', '>', now);
      return valuesOf(await run(live.select('id', 'data', 'expires', ...(users ? ['user_id'] : [])), read()));
    },

    upsert: (written, now) => all(written.map((row) => upsert(row, now))),

    update: (written, now) =>
      all(
        written.map(({ id, data, expires, user }) =>
          run(
            rows()
              .where({ id })
              .where('expires', '>', now)
              .update({ data, expires, ...owner(user), ...updatedNow() }),
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

    move: (moves, now) => all(moves.map((move) => moveRow(move, now))),

    expired: async (from, now, limit) => {
      const expired = rows().whereBetween('expires', [from, now]).orderBy('expires').limit(limit);
      return valuesOf(await run(expired.select('id', 'expires'), read()));
    },

    removeEnded: (keys, now) =>
      run<number>(rows().whereIn('id', keys).where('expires', '<=', now).delete(), write()),

    page: (after, now, limit) =>
      wholeRows(rows().where('id', '>', after).where('expires', '>', now).orderBy('id').limit(limit)),

    ofUser: (owners, now) => ofUsers(owners, rows().where('expires', '>', now)),

    removeUser: async (owners, except) => {
      const found = await ofUsers(owners, rows());
      const keys = found.map(([id]) => String(id)).filter((id) => !except.includes(id));
      return run<number>(rows().whereIn('id', keys).delete(), write());
    },

    count: (now) => count(rows().where('expires', '>', now)),

    countHashed: (now) => count(rows().where('id', 'like', hashedPattern).where('expires', '>', now)),

    clear: async () => {
      await run(rows().delete());
    },
  };
};
