/** The disk of a SQLite database is full: what was acknowledged is there, what was not has a reason, and room helps. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexModule, { type Knex } from 'knex';
import { createKnexStore } from '../../lib';

/** A place with little room, until there is more. */
interface Place {
  connect(client: string): Knex;
  makeRoom(knex: Knex): Promise<void>;
  remove(): void;
}

/** In bytes: what there is at first, and when there is room. */
const size = 512 * 1024;
const roomySize = 4 * size;
const pageSize = 4096;

/** A file system in memory that holds no more; root alone can mount one. */
const smallDisk = (): Place => {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-full-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${roomySize}`, 'tmpfs', folder], { stdio: 'pipe' });
  const ballast = join(folder, 'ballast');
  writeFileSync(ballast, Buffer.alloc(roomySize - size));
  return {
    connect: (client) =>
      knexModule({
        client,
        connection: { filename: join(folder, 'sessions.sqlite') },
        useNullAsDefault: true,
      }),
    makeRoom: () => {
      rmSync(ballast);
      return Promise.resolve();
    },
    remove: () => {
      execFileSync('umount', [folder], { stdio: 'pipe' });
      rmdirSync(folder);
    },
  };
};

/** A file that its connection lets grow no more. */
const limitedFile = (): Place => {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-full-'));
  const limit = (bytes: number): string => `PRAGMA max_page_count = ${bytes / pageSize}`;
  return {
    connect: (client) => {
      const knex = knexModule({
        client,
        connection: { filename: join(folder, 'sessions.sqlite') },
        useNullAsDefault: true,
        pool: {
          afterCreate: (
            connection: { exec(sql: string, done?: (error: unknown) => void): unknown },
            done: (error: unknown, connection: unknown) => void,
          ) => {
            if (client === 'sqlite3') {
              connection.exec(limit(size), (error) => {
                done(error, connection);
              });
            } else {
              connection.exec(limit(size));
              done(null, connection);
            }
          },
        },
      });
      return knex;
    },
    makeRoom: async (knex) => {
      await knex.raw(limit(roomySize));
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
};

const whyNoMount = (): string | undefined => {
  if (process.platform !== 'linux') return 'tmpfs is a file system of Linux';
  if (process.getuid?.() !== 0) return 'only root can mount a file system';
  try {
    smallDisk().remove();
    return undefined;
  } catch (error) {
    return `no file system can be mounted here: ${(error as Error).message}`;
  }
};

const places: [string, () => Place][] = [['a file that may not grow', limitedFile]];
const missing = whyNoMount();
if (missing === undefined) places.push(['a disk that is full', smallDisk]);
else process.stderr.write(`skipped: SQLite on a disk that is full: ${missing}\n`);

describe.each(['better-sqlite3', 'sqlite3'])('%s', (client) => {
  test.each(places)(
    'on %s, fails clearly, forgets nothing, and goes on when there is room',
    async (_, open) => {
      const place = open();
      const knex = place.connect(client);
      try {
        const store = createKnexStore(knex);
        const sessionOf = (sid: string): object => ({ sid, text: 'x'.repeat(2_000) });
        const sids = Array.from({ length: 400 }, (_value, n) => `sid-${n}`);
        await store.ready();

        const kept: string[] = [];
        const refused: string[] = [];
        const reasons = new Set<unknown>();
        for (let from = 0; from < sids.length; from += 100) {
          const some = sids.slice(from, from + 100);
          const results = await Promise.allSettled(some.map((sid) => store.set(sid, sessionOf(sid))));
          for (const [n, result] of results.entries()) {
            (result.status === 'fulfilled' ? kept : refused).push(some[n] ?? '');
            if (result.status === 'rejected') reasons.add((result.reason as { code?: unknown }).code);
          }
        }

        const whatIsStored = async (): Promise<unknown[]> => Promise.all(sids.map((sid) => store.get(sid)));
        const expected = (): unknown[] => sids.map((sid) => (kept.includes(sid) ? sessionOf(sid) : null));
        expect(kept.length).toBeGreaterThan(100);
        expect(refused.length).toBeGreaterThan(100);
        expect([...reasons]).toEqual(['SQLITE_FULL']);
        expect(await whatIsStored()).toEqual(expected());
        const tooBig = { text: 'x'.repeat(size) };
        // Not `toThrow`: the errors of a native module belong to the test file that has loaded it first.
        await expect(store.set('too-big', tooBig)).rejects.toMatchObject({
          message: expect.stringMatching(/database or disk is full/) as unknown,
        });

        await place.makeRoom(knex);

        await Promise.all(refused.map((sid) => store.set(sid, sessionOf(sid))));
        kept.push(...refused);
        expect(await whatIsStored()).toEqual(expected());
        expect(await store.length()).toBe(sids.length);
        expect(await knex.raw('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
        await store.close();
      } finally {
        await knex.destroy();
        place.remove();
      }
    },
  );
});
