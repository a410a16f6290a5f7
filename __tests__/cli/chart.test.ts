/** The columns of the chart of `stats`. */

import knexModule from 'knex';
import { columnsUntil, countByExpiry } from '../../lib/cli/stats';
import { createSessionTable } from '../../lib';

const hour = 3600;
const now = 1_700_000_000;

describe('columnsUntil', () => {
  it.each([
    ['none if no session is left', 0, 1, 0],
    ['one for sessions that end within the hour', hour, 1, 1],
    ['one more for a second more', hour + 1, 1, 2],
    ['48 for two days', 48 * hour, 1, 48],
    ['fewer of two hours for a second more', 48 * hour + 1, 2, 25],
    ['48 of 15 hours for 30 days', 30 * 24 * hour, 15, 48],
  ])('makes %s', (_what, seconds, hours, columns) => {
    const made = columnsUntil(now + seconds, now);

    expect(made.hours).toBe(hours);
    expect(made.bounds).toHaveLength(columns + 1);
    expect(made.bounds[0]).toBe(now);
    expect(made.bounds.at(-1)).toBeGreaterThanOrEqual(now + seconds);
  });
});

describe('countByExpiry', () => {
  it('counts each session once, in the column that includes its end', async () => {
    const knex = knexModule({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
    await createSessionTable(knex);
    const ends = [100, 101, 200, 200, 201, 300, 301];
    await knex('Sessions').insert(ends.map((expires, n) => ({ id: String(n), data: '{}', expires })));

    expect(await countByExpiry(knex, 'Sessions', [100, 200, 300])).toEqual([3, 2]);
    expect(await countByExpiry(knex, 'Sessions', [100])).toEqual([]);
    await knex.destroy();
  });
});
