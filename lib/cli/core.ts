/** A stand-in for what the core does not have yet: to be replaced by its imports. */

import type { Knex } from 'knex';
import type { StoreOptions } from '../options';
import { openTable as openTableToday, type SessionTable as Table } from '../table';

export interface SessionTable extends Table {
  size(this: void): Promise<number | undefined>;
}

export const openTable = (
  knex: Knex,
  { tableName, timestamps }: Pick<StoreOptions, 'tableName' | 'timestamps'>,
): SessionTable => ({
  ...openTableToday(knex, tableName, timestamps),
  size: () => Promise.resolve(undefined),
});

export const planSync = async (
  table: SessionTable,
  { timestamps }: Pick<StoreOptions, 'tableName' | 'timestamps'>,
): Promise<string[]> => {
  const present = await table.columns();
  if (present.length === 0) return ['CREATE TABLE stand-in'];
  return timestamps && !present.includes('created_at') ? ['ALTER TABLE stand-in'] : [];
};

export interface RekeyProgress {
  total: number;
  seen: number;
  changed: number;
  unreadable: number;
}

export interface RekeyOptions {
  batchSize?: number;
  onProgress?: (progress: RekeyProgress) => void;
  signal?: AbortSignal;
}

export type Rekey = (
  knex: Knex,
  options: Readonly<StoreOptions>,
  how: RekeyOptions,
) => Promise<RekeyProgress>;

export const rekey: Rekey = () => Promise.reject(new Error('rekey is not here yet'));
