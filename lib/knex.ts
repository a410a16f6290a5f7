/** Whether the first argument is what it should be. */

import { kindOf } from './errors';

const hint = "make one with knex({ client: 'pg', connection: ... }) and pass it first";

/**
 * @param caller the function that was called, for the message
 * @throws TypeError unless `value` is a Knex instance or a Knex transaction
 */
export const checkKnex = (value: unknown, caller: string): void => {
  const { raw, client } = (typeof value === 'function' ? value : {}) as Record<'raw' | 'client', unknown>;
  if (typeof raw === 'function' && typeof client === 'object' && client !== null) return;
  const came =
    typeof value === 'function' ? 'a function that is none (the knex module itself?)' : kindOf(value);
  throw new TypeError(`${caller}: the first argument must be a Knex instance, but is ${came}; ${hint}`);
};
