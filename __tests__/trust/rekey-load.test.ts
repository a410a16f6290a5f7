/** Many sessions get digests and seals by the operator's command, killed half-way, while a Koa app serves its users. */

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startLoad } from '../faults/load';
import { startApp } from '../support/app';
import { betterSqlite3, mysql, postgres } from '../support/databases';
import { onEachDatabase } from '../support/each-database';

const secret = 'first: c2f0a94b7d1e6853c4b7a96e0d5f1823';
// Most of the time goes into filling the table; REKEY_ROWS=100000 for a long run.
const count = Number(process.env.REKEY_ROWS ?? 30_000);
const root = resolve(__dirname, '../..');

interface Result {
  total: number;
  seen: number;
  changed: number;
  unreadable: number;
}

interface Running {
  child: ChildProcess;
  /** Its exit code and what it printed on stdout; rejects for nothing. */
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

onEachDatabase([betterSqlite3(), postgres(), mysql()], (database) => {
  // The command takes the Knex that is found from its knexfile.
  mkdirSync(join(root, '.tmp'), { recursive: true });
  const folder = mkdtempSync(join(root, '.tmp/rekey-'));
  const running = new Set<ChildProcess>();

  afterAll(() => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const fill = async (): Promise<void> => {
    await database.open({ gcFrequency: 0 }).ready();
    const expires = Math.floor(Date.now() / 1000) + 86_400;
    const step = 1_000;
    for (let first = 0; first < count; first += step) {
      const rows = Array.from({ length: step }, (_, n) => ({
        id: `koa:sess:${((first + n) * 7_919) % count}-${first + n}`,
        data: JSON.stringify({ user: `user-${first + n}`, visits: first + n }),
        expires,
      }));
      // SQLite takes 32,766 values in a statement; one transaction spares it many writes.
      await database.knex.transaction((trx) =>
        database.knex.batchInsert(database.tableName, rows, 500).transacting(trx),
      );
    }
  };

  const hashed = async (): Promise<number> => {
    const [row] = (await database.table().where('id', 'like', 'sha256:%').count({ rows: '*' })) as [
      { rows: number | string },
    ];
    return Number(row.rows);
  };

  const startRekey = (): Running => {
    const args = ['rekey', '--knexfile', 'knexfile.cjs', '--options', 'options.cjs', '--json'];
    const child = spawn(process.execPath, [join(root, 'dist/cli.mjs'), ...args], { cwd: folder });
    running.add(child);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((settle) => {
      child.once('close', (code) => {
        running.delete(child);
        settle({ code, stdout, stderr });
      });
    });
    return { child, ended };
  };

  test('nobody is logged out, no write is lost, and the second run finishes', async () => {
    await fill();
    const storeOptions = {
      hashIds: 'migrate',
      secret,
      readPlain: true,
      gcFrequency: 0,
      tableName: database.tableName,
    };
    const { client, connection } = database;
    const knexFile = { client, connection, useNullAsDefault: true };
    writeFileSync(join(folder, 'knexfile.cjs'), `module.exports = ${JSON.stringify(knexFile)};`);
    writeFileSync(join(folder, 'options.cjs'), `module.exports = ${JSON.stringify(storeOptions)};`);

    const deploy = (options: object): ReturnType<typeof startApp> =>
      startApp('__tests__/faults/apps/app.mjs', {
        env: {
          DATABASE_CLIENT: client,
          DATABASE_URL:
            client === 'better-sqlite3' ? (connection as { filename: string }).filename : String(connection),
          MIDDLEWARE: 'koa-generic-session 2',
          STORE_OPTIONS: JSON.stringify(options),
        },
      });
    // Users who have logged in before anything was hashed.
    let app = await deploy({ tableName: database.tableName, gcFrequency: 0 });
    let gate = Promise.resolve();
    const load = await startLoad(() => gate.then(() => app.url), 'visitor');
    await delay(300);
    // Processes that do not hash do not find what has moved: they are replaced at once.
    let open = (): void => undefined;
    gate = new Promise((settle) => {
      open = settle;
    });
    await delay(500);
    expect(await app.stop()).toBe(0);
    app = await deploy(storeOptions);
    open();

    const first = startRekey();
    while ((await hashed()) < 0.4 * count) {
      await delay(100);
      if (!running.has(first.child)) throw new Error(JSON.stringify(await first.ended));
    }
    first.child.kill('SIGKILL');
    expect((await first.ended).code).toBeNull();
    const before = await hashed();
    expect(before).toBeLessThan(count);
    const begun = performance.now();
    const second = await startRekey().ended;
    const took = performance.now() - begun;
    expect(second).toMatchObject({ code: 0 });
    const result = JSON.parse(second.stdout) as Result;
    expect(result).toMatchObject({ unreadable: 0 });
    expect(result.seen).toBe(result.total);
    expect(result.changed).toBeGreaterThan(0);

    const { wrong, refusals, successes } = await load.stop();
    expect(await app.stop()).toBe(0);
    expect({ wrong, refusals }).toEqual({ wrong: [], refusals: [] });

    const strict = database.open({ hashIds: true, secret, gcFrequency: 0 });
    const errors: unknown[] = [];
    strict.on('error', (error) => errors.push(error));
    let sessions = 0;
    const users = new Set<string>();
    for await (const { id, session } of strict.entries({ batchSize: 1_000 })) {
      expect(id.startsWith('sha256:')).toBe(true);
      users.add(String(session.user));
      sessions += 1;
    }
    expect([sessions, users.size, errors]).toEqual([count + 8, count + 8, []]);
    for (let n = 0; n < count; n += 997) {
      const sid = `koa:sess:${(n * 7_919) % count}-${n}`;
      expect(await strict.get(sid)).toEqual({ user: `user-${n}`, visits: n });
    }
    process.stdout.write(
      `rekey on ${database.name}: ${result.changed} rows in ${(took / 1000).toFixed(1)} s after a kill at ${before}, ` +
        `beside ${successes.flat().length} requests; no logout\n`,
    );
  });
});
