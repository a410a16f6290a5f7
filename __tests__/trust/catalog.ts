/** The tables of a database, seen and made without the help of what is tested: with quotes of its own. */

import type { Knex } from 'knex';

export type Kind = 'SQLite' | 'PostgreSQL' | 'MySQL';

/** Where a table is: its schema (in MySQL, its database), and its name. */
export type Place = readonly [schema: string, table: string];

/** One order for lists of places. */
export const inOrder = (places: readonly Place[]): Place[] =>
  [...places].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

export interface Catalog {
  /** Where all tables are, in order. */
  tables(this: void): Promise<Place[]>;
  /** All that they hold. */
  dump(this: void): Promise<[Place, rows: string[][]][]>;
  /** A schema; a table as a store would make it, with a live session and an expired one. */
  createSchema(this: void, name: string): Promise<void>;
  createTable(this: void, place: Place): Promise<void>;
  /** Ends all sessions of a table: their rows are left to be swept. */
  expire(this: void, place: Place): Promise<void>;
}

/** @param schemas where to look; `createSchema` adds to it */
export const createCatalog = (knex: Knex, kind: Kind, schemas: string[]): Catalog => {
  const mark = kind === 'PostgreSQL' ? '"' : '`';
  const quote = (name: string): string => mark + name.split(mark).join(mark + mark) + mark;
  const quoteTable = (place: Place): string => place.map(quote).join('.');

  const query = async (sql: string, bindings: Knex.RawBinding[] = []): Promise<Record<string, unknown>[]> => {
    const response: unknown = await knex.raw(sql, bindings);
    if (kind === 'PostgreSQL') return (response as { rows: Record<string, unknown>[] }).rows;
    return (kind === 'MySQL' ? (response as unknown[])[0] : response) as Record<string, unknown>[];
  };

  const tablesOf = async (schema: string): Promise<Place[]> => {
    const sql = {
      SQLite: `SELECT name FROM ${quote(schema)}.sqlite_master WHERE type = 'table' AND '' <> ?`,
      PostgreSQL: 'SELECT tablename AS name FROM pg_tables WHERE schemaname = ?',
      MySQL: 'SELECT table_name AS name FROM information_schema.tables WHERE BINARY table_schema = ?',
    }[kind];
    const names = (await query(sql, [schema])).map(({ name }) => String(name));
    return names.map((name) => [schema, name]);
  };

  const tables = async (): Promise<Place[]> => {
    const found: Place[] = [];
    for (const schema of schemas) found.push(...(await tablesOf(schema)));
    return inOrder(found);
  };

  return {
    tables,

    dump: async () => {
      const all: [Place, string[][]][] = [];
      for (const place of await tables()) {
        const rows = await query(`SELECT * FROM ${quoteTable(place)} ORDER BY id`);
        all.push([place, rows.map((row) => Object.values(row).map(String))]);
      }
      return all;
    },

    createSchema: async (name) => {
      await query(
        kind === 'SQLite' ? `ATTACH DATABASE ':memory:' AS ${quote(name)}` : `CREATE SCHEMA ${quote(name)}`,
      );
      schemas.push(name);
    },

    createTable: async (place) => {
      const table = quoteTable(place);
      await query(`CREATE TABLE ${table} (id varchar(100) PRIMARY KEY, data text, expires bigint)`);
      await query(`INSERT INTO ${table} VALUES ('sid', '{"of":"others"}', 8000000000), ('old', '{}', 1)`);
    },

    expire: async (place) => {
      await query(`UPDATE ${quoteTable(place)} SET expires = 1`);
    },
  };
};
