/** The store that everybody would write first: each call is one statement of one row, through `knex.raw`. */

import { createSessionTable } from '../../dist/index.mjs';
import { openKnex } from '../databases.mjs';
import { rowStatements } from '../statements.mjs';

const second = () => Math.floor(Date.now() / 1000);

export const createSingleStore = async (place) => {
  const knex = openKnex(place);
  await createSessionTable(knex, { tableName: place.table });
  const { select, upsert, remove, rows } = rowStatements(place);
  const store = {
    get: async (sid) => {
      const [row] = rows(await knex.raw(select, [sid, second()]));
      return row === undefined ? null : JSON.parse(row.data);
    },
    set: async (sid, session, ttl) => {
      await knex.raw(upsert, [sid, JSON.stringify(session), second() + Math.ceil(ttl / 1000)]);
    },
    destroy: async (sid) => {
      await knex.raw(remove, [sid]);
    },
  };
  return { store, knex, close: () => knex.destroy() };
};
