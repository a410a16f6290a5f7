/** connect-session-knex, made for express-session, behind the methods that koa-generic-session calls. */

import { ConnectSessionKnexStore } from 'connect-session-knex';
import { openKnex } from '../databases.mjs';

/** Its methods return promises as well as they call back, so that no wrapping costs it anything. */
export const createConnectSessionKnexStore = async (place) => {
  const knex = openKnex(place);
  const peer = new ConnectSessionKnexStore({
    knex,
    tableName: place.table,
    createTable: true,
    // Its clean-up would run at some rows' expense and not at others'.
    cleanupInterval: 0,
  });
  await peer.ready;
  const store = {
    get: (sid) => peer.get(sid),
    set: (sid, session) => peer.set(sid, session),
    destroy: (sid) => peer.destroy(sid),
  };
  return { store, knex, close: () => knex.destroy() };
};
