/** The databases that are measured: where a row's table lies, and how Knex reaches it. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import createKnex from 'knex';

export const databaseNames = ['sqlite', 'postgres', 'mariadb'];

/** For the names of rows; a server that MYSQL_URL names may be MySQL. */
export const databaseTitles = { sqlite: 'SQLite', postgres: 'PostgreSQL', mariadb: 'MariaDB' };

/** What SQLite's documentation recommends for many readers and a writer. */
export const setUpSqlite = (connection, done) => {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = NORMAL');
  done?.(null, connection);
};

const knexConfigs = {
  sqlite: ({ filename }) => ({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: { afterCreate: setUpSqlite },
  }),
  postgres: ({ url }) => ({ client: 'pg', connection: url }),
  mariadb: ({ url }) => ({ client: 'mysql2', connection: url }),
};

let tables = 0;

/**
 * A place for a table that no other row uses; on SQLite in a file of its own.
 *
 * @returns what a process needs to reach it, as JSON can hold it
 */
export const newPlace = (database, server) => {
  tables += 1;
  const table = `bench_${process.pid}_${tables}`;
  return database === 'sqlite'
    ? { database, table, filename: join(server.folder, `${table}.sqlite`) }
    : { database, table, url: server.url };
};

/** Knex with its default pool: up to 10 connections, one on SQLite. */
export const openKnex = (place) => createKnex(knexConfigs[place.database](place));

/** Work on a place that ends with it. @returns what `work` resolves with */
export const inPlace = async (database, server, work) => {
  const place = newPlace(database, server);
  try {
    return await work(place);
  } finally {
    await removePlace(place);
  }
};

export const removePlace = async (place) => {
  if (place.database === 'sqlite') {
    for (const suffix of ['', '-wal', '-shm']) await rm(place.filename + suffix, { force: true });
    return;
  }
  const knex = openKnex(place);
  await knex.schema.dropTableIfExists(place.table);
  await knex.destroy();
};
