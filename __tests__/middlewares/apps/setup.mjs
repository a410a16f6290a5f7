/** What the apps here share: Knex and the store as the test wants them, and a server that stops when told to. */

import { createRequire } from 'node:module';
import knexModule from 'knex';

const {
  DATABASE_CLIENT,
  DATABASE_URL,
  FORMAT,
  PORT,
  SESSION_OPTIONS = '{}',
  STORE_OPTIONS = '{}',
} = process.env;

const knex = knexModule({ client: DATABASE_CLIENT, connection: DATABASE_URL, useNullAsDefault: true });

const createKnexStore =
  FORMAT === 'cjs'
    ? createRequire(import.meta.url)('koa-generic-session-knex')
    : (await import('koa-generic-session-knex')).default;

export const store = createKnexStore(knex, JSON.parse(STORE_OPTIONS));
store.on('error', (error) => console.error(error.message));

/** A job that knows the id of a session, and is no request of it. */
export const job = ({ sid, colour }) =>
  store.update(sid, (session) => {
    session.colour = colour;
  });

/** Options of the middleware. */
export const sessionOptions = JSON.parse(SESSION_OPTIONS);

export const closeStore = async () => {
  await store.close();
  await knex.destroy();
};

export const serve = (app) => {
  const server = app.listen(PORT, '127.0.0.1', () => {
    console.log(`listening on http://127.0.0.1:${server.address().port}`);
  });
  process.once('SIGTERM', () => {
    server.close(closeStore);
  });
};
