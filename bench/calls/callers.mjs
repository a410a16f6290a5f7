/** The three ways to reach one table: this store, Knex alone, and the driver alone. */

import { createStoreCaller } from './store.mjs';
import { createKnexCaller } from './knex.mjs';
import { createDriverCaller } from './driver.mjs';

const creators = { store: createStoreCaller, knex: createKnexCaller, driver: createDriverCaller };

/** @returns `{ get(id), set(id, count), close }`; what `set` writes differs by `count` */
export const createCaller = (name, place) => creators[name](place);
