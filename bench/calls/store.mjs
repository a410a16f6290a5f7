/** Calls of this store. */

import { sessionOf } from '../sessions.mjs';
import { createThisStore } from '../stores/this-store.mjs';

const ttl = 86_400_000;

export const createStoreCaller = async (place) => {
  const { store, close } = await createThisStore(place);
  const session = sessionOf(0);
  return {
    get: (id) => store.get(id),
    set: (id, count) => store.set(id, { ...session, count }, ttl),
    close,
  };
};
