/** The package as npm would publish it, unpacked where a user's app would find it. */

import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const root = resolve(__dirname, '../..');

/** What a program left behind: `code` is null if it had to be killed. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end, and kills it after 100 s. */
export const run = (file: string, args: readonly string[], cwd: string): Promise<Ended> =>
  new Promise((settle) => {
    const child = execFile(
      file,
      args,
      { cwd, timeout: 100_000, killSignal: 'SIGKILL' },
      (_error, stdout, stderr) => {
        settle({ code: child.exitCode, stdout, stderr });
      },
    );
  });

const runWell = async (file: string, args: readonly string[], cwd: string): Promise<string> => {
  const { code, stdout, stderr } = await run(file, args, cwd);
  if (code !== 0)
    throw new Error(`${file} ${args.join(' ')} ended with code ${String(code)}:\n${stdout}${stderr}`);
  return stdout;
};

/** A folder of a user's app, with this package and others in its node_modules. */
export interface Project {
  folder: string;
  /** The paths of all files in the package, sorted. */
  packed: readonly string[];
  write(file: string, text: string): void;
  remove(): void;
}

/** Packs this package into a folder. */
const pack = async (folder: string): Promise<{ filename: string; files: { path: string }[] }> => {
  const packing = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [tarball] = JSON.parse(await runWell('npm', packing, root)) as [
    { filename: string; files: { path: string }[] },
  ];
  return tarball;
};

/**
 * A new project outside of the repository, with this package in it.
 *
 * @param dependencies what else the project has: packages of the repository's node_modules
 * @param install brings a tarball, of this package and in the project's folder, into its node_modules
 */
const createProjectBy = async (
  dependencies: readonly string[],
  install: (filename: string, folder: string) => Promise<unknown>,
): Promise<Project> => {
  // Where the system's temporary folder is a link, programs would print other paths than these.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sessions-package-')));
  const tarball = await pack(folder);
  await install(tarball.filename, folder);

  for (const dependency of dependencies) {
    const link = join(folder, 'node_modules', dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', dependency), link, 'junction');
  }

  return {
    folder,
    packed: tarball.files.map(({ path }) => path).sort(),
    write: (file, text) => {
      writeFileSync(join(folder, file), text);
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
};

/** Packs this package and unpacks it into a new project. */
export const createProject = (dependencies: readonly string[]): Promise<Project> =>
  createProjectBy(dependencies, (filename, folder) => {
    const packageFolder = join(folder, 'node_modules/koa-generic-session-knex');
    mkdirSync(packageFolder, { recursive: true });
    return runWell('tar', ['-xzf', filename, '--strip-components=1', '-C', packageFolder], folder);
  });

/** Packs this package and lets npm install it in a new project, which links its command. */
export const createInstalledProject = (dependencies: readonly string[]): Promise<Project> =>
  createProjectBy(dependencies, (filename, folder) => {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    // Knex, its peer, is linked in afterwards: nothing need be fetched.
    const flags = ['--offline', '--legacy-peer-deps', '--no-audit', '--no-fund'];
    return runWell('npm', ['install', ...flags, `./${filename}`], folder);
  });

/** Whether the repository has a file. */
export const isInRepository = (file: string): boolean => existsSync(join(root, file));
