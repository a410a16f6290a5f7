/** PostgreSQL dies and starts again behind PgBouncer, which takes connections all along. */

import { setTimeout as delay } from 'node:timers/promises';
import knexModule from 'knex';
import { describeOn } from '../support/databases';
import { createPostgres } from '../support/postgres-server';
import { needs } from './support/packages';
import { startPgBouncer } from './support/pgbouncer';
import { startVisitors, tell } from './support/visitors';

describeOn({ name: 'PostgreSQL behind PgBouncer', ...needs('pgbouncer') }, () => {
  const cleanups: (() => unknown)[] = [];

  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  test('PostgreSQL is killed and starts again: no request fails, and no acknowledged write is lost', async () => {
    const postgres = await createPostgres();
    cleanups.push(postgres.remove);
    await postgres.start();
    const { url, remove } = await startPgBouncer(postgres);
    cleanups.push(remove);
    const visitors = await startVisitors({ client: 'pg', url }, { gcFrequency: 100 });

    await delay(1_000);
    await postgres.kill();
    await delay(2_000);
    await postgres.start();
    await delay(3_000);

    const knex = knexModule({ client: 'pg', connection: postgres.url });
    cleanups.push(() => knex.destroy());
    const noticed = await visitors.leave([knex]);
    tell('PgBouncer, PostgreSQL killed and started again after 2 s', noticed);
    for (const app of noticed) {
      expect(app.refusals).toEqual([]);
      expect(app.wrong).toEqual([]);
      // What nobody had sent to PostgreSQL when it died, PgBouncer keeps until it is back.
      expect(app.unavailable).toBeLessThanOrEqual(1);
      expect(app.available).toBe(app.unavailable);
    }
  });
});
