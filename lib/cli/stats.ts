/** `stats`: counts the rows of the session table, and charts when sessions end. */

import type { Knex } from 'knex';
import { execute, valuesOf } from '../database/execute';
import type { ColumnName } from '../database/identifiers';
import { secondOf } from '../ttl';
import { presentColumns, type Command, type Context } from './command';
import { messageOf } from './failure';
import { counted, sizeOf } from './output';

const hour = 3600;

export const stats: Command = async (context) => {
  const { knex, options, table } = context;
  const { tableName } = options;
  const hasTimestamps = (await presentColumns(context)).includes('created_at');
  const now = secondOf(Date.now());

  const { rows, unexpired, hashed, sealed, firstExpiry, lastExpiry } = await countRows(knex, tableName, now);
  // With absoluteLifetime, a session may end before its row expires.
  const live = hasTimestamps && options.absoluteLifetime !== undefined ? await table.count() : unexpired;
  const expired = Math.max(rows - live, 0);
  const oldest = hasTimestamps ? await oldestCreation(knex, tableName, now) : undefined;
  const bytes = await sizeOfTable(context);
  const last = lastExpiry === undefined ? now : secondOf(lastExpiry.getTime());
  const { hours, bounds } = columnsUntil(last, now);
  const endings = await countByExpiry(knex, tableName, bounds);

  const lines: [string, string][] = [
    ['table', tableName],
    ['rows', counted(rows)],
    ['live', counted(live)],
    ['expired', counted(expired)],
    ['hashed ids', shareOf(hashed, rows)],
    ['sealed data', shareOf(sealed, rows)],
    ['size', bytes === undefined ? 'unknown' : `${sizeOf(bytes)} with its indexes`],
    ['oldest session', hasTimestamps ? timeOf(oldest, now) : 'unknown: the table has no timestamps'],
    ['first to end', timeOf(firstExpiry, now)],
    ['last to end', timeOf(lastExpiry, now)],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return {
    text: [
      ...lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
      ...(endings.length === 0 ? [] : ['', chartOf(endings, hours)]),
    ].join('\n'),
    document: {
      table: tableName,
      rows,
      live,
      expired,
      hashedIds: hashed,
      sealedData: sealed,
      bytes: bytes ?? null,
      oldest: oldest?.toISOString() ?? null,
      firstExpiry: firstExpiry?.toISOString() ?? null,
      lastExpiry: lastExpiry?.toISOString() ?? null,
      expiring: { hoursPerColumn: hours, sessions: endings },
    },
  };
};

/** Undefined if this database user lacks the right to ask. */
const sizeOfTable = ({ table, output }: Context): Promise<number | undefined> =>
  table.size().catch((error: unknown) => {
    output.note(`the size of the table is not known: ${messageOf(error)}`);
    return undefined;
  });

/** As in '1,200 (99 %)'. Rounded down: 'all' means all. */
const shareOf = (count: number, all: number): string => {
  if (count === 0 || all === 0) return counted(count);
  return `${counted(count)} (${count === all ? 'all' : `${Math.floor((count / all) * 100)} %`})`;
};

const spans: readonly [name: string, seconds: number][] = [
  ['day', 24 * hour],
  ['hour', hour],
  ['minute', 60],
  ['second', 1],
];

/** In the largest unit of which there are at least two, as in '36 hours'. */
const spanOf = (seconds: number): string => {
  const [name, unit] = spans.find(([, each]) => seconds >= 2 * each) ?? ['second', 1];
  const count = Math.floor(seconds / unit);
  return `${counted(count)} ${name}${count === 1 ? '' : 's'}`;
};

/** As in '2026-01-31 12:00:00 UTC, 3 days ago'. */
const timeOf = (time: Date | undefined, now: number): string => {
  if (time === undefined) return 'none';
  const at = time
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
  const seconds = secondOf(time.getTime()) - now;
  return `${at}, ${seconds > 0 ? `in ${spanOf(seconds)}` : `${spanOf(-seconds)} ago`}`;
};

/* The chart. */

const maxColumns = 48;
const chartHeight = 6;

interface Columns {
  /** Hours for each column. */
  readonly hours: number;
  /** The start of each column and the end of the last, in seconds since the epoch. */
  readonly bounds: readonly number[];
}

/** Columns of whole hours from now until the last session ends. Both in seconds since the epoch. */
export const columnsUntil = (last: number, now: number): Columns => {
  const hoursLeft = Math.max(Math.ceil((last - now) / hour), 0);
  const hours = Math.max(Math.ceil(hoursLeft / maxColumns), 1);
  const columns = Math.ceil(hoursLeft / hours);
  return { hours, bounds: Array.from({ length: columns + 1 }, (_, n) => now + n * hours * hour) };
};

const inHours = (hours: number): string => (hours === 1 ? 'hour' : `${counted(hours)} hours`);

/** Rounds up: a column with any session shows. @param counts the sessions that end in each column */
const chartOf = (counts: readonly number[], hours: number): string => {
  const max = Math.max(...counts);
  const levels = Array.from({ length: chartHeight }, (_, n) => chartHeight - n);
  const lineAt = (level: number): string =>
    counts.map((count) => (Math.ceil((count / max) * chartHeight) >= level ? '█' : ' ')).join('');
  const end = `in ${inHours(counts.length * hours)}`;
  return [
    `sessions ending per ${inHours(hours)}, at most ${counted(max)}:`,
    ...levels.map((level) => `│${lineAt(level)}`.trimEnd()),
    `└${'─'.repeat(counts.length)}`,
    ` now${end.padStart(counts.length - 3)}`,
  ].join('\n');
};

/* The counts, in SQL that every database understands. */

/** An aggregate over all rows. In its SQL, `??` is a column and `?` a value. */
interface Aggregate {
  readonly sql: string;
  readonly bindings: readonly (string | number)[];
}

const column = (name: ColumnName): string => name;

const countWhere = (condition: string, ...bindings: (string | number)[]): Aggregate => ({
  sql: `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`,
  bindings,
});

/** Reads values by position: the app's `postProcessResponse` may rename columns. */
const select = async (
  knex: Knex,
  tableName: string,
  aggregates: readonly Aggregate[],
): Promise<unknown[]> => {
  const selected = aggregates.map(({ sql, bindings }, n) => knex.raw(`${sql} as ??`, [...bindings, `c${n}`]));
  const rows = valuesOf(await execute(knex.select(selected).from(knex.raw('??', [tableName]))));
  return rows[0] ?? [];
};

/** The sum over no rows is null. Some drivers return counts as strings. */
const asCount = (value: unknown): number => Number(value ?? 0);

const asTime = (seconds: unknown): Date | undefined => {
  if (seconds === null || seconds === undefined) return undefined;
  const time = new Date(Number(seconds) * 1000);
  return Number.isNaN(time.getTime()) ? undefined : time;
};

interface Counts {
  readonly rows: number;
  /** Rows whose expiry is in the future. */
  readonly unexpired: number;
  /** Rows whose key is a digest of the session id. */
  readonly hashed: number;
  readonly sealed: number;
  /** When the first and the last unexpired row expire. */
  readonly firstExpiry: Date | undefined;
  readonly lastExpiry: Date | undefined;
}

/** @param now in seconds since the epoch */
const countRows = async (knex: Knex, tableName: string, now: number): Promise<Counts> => {
  const expires = column('expires');
  const ofUnexpired = (aggregate: 'MIN' | 'MAX'): Aggregate => ({
    sql: `${aggregate}(CASE WHEN ?? > ? THEN ?? END)`,
    bindings: [expires, now, expires],
  });
  const [rows, unexpired, hashed, sealed, first, last] = await select(knex, tableName, [
    { sql: 'COUNT(*)', bindings: [] },
    countWhere('?? > ?', expires, now),
    countWhere('?? LIKE ?', column('id'), 'sha256:%'),
    countWhere('?? LIKE ?', column('data'), 'v1.%'),
    ofUnexpired('MIN'),
    ofUnexpired('MAX'),
  ]);
  return {
    rows: asCount(rows),
    unexpired: asCount(unexpired),
    hashed: asCount(hashed),
    sealed: asCount(sealed),
    firstExpiry: asTime(first),
    lastExpiry: asTime(last),
  };
};

/** Counts the rows that a sweep deletes. @param now in seconds since the epoch */
export const countExpired = async (knex: Knex, tableName: string, now: number): Promise<number> => {
  const [expired] = await select(knex, tableName, [countWhere('?? <= ?', column('expires'), now)]);
  return asCount(expired);
};

/**
 * Counts the sessions that end in each span, including its end but not its start.
 *
 * @param bounds the start of each span and the end of the last, in seconds since the epoch
 */
export const countByExpiry = async (
  knex: Knex,
  tableName: string,
  bounds: readonly number[],
): Promise<number[]> => {
  const expires = column('expires');
  const ends = bounds.slice(1);
  if (ends.length === 0) return [];
  const counts = ends.map((end, n) =>
    countWhere('?? > ? AND ?? <= ?', expires, Number(bounds[n]), expires, end),
  );
  return (await select(knex, tableName, counts)).map(asCount);
};

/** When the oldest unexpired session was created. @param now in seconds since the epoch */
const oldestCreation = async (knex: Knex, tableName: string, now: number): Promise<Date | undefined> => {
  const { dialect } = knex.client as { dialect?: string };
  const oldest = 'MIN(CASE WHEN ?? > ? THEN ?? END)';
  const [created] = await select(knex, tableName, [
    {
      // As text: MySQL's drivers would read the column's UTC as a time in this process's zone.
      sql: dialect === 'mysql' ? `CAST(${oldest} AS CHAR)` : oldest,
      bindings: [column('expires'), now, column('created_at')],
    },
  ]);
  const time = typeof created === 'string' ? new Date(withZone(created)) : created;
  return time instanceof Date && !Number.isNaN(time.getTime()) ? time : undefined;
};

const withZone = (text: string): string =>
  /[Zz]$|[+-]\d\d(?::?\d\d)?$/.test(text) ? text : `${text.replace(' ', 'T')}Z`;
