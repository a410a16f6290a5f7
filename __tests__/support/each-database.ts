/** One fixture for tests that run on several databases: a Knex instance, and for each test a new table and its stores. */

import type { Knex } from 'knex';
import { createKnexStore, type CreateKnexStoreOptions, type SessionStore } from '../../lib';
import { describeOn, newTableName, type Database } from './databases';

const createFixture = (database: Database) => {
  const instances: Knex[] = [];
  const tables: string[] = [];
  const stores: Pick<SessionStore, 'close'>[] = [];

  const connect = (config?: Knex.Config): Knex => {
    const instance = database.connect(config);
    instances.push(instance);
    return instance;
  };

  const newTable = (name = newTableName()): string => {
    tables.push(name);
    return name;
  };

  let shared: Knex | undefined;
  const sharedKnex = (): Knex => (shared ??= connect());

  let current: string | undefined;
  const ownTable = (): string => (current ??= newTable());

  const afterTest = async (): Promise<void> => {
    current = undefined;
    await Promise.all(stores.splice(0).map((store) => store.close()));
    for (const name of tables.splice(0)) await sharedKnex().schema.dropTableIfExists(name);
  };

  const afterAllTests = async (): Promise<void> => {
    await Promise.all(instances.map((instance) => instance.destroy()));
    database.remove?.();
  };

  const fixture = {
    name: database.name,
    client: database.client,
    rowByRow: database.rowByRow,
    /** For Knex's `connection`, in other processes. */
    get connection(): unknown {
      return database.connection;
    },
    /** One Knex instance for all tests. */
    get knex(): Knex {
      return sharedKnex();
    },
    /** A new table for each test, dropped after it. */
    get tableName(): string {
      return ownTable();
    },
    /** A query on that table. */
    table: <Row extends object = any>() => sharedKnex()<Row>(ownTable()),
    /** Another table, dropped after the test. @returns its name */
    newTable,
    /** Another Knex instance, destroyed after all tests. */
    connect,
    /** A store on the test's table, closed after the test. */
    open: <S extends object = Record<string, any>>(
      options: CreateKnexStoreOptions<S> = {},
      knex = sharedKnex(),
    ): SessionStore<S> => {
      const store = createKnexStore<S>(knex, { tableName: ownTable(), ...options });
      stores.push(store);
      return store;
    },
  };

  return { fixture, afterTest, afterAllTests };
};

/** What the tests on one database are given. */
export type DatabaseFixture = ReturnType<typeof createFixture>['fixture'];

/** Runs the same tests on each database; where one is missing, says how to get it. */
export const onEachDatabase = (
  databases: readonly Database[],
  tests: (database: DatabaseFixture) => void,
): void => {
  for (const database of databases) {
    describeOn(database, () => {
      const { fixture, afterTest, afterAllTests } = createFixture(database);
      afterEach(afterTest);
      tests(fixture);
      // Behind those of the tests themselves, which may still need a connection.
      afterAll(afterAllTests);
    });
  }
};
