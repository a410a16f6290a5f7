/** Apps on a private database server, each under load, and what their users notice when the server fails. */

import { setTimeout as delay } from 'node:timers/promises';
import knexModule, { type Knex } from 'knex';
import { startApp, type App } from '../support/app';
import type { DatabaseServer } from '../support/database-server';
import { newTableName } from '../support/databases';
import { startLoad, type Refusal, type Report } from './load';
import type { Outage } from './outages';

export const middlewares = ['koa-generic-session 2', 'koa-session 7'] as const;

const cleanups: (() => Promise<unknown>)[] = [];

/** Runs after the test, the last one first. */
const afterThisTest = (cleanup: () => Promise<unknown>): void => {
  cleanups.push(cleanup);
};

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Runs the app of the tests on a table of its own. */
export const openApp = async (
  { client, url }: DatabaseServer,
  middleware: (typeof middlewares)[number],
  storeOptions: object,
): Promise<App & { tableName: string }> => {
  const tableName = newTableName();
  const app = await startApp('__tests__/faults/apps/app.mjs', {
    env: {
      DATABASE_CLIENT: client,
      DATABASE_URL: url,
      MIDDLEWARE: middleware,
      STORE_OPTIONS: JSON.stringify({ tableName, ...storeOptions }),
    },
  });
  afterThisTest(() => app.stop('SIGKILL'));
  return { ...app, tableName };
};

/** The events of an app's store, each with the code of its error if it has one, as the app reported them. */
export const eventsOf = (app: App): string[] =>
  app
    .output()
    .split('\n')
    .filter((line) => line.startsWith('event: '))
    .map((line) => line.slice('event: '.length));

/** What users noticed of an outage, in ms. */
interface Noticed {
  requests: number;
  /** From when the database was back until somebody, and until everybody, was served again. */
  firstServed: number;
  allServed: number;
  refusals: Refusal[];
  wrong: string[];
  /** Of the store. */
  events: string[];
  /** Of the app, which was asked to end in the end. */
  exitCode: number | null;
}

/** How long the load goes on before an outage, and after it, in ms. */
const before = 1_000;
const after = 1_000;

/** How long everybody may take to be served again until the load ends without them, in ms: far too long. */
const patience = 15_000;

/** How long after an outage each of those who send requests was served again, in ms; `Infinity`: not yet. */
const returns = ({ successes }: Report, { ending, over }: Outage): number[] =>
  successes.map((times) => Math.max(0, (times.find((time) => time > ending) ?? Infinity) - over));

const connect = ({ client, url }: DatabaseServer): Knex => {
  const knex = knexModule({ client, connection: url, pool: { min: 0 } });
  afterThisTest(() => knex.destroy());
  return knex;
};

/** Puts an app of each middleware under load, lets the database fail meanwhile, and ends them when all is well. */
export const endure = async (
  server: DatabaseServer,
  storeOptions: object,
  fail: () => Promise<Outage>,
): Promise<{ outage: Outage; noticed: Noticed[] }> => {
  const open = async (middleware: (typeof middlewares)[number], n: number) => {
    const app = await openApp(server, middleware, storeOptions);
    const load = await startLoad(app.url, `visitor-of-app-${n}`);
    afterThisTest(() => load.stop());
    return { app, load };
  };
  const scenes = await Promise.all(middlewares.map(open));
  await delay(before);

  const outage = await fail();
  const isBack = ({ load: { report } }: (typeof scenes)[number]): boolean =>
    Math.max(...returns(report, outage)) < Infinity;
  while (!scenes.every(isBack) && performance.now() < outage.over + patience) await delay(20);
  await delay(after);

  const knex = connect(server);
  const notice = async ({ app, load }: (typeof scenes)[number]): Promise<Noticed> => {
    await load.stop();
    const report = await load.compareWith(knex(app.tableName));
    return {
      requests: report.successes.flat().length + report.refusals.length,
      firstServed: Math.min(...returns(report, outage)),
      allServed: Math.max(...returns(report, outage)),
      refusals: report.refusals,
      wrong: report.wrong,
      events: eventsOf(app),
      exitCode: await app.stop(),
    };
  };
  return { outage, noticed: await Promise.all(scenes.map(notice)) };
};
