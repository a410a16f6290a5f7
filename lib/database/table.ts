/** Opens the session table in the dialect of its database. */

import type { Knex } from 'knex';
import { lifetimeInSeconds, secondOf } from '../ttl';
import type { StoreOptions } from '../types';
import type { Dialect } from './dialects/shared';
import { mssql } from './dialects/mssql';
import { mysql } from './dialects/mysql';
import { postgres } from './dialects/postgres';
import { sqlite } from './dialects/sqlite';
import { standard } from './dialects/standard';
import { untimed, type Timing } from './execute';
import { identifiersOf } from './identifiers';
import type { SessionTable } from './rows';

/** The options that define the table. */
export type TableOptions = Pick<
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- with sessions of any type
  StoreOptions<any>,
  'tableName' | 'timestamps' | 'userId' | 'secret' | 'absoluteLifetime'
>;

/**
 * By driver, not by Knex's dialect: clients that inherit a dialect (CockroachDB, Redshift, the `mariadb` driver) answer
 * differently from the driver it was written for.
 */
const dialects: Readonly<Record<string, Dialect>> = {
  pg: postgres,
  pgnative: postgres,
  mysql,
  mysql2: mysql,
  'better-sqlite3': sqlite,
  sqlite3: sqlite,
  mssql,
};

/** @throws TypeError for an option that the standard dialect does not support */
export const openTable = (
  knex: Knex,
  { tableName, timestamps, userId, absoluteLifetime }: TableOptions,
  timing: Timing = untimed,
): SessionTable => {
  const { driverName } = knex.client as { driverName?: string };
  const dialect = dialects[String(driverName)] ?? standard;
  return dialect({
    knex,
    names: identifiersOf(knex, tableName),
    shape: {
      timestamps,
      users: userId !== undefined,
      absoluteLifetime: absoluteLifetime === undefined ? undefined : lifetimeInSeconds(absoluteLifetime),
    },
    timing,
    now: () => secondOf(Date.now()),
  });
};
