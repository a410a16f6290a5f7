/** The rows of the sections that measure whole apps: a store, and the database that it keeps its sessions in. */

import { databaseTitles } from '../databases.mjs';

const storeTitles = {
  none: 'no session',
  memory: 'MemoryStore',
  store: 'this store',
  hashed: 'with hashIds,',
  sealed: 'with hashIds and secret,',
  connect: 'connect-session-knex',
  single: 'one statement per call',
  redis: 'koa-redis',
};

/** @returns the row of a store, on a database if it needs one; `id` names it on the command line */
export const rowOf = (storeName, database) => ({
  id: database === undefined ? storeName : `${storeName}-${database}`,
  title: storeTitles[storeName] + (database in databaseTitles ? ` on ${databaseTitles[database]}` : ''),
  storeName,
  ...(database === undefined ? {} : { database }),
});

/** @param names parts of ids (`store`, `postgres`) or ids (`store-postgres`); undefined for all rows */
export const selectRows = (rows, names) =>
  rows.filter(({ id, storeName, database }) =>
    (names ?? [id]).some((name) => [id, storeName, database].includes(name)),
  );
