/** The store of this repository, as its README tells to use it. */

import { createKnexStore } from '../../dist/index.mjs';
import { openKnex } from '../databases.mjs';

/** @param options beside the table's name; without any, the store is as its defaults make it */
export const createThisStore = async (place, options) => {
  const knex = openKnex(place);
  const store = createKnexStore(knex, { tableName: place.table, ...options });
  await store.ready();
  const close = async () => {
    await store.close();
    await knex.destroy();
  };
  return { store, knex, close };
};
