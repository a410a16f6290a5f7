/** Counts the rows of a session table in ways that every database understands. */

import type { Knex } from 'knex';
import { valuesOf } from '../database/dialects/dialect';
import type { ColumnName } from '../database/identifiers';
import { run } from '../database/execute';

/** One value of many rows: `??` is a column, `?` a value. */
interface Expression {
  readonly sql: string;
  readonly bindings: readonly (string | number)[];
}

const column = (name: ColumnName): string => name;

const countWhere = (condition: string, ...bindings: (string | number)[]): Expression => ({
  sql: `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`,
  bindings,
});

/** In one statement, by position: an app's `postProcessResponse` may give other names to what was asked for. */
const read = async (
  knex: Knex,
  tableName: string,
  expressions: readonly Expression[],
): Promise<unknown[]> => {
  const selected = expressions.map(({ sql, bindings }, n) =>
    knex.raw(`${sql} as ??`, [...bindings, `c${n}`]),
  );
  const rows = valuesOf(await run(knex.select(selected).from(knex.raw('??', [tableName]))));
  return rows[0] ?? [];
};

/** A sum over no rows is null; some drivers read counts as strings. */
const asCount = (value: unknown): number => Number(value ?? 0);

const asTime = (seconds: unknown): Date | undefined => {
  if (seconds === null || seconds === undefined) return undefined;
  const time = new Date(Number(seconds) * 1000);
  return Number.isNaN(time.getTime()) ? undefined : time;
};

export interface Counts {
  readonly rows: number;
  /** How many rows do not expire before now. */
  readonly unexpired: number;
  /** How many rows lie under digests of their ids. */
  readonly hashed: number;
  /** How many rows hold sealed data. */
  readonly sealed: number;
  /** When the live session ends that ends first, and when the last one does. */
  readonly firstExpiry: Date | undefined;
  readonly lastExpiry: Date | undefined;
}

/** @param now in seconds since the epoch */
export const countRows = async (knex: Knex, tableName: string, now: number): Promise<Counts> => {
  const expires = column('expires');
  const ofLive = (aggregate: 'MIN' | 'MAX'): Expression => ({
    sql: `${aggregate}(CASE WHEN ?? > ? THEN ?? END)`,
    bindings: [expires, now, expires],
  });
  const values = await read(knex, tableName, [
    { sql: 'COUNT(*)', bindings: [] },
    countWhere('?? > ?', expires, now),
    countWhere('?? LIKE ?', column('id'), 'sha256:%'),
    countWhere('?? LIKE ?', column('data'), 'v1.%'),
    ofLive('MIN'),
    ofLive('MAX'),
  ]);
  const [rows, unexpired, hashed, sealed] = values.slice(0, 4).map(asCount) as [
    number,
    number,
    number,
    number,
  ];
  const [firstExpiry, lastExpiry] = values.slice(4).map(asTime);
  return { rows, unexpired, hashed, sealed, firstExpiry, lastExpiry };
};

/** What a sweep deletes. @param now in seconds since the epoch */
export const countExpired = async (knex: Knex, tableName: string, now: number): Promise<number> => {
  const [expired] = await read(knex, tableName, [countWhere('?? <= ?', column('expires'), now)]);
  return asCount(expired);
};

/**
 * How many sessions end in each span of time: after its begin, until its end.
 *
 * @param bounds where the spans begin and end, in seconds since the epoch
 */
export const countByExpiry = async (
  knex: Knex,
  tableName: string,
  bounds: readonly number[],
): Promise<number[]> => {
  const expires = column('expires');
  const spans = bounds.slice(1).map((end, n) => [Number(bounds[n]), end] as const);
  if (spans.length === 0) return [];
  const values = await read(
    knex,
    tableName,
    spans.map(([begin, end]) => countWhere('?? > ? AND ?? <= ?', expires, begin, expires, end)),
  );
  return values.map(asCount);
};

/**
 * When the oldest live session was created, by a column that holds UTC.
 *
 * @param now in seconds since the epoch
 */
export const oldestCreation = async (
  knex: Knex,
  tableName: string,
  now: number,
): Promise<Date | undefined> => {
  const { dialect } = knex.client as { dialect?: string };
  // MySQL's drivers would take it for a time of this process's zone.
  const text = dialect === 'mysql' ? 'CAST(MIN(??) AS CHAR)' : 'MIN(??)';
  const live = 'CASE WHEN ?? > ? THEN ?? END';
  const [created] = await read(knex, tableName, [
    { sql: text.replace('??', live), bindings: [column('expires'), now, column('created_at')] },
  ]);
  return asCreation(created);
};

const asCreation = (value: unknown): Date | undefined => {
  const time = typeof value === 'string' ? new Date(withZone(value)) : value;
  return time instanceof Date && !Number.isNaN(time.getTime()) ? time : undefined;
};

const withZone = (text: string): string =>
  /[Zz]$|[+-]\d\d(?::?\d\d)?$/.test(text) ? text : `${text.replace(' ', 'T')}Z`;
