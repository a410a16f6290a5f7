/** A PostgreSQL primary and a standby that has to confirm every commit before it is acknowledged. */

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { administer, type DatabaseServer } from '../../support/database-server';
import { createPostgres } from '../../support/postgres-server';

export interface PostgresPair {
  primary: DatabaseServer;
  standby: DatabaseServer;
  remove(this: void): Promise<void>;
}

/** @returns the first row of what a statement finds, asked on this server itself */
const ask = (server: DatabaseServer, sql: string): Promise<Record<string, unknown> | undefined> =>
  administer(server, async (knex) => {
    const { rows } = await knex.raw<{ rows: Record<string, unknown>[] }>(sql);
    return rows[0];
  });

/**
 * @param synchronousCommit what a commit waits for: `on`, that the standby has it on its disk; `remote_apply`, that
 * the standby shows it to its readers
 */
export const startPair = async (synchronousCommit: 'on' | 'remote_apply'): Promise<PostgresPair> => {
  const settings = [`-csynchronous_commit=${synchronousCommit}`];
  const primary = await createPostgres({ args: [...settings, '-csynchronous_standby_names=standby'] });
  const standby = await createPostgres({
    args: [
      ...settings,
      `-cprimary_conninfo=host=127.0.0.1 port=${primary.port} user=postgres password=postgres ` +
        'application_name=standby',
    ],
    // A copy of a server that has never run is a base backup.
    prepare: (data) => {
      execFileSync('cp', ['-a', primary.data, data]);
      writeFileSync(join(data, 'standby.signal'), '');
    },
  });
  await primary.start();
  await standby.start();
  const follows = async (): Promise<boolean> => {
    const follower = await ask(primary, 'SELECT sync_state FROM pg_stat_replication');
    return follower?.sync_state === 'sync';
  };
  while (!(await follows())) await delay(50);
  return {
    primary,
    standby,
    remove: async () => {
      await primary.remove();
      await standby.remove();
    },
  };
};

/** Makes a standby the primary; resolves when it takes writes. */
export const promote = async (standby: DatabaseServer): Promise<void> => {
  await ask(standby, 'SELECT pg_promote()');
};

/**
 * Answers HAProxy's question whether a server is the primary, as Patroni does: 200 if it is, 503 if it is a standby,
 * or away. @returns the port to ask on
 */
export const startHealth = async (server: DatabaseServer): Promise<{ port: number; stop: () => void }> => {
  const isPrimary = async (): Promise<boolean> =>
    (await ask(server, 'SELECT pg_is_in_recovery() AS recovering'))?.recovering === false;
  const health = createServer((_request, response) => {
    void isPrimary()
      .catch(() => false)
      .then((primary) => response.writeHead(primary ? 200 : 503).end());
  });
  await new Promise<void>((resolve) => health.listen(0, '127.0.0.1', resolve));
  return {
    port: (health.address() as AddressInfo).port,
    stop: () => {
      health.close();
      health.closeAllConnections();
    },
  };
};
