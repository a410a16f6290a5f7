/** Where a private server can live: an account, a folder and a port of its own. */

import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Who a server runs as: many refuse to be root. */
export interface Account {
  uid: number;
  gid: number;
}

/** An account of this machine; undefined unless the tests run as root and could become another. */
export const accountOf = (name: string): Account | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
  return { uid: id('-u'), gid: id('-g') };
};

/** A new folder that belongs to an account, and that others cannot read. */
export const temporaryFolder = (name: string, account?: Account): string => {
  const folder = mkdtempSync(join(tmpdir(), `sessions-${name}-`));
  chmodSync(folder, 0o700);
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  return folder;
};

/**
 * A free port on loopback, with `count - 1` free ones after it. Below the ports that outgoing connections get: one
 * of those might take it while its server is down, and a client that tries it might even connect to itself.
 */
export const freePort = async (count = 1): Promise<number> => {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 20_000);
    const range = Array.from({ length: count }, (_, n) => port + n);
    if ((await Promise.all(range.map(isFree))).every(Boolean)) return port;
  }
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
