/**
 * Any other database, through Knex's query builder. Slower than the other dialects, statement by statement and row by row,
 * but it only uses what Knex can express for every database.
 */

import type { Knex } from 'knex';
import { hashedPattern } from '../../crypto/row-key';
import { execute, limitsFor, toExpired, toRows, toSessionRows, valuesOf } from '../execute';
import { columnNames, columnsFor, type ColumnName } from '../identifiers';
import type { Change, ChangeOf, KeyedChange, SessionRow } from '../rows';
import { isTransient } from '../../resilience/transient';
import type { Dialect } from './shared';

/** Seconds since the epoch, of what drivers return for a timestamp in UTC: a Date, its text, or ms. */
const secondsOf = (value: unknown): number | null => {
  if (value === null || value === undefined) return null;
  const isText = typeof value === 'string' && !/[zZ]|[+-]\d\d(:?\d\d)?$/.test(value);
  const ms = new Date(isText ? `${value.replace(' ', 'T')}Z` : (value as string | number | Date)).getTime();
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
};

/** Fails only when every statement has ended: none may take effect after its calls have been answered. */
const all = async <T>(statements: Promise<T>[]): Promise<T[]> => {
  const results = await Promise.allSettled(statements);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
};

/** @throws TypeError for `absoluteLifetime` */
export const standard: Dialect = ({ knex, names, shape, timing, now }) => {
  const { timestamps, users, absoluteLifetime } = shape;
  if (absoluteLifetime !== undefined) {
    throw new TypeError(
      'option absoluteLifetime needs PostgreSQL, MySQL, MariaDB, SQLite or SQL Server through a known driver: ' +
        'other databases have no common way to calculate with times',
    );
  }
  const { read, write } = limitsFor(timing);
  const { schema, table: tableName } = names;
  const columns = columnsFor(timestamps, users);
  const rows = (): Knex.QueryBuilder =>
    schema === '' ? knex(tableName) : knex(tableName).withSchema(schema);
  const live = (query: Knex.QueryBuilder): Knex.QueryBuilder => query.where('expires', '>', now());

  const updatedAt = (): object => (timestamps ? { updated_at: knex.fn.now() } : {});
  const userOf = (user: string | null = null): object => (users ? { user_id: user } : {});

  /** An expired row that is written again is a new session, created now. */
  const createdAt = (): object =>
    timestamps
      ? {
          created_at: knex.raw(
            'CASE WHEN ?? > ? THEN COALESCE(??, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END',
            ['expires', now(), 'created_at'],
          ),
        }
      : {};

  type Saved<K extends Change['kind']> = KeyedChange<ChangeOf<K>>;
  type Send = <T = unknown>(query: Knex.QueryBuilder) => Promise<T>;

  const overwrite = async (
    send: Send,
    { key, change: { data, expires, user } }: Saved<'upsert'>,
  ): Promise<boolean> => {
    const values = { data, expires, ...userOf(user), ...createdAt(), ...updatedAt() };
    return (await send<number>(rows().where({ id: key }).update(values))) > 0;
  };

  const insert = (
    send: Send,
    { key, change: { data, expires, user } }: Saved<'upsert'>,
  ): Promise<unknown> => {
    const times = timestamps ? { created_at: knex.fn.now(), ...updatedAt() } : {};
    return send(rows().insert({ id: key, data, expires, ...userOf(user), ...times }));
  };

  /** If another process inserts the row between our update and our insert, the second update finds it. */
  const upsert = async (send: Send, saved: Saved<'upsert'>): Promise<void> => {
    if (await overwrite(send, saved)) return;
    try {
      await insert(send, saved);
    } catch (error) {
      if (!(await overwrite(send, saved))) throw error;
    }
  };

  const update = (send: Send, { key, change: { data, expires, user } }: Saved<'update'>): Promise<unknown> =>
    send(live(rows().where({ id: key })).update({ data, expires, ...userOf(user), ...updatedAt() }));

  /** @returns the key of the row, if it was replaced */
  const replace = async (send: Send, { key, change }: Saved<'replace'>): Promise<string[]> => {
    const { before, data, expires, user } = change;
    const values = { data, ...(expires === null ? {} : { expires }), ...userOf(user), ...updatedAt() };
    const query = live(rows().where({ id: key, data: before })).update(values);
    return (await send<number>(query)) > 0 ? [key] : [];
  };

  const move = (send: Send, { key, change: { to, before, data, user } }: Saved<'move'>): Promise<unknown> =>
    send(live(rows().where({ id: key, data: before })).update({ id: to, data, ...userOf(user) }));

  /** Leaves no forward: that would take a transaction. @returns the key of the row, if it had been rotated */
  const rotate = async (send: Send, { key, change }: Saved<'rotate'>): Promise<string[]> => {
    const { to, before, data, user } = change;
    const giveKey = (): Promise<number> =>
      send(live(rows().where({ id: key, data: before })).update({ id: to, data, ...userOf(user) }));
    const updated = await giveKey().catch(async (error: unknown) => {
      if (isTransient(error)) throw error;
      // Another row has the new key.
      await send(rows().where({ id: to }).delete());
      return giveKey();
    });
    return updated > 0 ? [key] : [];
  };

  const claim = (send: Send, { key, change: { to, expires } }: Saved<'claim'>): Promise<unknown> =>
    send(live(rows().where({ id: key })).update({ id: to, expires }));

  const rename = async (
    send: Send,
    { key, change: { to, data, expires, user } }: Saved<'rename'>,
  ): Promise<unknown> => {
    const isLiveOrClaimed = (query: Knex.QueryBuilder): void => {
      void live(query.where('expires', '<', 0).or);
    };
    const values = { id: to, data, expires, ...userOf(user), ...updatedAt() };
    return send(rows().where({ id: key }).where(isLiveOrClaimed).update(values));
  };

  type Writers = {
    [K in Change['kind']]: (send: Send, changes: readonly Saved<K>[], keys: string[]) => Promise<unknown>;
  };
  const writers: Writers = {
    upsert: (send, saved) => all(saved.map((one) => upsert(send, one))),
    update: (send, saved) => all(saved.map((one) => update(send, one))),
    replace: async (send, replaced) => new Set((await all(replaced.map((one) => replace(send, one)))).flat()),
    move: (send, moved) => all(moved.map((one) => move(send, one))),
    rotate: async (send, rotated) => new Set((await all(rotated.map((one) => rotate(send, one)))).flat()),
    claim: (send, claimed) => all(claimed.map((one) => claim(send, one))),
    rename: (send, renamed) => all(renamed.map((one) => rename(send, one))),
    remove: (send, _removed, keys) => send(rows().whereIn('id', keys).delete()),
    end: (send, _ended, keys) => send(rows().whereIn('id', keys).delete()),
    touch: (send, touched, keys) => {
      const expires = touched[0]?.change.expires;
      return send(live(rows().whereIn('id', keys)).update({ expires, ...updatedAt() }));
    },
  };

  /** Every column is read by its position, whatever the table has. */
  const sessionRows = async (query: Knex.QueryBuilder): Promise<SessionRow[]> => {
    const found = valuesOf(await execute(query.select(columns), read()));
    return toSessionRows(
      found.map((values) => {
        const value = (column: ColumnName): unknown => values[columns.indexOf(column)] ?? null;
        const times = [secondsOf(value('created_at')), secondsOf(value('updated_at'))];
        return [value('id'), value('data'), value('expires'), value('user_id'), ...times];
      }),
    );
  };

  /** The column's collation may ignore case, or trailing spaces. */
  const ofUsers = async (userKeys: readonly string[], query: Knex.QueryBuilder): Promise<SessionRow[]> =>
    (await sessionRows(query.whereIn('user_id', userKeys))).filter(({ user }) =>
      userKeys.includes(String(user)),
    );

  const count = async (query: Knex.QueryBuilder): Promise<number> =>
    Number(valuesOf(await execute(query.count({ live: '*' })))[0]?.[0] ?? 0);

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

  const addColumns = (added: readonly ColumnName[]): Knex.SchemaBuilder =>
    schemaBuilder().alterTable(tableName, (table) => {
      for (const column of added) {
        if (column === 'user_id') table.string(column, 100).nullable().index(names.userIndex);
        else table.timestamp(column).nullable();
      }
    });

  return {
    // Its character sets are unknown.
    asciiOnly: true,
    maxRows: 100,
    sweepRows: 100,
    replaces: 'one',
    isConflict: () => false,
    forwards: false,

    read: async (keys) =>
      toRows(
        valuesOf(await execute(live(rows().whereIn('id', keys)).select(columnsFor(false, users)), read())),
      ),

    write: async (changes, isStale) => {
      const send: Send = (query) => execute(query, write(), isStale);
      const kind = changes[0]?.change.kind;
      const keys = changes.map(({ key }) => key);
      const result = kind === undefined ? undefined : await writers[kind](send, changes as never, keys);
      return result instanceof Set ? (result as Set<string>) : undefined;
    },

    expired: async (from, limit) => {
      const expired = rows().whereBetween('expires', [from, now()]).orderBy('expires').limit(limit);
      return toExpired(valuesOf(await execute(expired.select('id', 'expires'), read())));
    },

    removeExpired: (keys) =>
      execute<number>(rows().whereIn('id', keys).where('expires', '<=', now()).delete(), write()),

    page: (after, limit) =>
      sessionRows(
        live(rows().where('id', '>', after))
          .orderBy('id')
          .limit(limit),
      ),

    ofUser: (userKeys) => ofUsers(userKeys, live(rows())),

    removeUser: async (userKeys, except) => {
      const found = await ofUsers(userKeys, rows());
      const keys = found.map(({ id }) => id).filter((id) => !except.includes(id));
      return execute<number>(rows().whereIn('id', keys).delete(), write());
    },

    count: () => count(live(rows())),
    countHashed: () => count(live(rows().where('id', 'like', hashedPattern))),
    clear: async () => {
      await execute(rows().delete());
    },

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
        // Knex cannot find every table by the name it was given; one that answers exists.
        const answers = await execute(rows().select(columns).where({ id: '' })).then(
          () => true,
          () => false,
        );
        if (!answers) throw error;
      }
    },

    drop: async () => {
      await schemaBuilder().dropTableIfExists(tableName);
    },

    addColumns: async (added) => {
      await addColumns(added);
    },

    plan: (upgrade) =>
      (upgrade === undefined ? createTable() : addColumns(upgrade.columns)).toQuery().split(';\n'),

    // Made with the table and its columns, as far as Knex does that.
    ensureIndexes: () => Promise.resolve(),
    size: () => Promise.resolve(undefined),
    isNarrow: () => Promise.resolve(false),
    widen: () => Promise.resolve(),
  };
};
