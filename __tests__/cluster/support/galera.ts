/** A MariaDB Galera cluster of three nodes. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { administer, type DatabaseServer } from '../../support/database-server';
import { createMariadb } from '../../support/mariadb-server';
import { freePort } from '../../support/places';

export interface GaleraNode extends DatabaseServer {
  name: string;
  /** The value of one of its status variables `wsrep_...`. */
  status(variable: string): Promise<string>;
  /** Resolves when it has all that the others have. */
  isInStep(): Promise<void>;
}

/** @returns the nodes, once all of them are in step */
export const startGalera = async (): Promise<[GaleraNode, GaleraNode, GaleraNode]> => {
  // For each node three in a row: where it talks to the others, and where it gets what it lacks of the data.
  const bases = [await freePort(3), await freePort(3), await freePort(3)];
  const address = `gcomm://${bases.map((base) => `127.0.0.1:${base}`).join()}`;
  const nodes: GaleraNode[] = [];
  for (const [n, base] of bases.entries()) {
    const server = await createMariadb(settings(`node${n + 1}`, base, address));
    const status = (variable: string): Promise<string> => statusOf(server, variable);
    const isInStep = async (): Promise<void> => {
      while ((await status('wsrep_local_state_comment')) !== 'Synced') await delay(50);
    };
    nodes.push({ ...server, name: `node${n + 1}`, status, isInStep });
    await server.start(n === 0 ? ['--wsrep-new-cluster'] : []);
    await isInStep();
  }
  return nodes as [GaleraNode, GaleraNode, GaleraNode];
};

const settings = (name: string, base: number, address: string): string[] => [
  '--binlog-format=ROW',
  '--innodb-autoinc-lock-mode=2',
  '--innodb-log-file-size=16M',
  '--wsrep-on=ON',
  '--wsrep-provider=/usr/lib/galera/libgalera_smm.so',
  '--wsrep-cluster-name=sessions',
  `--wsrep-cluster-address=${address}`,
  `--wsrep-node-name=${name}`,
  `--wsrep-node-address=127.0.0.1:${base}`,
  `--wsrep-provider-options=base_port=${base};gmcast.listen_addr=tcp://127.0.0.1:${base};` +
    `ist.recv_addr=127.0.0.1:${base + 1}`,
  `--wsrep-sst-receive-address=127.0.0.1:${base + 2}`,
  '--wsrep-sst-method=rsync',
  // A node applies what others have written a moment later than they. Statements that read, update or delete wait
  // until it has applied all that was written anywhere before them.
  '--wsrep-sync-wait=3',
];

const statusOf = (server: DatabaseServer, variable: string): Promise<string> =>
  administer(server, async (knex: Knex) => {
    const [[row]] = (await knex.raw('SHOW STATUS LIKE ?', [variable])) as [{ Value: string }[]];
    return row?.Value ?? '';
  });
