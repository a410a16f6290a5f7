/** A MariaDB Galera cluster behind HAProxy: all nodes take writes, one of them dies and comes back. */

import { setTimeout as delay } from 'node:timers/promises';
import knexModule, { type Knex } from 'knex';
import { createKnexStore } from '../../lib';
import { describeOn, newTableName } from '../support/databases';
import { startGalera, type GaleraNode } from './support/galera';
import { startHaproxy, type Haproxy } from './support/haproxy';
import { needs } from './support/packages';
import { startVisitors, tell } from './support/visitors';
import { startWriters, type Side, type WritersReport } from './support/writers';

const need = needs('mariadb-server', 'galera-4', 'rsync', 'lsof', 'haproxy');

describeOn({ name: 'a Galera cluster of three nodes behind HAProxy', ...need }, () => {
  let nodes: [GaleraNode, GaleraNode, GaleraNode];
  let haproxy: Haproxy;
  let url: string;
  const opened: Knex[] = [];

  beforeAll(async () => {
    nodes = await startGalera();
    haproxy = await startHaproxy(
      'balance leastconn',
      'option mysql-check user root',
      ...nodes.map(({ name, port }) => `server ${name} 127.0.0.1:${port} check`),
    );
    url = `mysql://root@127.0.0.1:${haproxy.port}/test`;
  });

  afterAll(async () => {
    await Promise.all(opened.map((knex) => knex.destroy()));
    for (const server of [haproxy, ...nodes]) await server.remove();
  });

  const connect = (connection: string): Knex => {
    const knex = knexModule({
      client: 'mysql2',
      connection,
      pool: { min: 0, max: 10 },
      log: { warn: () => undefined },
    });
    opened.push(knex);
    return knex;
  };

  /** Each node itself, and all of them through HAProxy. */
  const sides = (): Side[] => [
    ...nodes.map((node) => ({ name: node.name, knex: connect(node.url) })),
    { name: 'HAProxy', knex: connect(url) },
  ];

  /** How often a node gave up something of its own for what another node had written before. */
  const conflictsOf = async (node: GaleraNode): Promise<number> =>
    Number(await node.status('wsrep_local_cert_failures')) +
    Number(await node.status('wsrep_local_bf_aborts'));

  const print = (what: string, { calls, conflicts, failures }: WritersReport): void => {
    const failed = Object.entries(failures).map(([name, codes]) => `${codes.length} on ${name}`);
    process.stderr.write(
      `${what}: ${calls} calls, ${failed.join(', ') || 'none'} failed; ${conflicts} statements met a conflict\n`,
    );
  };

  test('writes of the same rows on all nodes conflict; the store repeats them, and no call fails', async () => {
    const writers = await startWriters(sides(), newTableName());
    await delay(5_000);
    await writers.stop();

    const conflicts = await Promise.all(nodes.map(conflictsOf));
    for (const { name, knex } of sides()) await writers.compareWith(name, knex);
    print('three nodes', writers.report);
    process.stderr.write(`three nodes: conflicts that Galera counted on each: ${conflicts.join(', ')}\n`);
    expect(Math.max(...conflicts)).toBeGreaterThan(0);
    expect(writers.report.conflicts).toBeGreaterThan(0);
    expect(writers.report.failures).toEqual({});
    expect(writers.report.wrong).toEqual([]);
  });

  test('a session that one node has acknowledged can be read, changed and ended on the others at once', async () => {
    const tableName = newTableName();
    const [one, two, three] = nodes.map((node) => createKnexStore(connect(node.url), { tableName }));
    if (one === undefined || two === undefined || three === undefined) throw new Error('a node is missing');
    for (let n = 0; n < 200; n += 1) {
      await one.set('kept', { n });
      await two.set('kept', Object.assign((await two.get('kept')) ?? {}, { changed: true }));
      expect(await three.get('kept')).toEqual({ n, changed: true });

      await one.set('ended', { n });
      await two.destroy('ended');
      expect(await three.get('ended')).toBeNull();
    }
  });

  const failures: [string, (node: GaleraNode) => unknown, (node: GaleraNode) => unknown][] = [
    ['is killed', (node) => node.kill(), (node) => node.start()],
    // As when its machine hangs, or its network: connections stay, and nothing is ever said.
    [
      'hangs',
      (node) => {
        node.freeze();
      },
      (node) => {
        node.thaw();
      },
    ],
  ];

  test.each(failures)(
    'a node %s under load and comes back: no request fails, and no acknowledged write is lost',
    async (what, fail, recover) => {
      const visitors = await startVisitors({ client: 'mysql2', url }, { gcFrequency: 100 });
      const writers = await startWriters(sides(), newTableName());
      await delay(2_000);
      const [, , victim] = nodes;
      await fail(victim);
      await delay(12_000);
      await recover(victim);
      await delay(2_000);
      await victim.isInStep();
      await writers.stop();

      const everywhere = sides();
      const noticed = await visitors.leave(everywhere.map(({ knex }) => knex));
      for (const { name, knex } of everywhere) await writers.compareWith(name, knex);
      tell(`Galera, a node ${what}`, noticed);
      print(`Galera, a node ${what}`, writers.report);
      for (const app of noticed) {
        expect(app.refusals).toEqual([]);
        expect(app.wrong).toEqual([]);
      }
      const { [victim.name]: ofVictim = [], ...others } = writers.report.failures;
      expect(others).toEqual({});
      // Who knows no other address than the node's can but wait for it.
      for (const failure of ofVictim) expect(failure).toMatch(/^(ETIMEDOUT of|EGC of a sweep)/);
      expect(writers.report.wrong).toEqual([]);
    },
  );
});
