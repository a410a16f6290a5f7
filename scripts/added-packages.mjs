/** The packages that npm installs with this one into a project that already has Knex. */

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];

/**
 * @param folder an empty folder for the project
 * @param tarball the packed package
 * @returns their names, sorted
 */
export const addedPackages = async (folder, tarball) => {
  const install = (what) => promisify(execFile)('npm', ['install', ...flags, what], { cwd: folder });
  const installed = () =>
    Object.keys(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages);

  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  await install('knex');
  const before = new Set(installed());
  await install(tarball);
  return installed()
    .filter((path) => !before.has(path))
    .map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
    .sort();
};
