/** Statements of one row, prepared, through the driver alone: as fast as one statement per call can be. */

import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { setUpSqlite } from '../databases.mjs';
import { rowStatements } from '../statements.mjs';
import { textOf } from './texts.mjs';

/** As many as Knex's pool holds. */
const connections = 10;

const second = () => Math.floor(Date.now() / 1000);
const expires = () => second() + 86_400;

const creators = {
  sqlite: ({ filename }, { select, upsert }) => {
    const database = new Database(filename);
    setUpSqlite(database);
    const [get, set] = [database.prepare(select), database.prepare(upsert)];
    return {
      get: async (id) => get.get(id, second()),
      set: async (id, count) => set.run(id, textOf(count), expires()),
      close: () => database.close(),
    };
  },

  postgres: ({ url }, { select, upsert }) => {
    const pool = new pg.Pool({ connectionString: url, max: connections });
    const [get, set] = [
      { name: 'get', text: numbered(select) },
      { name: 'set', text: numbered(upsert) },
    ];
    return {
      get: (id) => pool.query({ ...get, values: [id, second()] }),
      set: (id, count) => pool.query({ ...set, values: [id, textOf(count), expires()] }),
      close: () => pool.end(),
    };
  },

  mariadb: ({ url }, { select, upsert }) => {
    const pool = mysql.createPool({ uri: url, connectionLimit: connections });
    return {
      get: (id) => pool.execute(select, [id, second()]),
      set: (id, count) => pool.execute(upsert, [id, textOf(count), expires()]),
      close: () => pool.end(),
    };
  },
};

/** PostgreSQL's driver takes `$1` for `?`. */
const numbered = (sql) => {
  let position = 0;
  return sql.replace(/\?/g, () => `$${(position += 1)}`);
};

export const createDriverCaller = async (place) => creators[place.database](place, rowStatements(place));
