/** A database of its own, full of tables that nobody may touch, and the use of a store in it. */

import type { Knex } from 'knex';
import {
  createKnexStore,
  createSessionTable,
  dropSessionTable,
  type CreateKnexStoreOptions,
  type SessionStore,
} from '../../lib';
import {
  betterSqlite3,
  mysql,
  postgres,
  standardPostgres,
  standardSqlite,
  type Database,
} from '../support/databases';
import type { DatabaseFixture } from '../support/each-database';
import { createCatalog, inOrder, type Catalog, type Kind, type Place } from './catalog';
import { canaries } from './values/names';

export const databases = [betterSqlite3(), postgres(), mysql(), standardSqlite(), standardPostgres()];

const kinds: Readonly<Record<string, Kind>> = {
  'better-sqlite3': 'SQLite',
  pg: 'PostgreSQL',
  mysql2: 'MySQL',
};

export const kindOf = ({ client }: Pick<Database, 'client'>): Kind => {
  const kind = kinds[client];
  if (kind === undefined) throw new Error(`there is no catalog for ${client}`);
  return kind;
};

export interface Ground {
  /** Where tables are that name no schema. */
  home: string;
  knex: Knex;
  catalog: Catalog;
  /** Another instance on this database. */
  connect(config: Knex.Config): Knex;
  /** Whether a store finds a table that is there, before it has made one: not all, where Knex is asked for them. */
  finds(knex: Knex, table: string): Promise<boolean>;
  /** Whether the database takes these names for one and the same. */
  isSame(one: string, other: string): boolean;
  close(): Promise<void>;
}

let grounds = 0;

export const openGround = async (database: DatabaseFixture): Promise<Ground> => {
  const kind = kindOf(database);
  const own = `hostile_${process.pid}_${Date.now().toString(36)}_${(grounds += 1)}`;
  const home = { SQLite: 'main', PostgreSQL: 'public', MySQL: own }[kind];
  if (kind !== 'SQLite') await database.knex.raw(`CREATE DATABASE ${own}`);

  const connect = (config: Knex.Config = {}): Knex => {
    if (kind === 'SQLite') return database.connect(config);
    const url = new URL(String(database.connection));
    url.pathname = own;
    return database.connect({ connection: url.href, ...config });
  };
  const knex = connect();
  const schemas = [home];
  const catalog = createCatalog(knex, kind, schemas);

  const folded = (name: string): string =>
    kind === 'SQLite' ? name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : name;
  const isSame = (one: string, other: string): boolean => folded(one) === folded(other);

  for (const [n, name] of canaries.entries()) {
    if (!canaries.slice(0, n).some((other) => isSame(name, other))) await catalog.createTable([home, name]);
  }

  return {
    home,
    knex,
    catalog,
    connect,
    isSame,
    finds: async (instance, table) => database.rowByRow !== true || instance.schema.hasTable(table),
    close: async () => {
      await knex.destroy();
      const made = kind === 'MySQL' ? schemas : [own];
      if (kind !== 'SQLite') for (const name of made) await database.knex.raw('DROP DATABASE ??', [name]);
    },
  };
};

/** All that a store does, by this name: throws unless it works, on this table, and leaves all others as they were. */
export const use = async (
  { knex, catalog, finds }: Pick<Ground, 'knex' | 'catalog' | 'finds'>,
  opts: CreateKnexStoreOptions & { tableName: string },
  place: Place,
): Promise<void> => {
  const before = await catalog.tables();
  const stores: SessionStore[] = [];
  const open = (more: CreateKnexStoreOptions = {}): SessionStore => {
    const store = createKnexStore(knex, { gcFrequency: 0, syncTimeout: 1_000, ...opts, ...more });
    stores.push(store);
    return store;
  };
  try {
    const store = open();
    await store.set('sid', { n: 1 });
    const session = await store.get('sid');
    expect(session).toEqual({ n: 1 });
    await store.set('sid', Object.assign(session ?? {}, { n: 2 }));
    await store.touch('sid', 1_000_000);
    await store.set('other', {});
    expect(await store.length()).toBe(2);
    await store.destroy('other');
    expect(await catalog.tables()).toEqual(inOrder([...before, place]));

    const isFound = await finds(knex, opts.tableName.split('.').at(-1) ?? '');
    const second = open({ sync: !isFound });
    expect(await second.get('sid')).toEqual({ n: 2 });
    const stamped = open({ timestamps: isFound });
    expect(await stamped.get('sid')).toEqual({ n: 2 });
    await catalog.expire(place);
    expect(await second.gc()).toBe(1);
    await stamped.set('sid', { n: 3 });
    await second.clear();
    expect(await store.length()).toBe(0);
  } finally {
    await Promise.all(stores.map((store) => store.close()));
  }
  await createSessionTable(knex, opts);
  await dropSessionTable(knex, opts);
  expect(await catalog.tables()).toEqual(before);
};
