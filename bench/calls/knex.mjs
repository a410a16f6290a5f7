/** The very statements that this store sends for one session, sent by `knex.raw` alone: what the store adds shows. */

import { idOf } from '../fill.mjs';
import { sessionOf } from '../sessions.mjs';
import { createThisStore } from '../stores/this-store.mjs';
import { textOf } from './texts.mjs';

/** @returns the statement that a call of the store sends, in the form that `knex.raw` takes */
const capture = async (knex, call) => {
  const statements = [];
  const listen = ({ sql, bindings }) => statements.push({ sql: sql.replace(/\$\d+/g, '?'), bindings });
  knex.on('query', listen);
  await call();
  knex.off('query', listen);
  if (statements.length !== 1) throw new Error(`expected one statement, but saw ${statements.length}`);
  return statements[0];
};

/** Bindings, or lists of them, with other values in the places of some. */
const withValues = (bindings, values) =>
  bindings.map((binding) =>
    Array.isArray(binding) ? withValues(binding, values) : (values[binding] ?? binding),
  );

export const createKnexCaller = async (place) => {
  const { store, knex, close } = await createThisStore(place);
  const captured = { id: idOf(0, 1), session: sessionOf(1) };
  const set = await capture(knex, () => store.set(captured.id, captured.session, 86_400_000));
  const get = await capture(knex, () => store.get(captured.id));
  await store.destroy(captured.id);
  const data = JSON.stringify(captured.session);
  return {
    get: (id) => knex.raw(get.sql, withValues(get.bindings, { [captured.id]: id })),
    set: (id, count) =>
      knex.raw(set.sql, withValues(set.bindings, { [captured.id]: id, [data]: textOf(count) })),
    close,
  };
};
