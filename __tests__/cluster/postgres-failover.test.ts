/** A PostgreSQL primary dies, and its synchronous standby takes its place behind HAProxy. */

import { setTimeout as delay } from 'node:timers/promises';
import knexModule, { type Knex } from 'knex';
import type { DatabaseServer } from '../support/database-server';
import { describeOn } from '../support/databases';
import { startHaproxy } from './support/haproxy';
import { needs } from './support/packages';
import { promote, startHealth, startPair, type PostgresPair } from './support/postgres-pair';
import { startVisitors, tell, type Noticed } from './support/visitors';

/** From the death of the primary until somebody has noticed and promotes the standby, in ms. */
const hesitation = 2_000;

const kill = (server: DatabaseServer): Promise<void> => server.kill();

const freeze = (server: DatabaseServer): void => {
  server.freeze();
};

describeOn({ name: 'a PostgreSQL primary and its synchronous standby', ...needs('haproxy') }, () => {
  const cleanups: (() => unknown)[] = [];

  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  const connect = (url: string): Knex => {
    const knex = knexModule({ client: 'pg', connection: url, pool: { min: 0 } });
    cleanups.push(() => knex.destroy());
    return knex;
  };

  const open = async (synchronousCommit: 'on' | 'remote_apply'): Promise<PostgresPair> => {
    const pair = await startPair(synchronousCommit);
    cleanups.push(pair.remove);
    return pair;
  };

  /** Visitors come in through HAProxy; the primary fails, and the standby is promoted. */
  const failOver = async (
    { primary, standby }: PostgresPair,
    fail: (server: DatabaseServer) => unknown,
    ...rules: string[]
  ): Promise<Noticed[]> => {
    const haproxy = await startHaproxy(...rules);
    cleanups.push(haproxy.remove);
    const url = `postgres://postgres:postgres@127.0.0.1:${haproxy.port}/postgres`;
    const visitors = await startVisitors({ client: 'pg', url }, { gcFrequency: 100 });
    await delay(2_000);
    await fail(primary);
    await delay(hesitation);
    await promote(standby);
    await delay(3_000);
    return visitors.leave([connect(standby.url)]);
  };

  const expectNothingNoticed = (noticed: readonly Noticed[]): void => {
    for (const app of noticed) {
      expect(app.refusals).toEqual([]);
      expect(app.wrong).toEqual([]);
      expect(app.available).toBe(app.unavailable);
    }
  };

  test.each([
    ['is killed', kill],
    // As when its machine hangs, or its network: connections stay, and nothing is ever said.
    ['hangs', freeze],
  ])('the primary %s: no request fails, and no acknowledged write is lost', async (what, fail) => {
    const pair = await open('on');
    const rules: string[] = [];
    for (const [name, server] of Object.entries({ first: pair.primary, second: pair.standby })) {
      const health = await startHealth(server);
      cleanups.push(health.stop);
      rules.push(`server ${name} 127.0.0.1:${server.port} check port ${health.port}`);
    }

    const noticed = await failOver(pair, fail, 'option httpchk GET /primary', ...rules);

    tell(`PostgreSQL, the primary ${what}`, noticed);
    expectNothingNoticed(noticed);
    // Not so where a standby answers at once, read only: an app that had nothing under way just then sees no outage.
    for (const app of noticed) expect(app.unavailable).toBeGreaterThan(0);
  });

  test('the same when HAProxy takes any server that is up, so that the standby is read only at first', async () => {
    const pair = await open('remote_apply');

    const noticed = await failOver(
      pair,
      kill,
      'option pgsql-check user postgres',
      `server first 127.0.0.1:${pair.primary.port} check`,
      `server second 127.0.0.1:${pair.standby.port} check backup`,
    );

    tell('PostgreSQL, a read-only standby promoted', noticed);
    expectNothingNoticed(noticed);
  });
});
