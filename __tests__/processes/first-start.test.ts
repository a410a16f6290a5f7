/** Many processes of one app start at once on a database that has no table yet, as after a first deploy. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Knex } from 'knex';
import {
  betterSqlite3,
  describeOn,
  mysql,
  newTableName,
  postgres,
  type Database,
} from '../support/databases';

const processes = 8;
const rounds = 3;

/** @returns its exit code, and what it printed on stderr, once it is told to go and has ended */
const prepare = async (env: NodeJS.ProcessEnv): Promise<() => Promise<string>> => {
  const child = spawn(process.execPath, [resolve(__dirname, 'apps/first-write.cjs')], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  return async () => {
    child.stdin.write('go\n');
    const [code] = (await ended) as [number | null];
    return `${String(code)} ${printed}`.trim();
  };
};

const startTogether = async (env: NodeJS.ProcessEnv): Promise<string[]> => {
  const waiting = await Promise.all(
    Array.from({ length: processes }, (_, n) => prepare({ ...env, SID: `sid-${n}` })),
  );
  return Promise.all(waiting.map((go) => go()));
};

const databases: [Database, string][] = [
  [betterSqlite3(), 'better-sqlite3'],
  [postgres(), 'pg'],
  [mysql(), 'mysql2'],
];

for (const [database, client] of databases) {
  describeOn(database, () => {
    let knex: Knex;

    beforeAll(() => {
      knex = database.connect();
    });

    afterAll(async () => {
      await knex.destroy();
      database.remove?.();
    });

    test(`${processes} processes make one table, and none of them fails, in ${rounds} rounds`, async () => {
      const CONNECTION = JSON.stringify(database.connection);
      for (let round = 0; round < rounds; round += 1) {
        const TABLE = newTableName();
        const ends = await startTogether({ CLIENT: client, CONNECTION, TABLE });
        expect(ends).toEqual(Array.from({ length: processes }, () => '0'));
        expect(await knex(TABLE).select('id')).toHaveLength(processes);
        await knex.schema.dropTable(TABLE);
      }
    }, 120_000);
  });
}
