/** From options to what reads and writes the rows of a table: wires the rooms that the store and `rekey` share. */

import type { Knex } from 'knex';
import { createBatch, type Batch, type ObserveBatch } from '../batch/batcher';
import { codecFor } from '../codec';
import { createRowKeys, type RowKeys } from '../crypto/row-key';
import type { StoreOptions } from '../options';
import { createRecords, type Records } from './serializer';
import type { Retries } from '../resilience/retry';
import { createRows, type Rows } from './id-migration';
import { sessionStatements, type StoredSession, type Write } from '../batch/changes';
import { openTable, type SessionTable } from '../database/table';
import { secondOf } from '../ttl';

export interface Storage<S extends object> {
  readonly table: SessionTable;
  readonly records: Records<S>;
  readonly batch: Batch<StoredSession, Write>;
  readonly rows: Rows;
  keysOf(this: void, sid: string): RowKeys;
}

/**
 * One lane is as fast under load; the second lets others pass a statement that waits, say for a lock. 256 KiB stay
 * within the smallest limits that servers are set to (1 MiB on old MySQL), however much of it must be escaped.
 */
const limits = { lanes: 2, bytes: 262_144 };

/**
 * @param options with their defaults, and checked
 * @param orNone undefined, and told to whom it concerns, if what it is to read is no session
 * @param observe told of each statement that calls share
 * @throws TypeError for what the database cannot do
 */
export const openStorage = <S extends object>(
  knex: Knex,
  options: StoreOptions<S>,
  { retry, patience }: Pick<Retries, 'retry' | 'patience'>,
  orNone: <T>(read: () => T) => T | undefined,
  observe?: ObserveBatch,
): Storage<S> => {
  const repeats = options.retryTimeout > 0;
  const table = openTable(knex, options, { timeout: repeats ? options.retryTimeout : undefined, patience });
  const secrets = options.secret === undefined ? [] : [options.secret].flat();
  const codec = codecFor(options.codec, table.asciiOnly);
  const records = createRecords({ ...options, codec, secrets });
  const statements = sessionStatements(table, repeats);
  const batch = createBatch(statements, { ...limits, rows: table.maxRows }, retry, observe);
  const rows = createRows(batch, {
    rewrite: (row, from, to) => orNone(() => records.rewrite(row, from, to)),
    removeEnded: (key, waiting) => retry(() => table.removeEnded([key], secondOf(Date.now())), [waiting]),
    stuck: (error) => {
      orNone(() => {
        throw error as Error;
      });
    },
  });
  return { table, records, batch, rows, keysOf: createRowKeys(options.hashIds) };
};
