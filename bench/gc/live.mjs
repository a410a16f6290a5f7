/** A table of which every other row has expired, and reads of the live ones. */

import { idOf, liveExpires } from '../fill.mjs';
import { createThisStore } from '../stores/this-store.mjs';
import { random } from '../support/calls.mjs';
import { startReads } from './reads.mjs';

/** Expired within the last day, in no order that has to do with that of the ids. */
const expired = () => `${Math.floor(Date.now() / 1000) - 86_401} + (n * 769) % 86400`;

/** @returns for `fill`: even rows are live */
export const halfExpired = () => `CASE WHEN n % 2 = 0 THEN ${liveExpires()} ELSE ${expired()} END`;

/** @returns a store that does not sweep by itself, under reads of random live rows */
export const openUnderReads = async (place, rows, every) => {
  const { store, knex, close } = await createThisStore(place, { gcFrequency: 0 });
  const read = async () => {
    const session = await store.get(idOf(2 * random(rows / 2), rows));
    if (session === null) throw new Error('a live session is gone');
  };
  const { mark, stop } = startReads(read, every);
  const end = async () => {
    stop();
    await mark();
    await close();
  };
  return { store, knex, mark, end };
};
