/** What the tests of the adapter share: a table in a SQLite file, and servers in this process. */

import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Knex } from 'knex';
import { createKnexStore, type CreateKnexStoreOptions, type SessionStore } from '../../lib';
import { betterSqlite3 } from '../support/databases';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A store on a table of its own; both go with the test. */
export const openStore = (options: CreateKnexStoreOptions = {}): { store: SessionStore; knex: Knex } => {
  const database = betterSqlite3();
  const knex = database.connect();
  const store = createKnexStore(knex, options);
  cleanups.push(async () => {
    await store.close();
    await knex.destroy();
    database.remove?.();
  });
  return { store, knex };
};

/** Serves until the test ends. @returns the address */
export const serve = async (app: RequestListener): Promise<string> => {
  const server = createServer(app).listen(0, '127.0.0.1');
  cleanups.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** What a method with a callback comes to. */
export const called = <T = unknown>(
  call: (callback: (error: unknown, result?: T) => void) => void,
): Promise<T> =>
  new Promise((resolve, reject) => {
    call((error, result) => {
      if (error === null || error === undefined) resolve(result as T);
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it comes
      else reject(error);
    });
  });
