/** `stats`: what is in the session table. */

import { secondOf } from '../ttl';
import { columnsUntil, expiryChart } from './chart';
import { columnsOf, type Command, type Context } from './command';
import { countByExpiry, countRows, oldestCreation } from './counts';
import { saidBy } from './failure';
import { counted, sizeOf } from './numbers';

export const stats: Command = async (context) => {
  const { knex, options, table } = context;
  const { tableName } = options;
  const present = await columnsOf(context);
  const now = secondOf(Date.now());
  const hasTimestamps = present.includes('created_at');

  const { rows, unexpired, hashed, sealed, firstExpiry, lastExpiry } = await countRows(knex, tableName, now);
  // Some may have ended before they expire.
  const live = hasTimestamps && options.absoluteLifetime !== undefined ? await table.count(now) : unexpired;
  const expired = Math.max(rows - live, 0);
  const oldest = hasTimestamps ? await oldestCreation(knex, tableName, now) : undefined;
  const bytes = await sizeOfTable(context);
  const { hours, bounds } = columnsUntil(
    lastExpiry === undefined ? now : secondOf(lastExpiry.getTime()),
    now,
  );
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
  const text = [
    ...lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    ...(endings.length === 0 ? [] : ['', expiryChart(endings, hours)]),
  ].join('\n');

  return {
    text,
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

/** Not every user of a database may ask for it. */
const sizeOfTable = ({ table, output }: Context): Promise<number | undefined> =>
  table.size().catch((error: unknown) => {
    output.note(`the size of the table is not known: ${saidBy(error)}`);
    return undefined;
  });

const shareOf = (count: number, all: number): string => {
  if (count === 0 || all === 0) return counted(count);
  // Not 100 % while any is missing.
  return `${counted(count)} (${count === all ? 'all' : `${Math.floor((count / all) * 100)} %`})`;
};

const spans: readonly [name: string, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
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
