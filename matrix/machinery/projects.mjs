/** Temporary projects, into which npm installs the packed package and the versions of a cell. */

import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './processes.mjs';

const programs = fileURLToPath(new URL('../programs', import.meta.url));

/** Packages that npm compiles if it finds no prebuilt binary. */
const built = ['better-sqlite3', 'sqlite3'];

const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];

/** Compiler settings: a fast build matters more than fast code. */
const compilers = { CFLAGS: '-O0', CXXFLAGS: '-O0', JOBS: '2' };

/**
 * @param folder where to create it
 * @param dependencies as in a package.json
 * @param env for npm
 * @returns its folder, which contains the programs, and the installed versions
 */
export const createProject = async (folder, dependencies, env = {}) => {
  await mkdir(folder, { recursive: true });
  const allowScripts = Object.fromEntries(
    built.filter((name) => name in dependencies).map((name) => [name, true]),
  );
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, dependencies, allowScripts }),
  );
  await run('npm', ['install', ...flags], { cwd: folder, env: { ...compilers, ...env } });
  await cp(programs, join(folder, 'programs'), { recursive: true });

  const versions = {};
  for (const name of Object.keys(dependencies)) {
    const { version } = JSON.parse(
      await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8'),
    );
    versions[name] = version;
  }
  return { folder, versions };
};
