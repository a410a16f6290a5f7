/** Packs this package as npm would publish it. */

import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Packs what was built last; does not build.
 *
 * @param folder where the tarball goes
 * @returns its path, and bytes as npm counts them: `size` packed, `unpackedSize`, and `files` with the size of each
 */
export const pack = async (folder) => {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: root });
  const [{ filename, version, size, unpackedSize, files }] = JSON.parse(stdout);
  return { path: join(folder, filename), version, size, unpackedSize, files };
};
