/** Apps whose database is a cluster, and the visitors who notice when it fails them. */

import type { Knex } from 'knex';
import { startLoad, type Load, type Report } from '../../faults/load';
import { startApp } from '../../support/app';
import type { DatabaseServer } from '../../support/database-server';
import { newTableName } from '../../support/databases';

const middlewares = ['koa-generic-session 2', 'koa-session 7'];

/** What the visitors of one app noticed. */
export interface Noticed extends Pick<Report, 'refusals' | 'wrong'> {
  requests: number;
  /** The longest time in which nobody was served, in ms. */
  longestGap: number;
  /** How often the store reported that its database was away. */
  unavailable: number;
  available: number;
}

export interface Visitors {
  /** Sends the visitors home, and compares what they were told with what each of these databases holds. */
  leave(this: void, databases: readonly Knex[]): Promise<Noticed[]>;
}

const loads: Load[] = [];

// However a test ends, its visitors go.
afterEach(async () => {
  await Promise.all(loads.splice(0).map((load) => load.stop()));
});

/** An app of each middleware, with visitors who come and go until they are sent home. */
export const startVisitors = async (
  { client, url }: Pick<DatabaseServer, 'client' | 'url'>,
  storeOptions: object = {},
): Promise<Visitors> => {
  const scenes = await Promise.all(
    middlewares.map(async (middleware, n) => {
      const tableName = newTableName();
      const app = await startApp('__tests__/faults/apps/app.mjs', {
        env: {
          DATABASE_CLIENT: client,
          DATABASE_URL: url,
          MIDDLEWARE: middleware,
          STORE_OPTIONS: JSON.stringify({ tableName, ...storeOptions }),
        },
      });
      const load = await startLoad(app.url, `visitor-of-app-${n}`);
      loads.push(load);
      return { app, tableName, load };
    }),
  );

  const leave = async (databases: readonly Knex[]): Promise<Noticed[]> => {
    await Promise.all(scenes.map(({ load }) => load.stop()));
    const noticed: Noticed[] = [];
    for (const { app, tableName, load } of scenes) {
      for (const database of databases) await load.compareWith(database(tableName));
      const { successes, refusals, wrong } = load.report;
      const events = (event: string): number => app.output().split(`event: ${event}`).length - 1;
      noticed.push({
        requests: successes.flat().length + refusals.length,
        longestGap: longestGap(successes.flat()),
        refusals,
        wrong,
        unavailable: events('unavailable'),
        available: events('available'),
      });
      await app.stop();
    }
    return noticed;
  };

  return { leave };
};

const longestGap = (times: number[]): number => {
  times.sort((a, b) => a - b);
  return Math.max(0, ...times.slice(1).map((time, n) => time - (times[n] ?? time)));
};

/** For the documentation: what one run measured. */
export const tell = (what: string, noticed: readonly Noticed[]): void => {
  noticed.forEach(({ requests, longestGap: gap, refusals }, n) => {
    process.stderr.write(
      `${what}, ${String(middlewares[n])}: ${requests} requests, ${refusals.length} refused, ` +
        `nobody was served for ${Math.round(gap)} ms at most\n`,
    );
  });
};
