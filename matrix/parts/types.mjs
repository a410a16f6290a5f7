/** The package's types, compiled by each TypeScript with each `moduleResolution` and each Knex. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createProject } from '../machinery/projects.mjs';
import { run } from '../machinery/processes.mjs';
import { typescripts } from '../versions.mjs';
import { sourcesOf } from './sources.mjs';

/** In one project, which all others share. */
const installCompilers = (folder) => {
  const aliases = typescripts.map(({ typescript }) => [
    `typescript-${typescript}`,
    `npm:typescript@${typescript}`,
  ]);
  return createProject(join(folder, 'typescript'), Object.fromEntries(aliases));
};

let compilers;

const install = async ({ knex }, { folder, tarball }) => {
  compilers ??= installCompilers(folder);
  const project = await createProject(join(folder, `types-knex-${knex}`), {
    'koa-generic-session-knex': tarball,
    knex,
    // These use only syntax that all compilers know.
    '@types/node': '16',
  });
  return { ...project, compilers: await compilers };
};

/** The package's entry points, as in its `exports`. */
const entriesOf = async (folder) => {
  const file = join(folder, 'node_modules/koa-generic-session-knex/package.json');
  return Object.keys(JSON.parse(await readFile(file, 'utf8')).exports);
};

const ours = /^(?!node_modules\/)|^node_modules\/koa-generic-session-knex\//;

const runCell = async ({ typescript, resolution, knex }, { folder, compilers, versions }) => {
  const { options, files } = sourcesOf(resolution, await entriesOf(folder));
  const place = join(folder, `${typescript}-${resolution}`);
  await mkdir(place);
  for (const [name, text] of Object.entries(files)) await writeFile(join(place, name), text);
  const compilerOptions = {
    target: 'ES2021',
    lib: ['ES2021'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: false,
    ...options,
  };
  await writeFile(
    join(place, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: Object.keys(files) }),
  );

  const alias = `typescript-${typescript}`;
  const compiler = join(compilers.folder, 'node_modules', alias, 'bin/tsc');
  const args = [compiler, '-p', place, '--pretty', 'false', '--listFiles'];
  const output = await run(process.execPath, args, { cwd: folder }).catch(
    (error) => error.stdout ?? String(error),
  );
  const lines = output.split('\n');
  // Ignores errors in the types of other packages.
  const errors = lines.filter((line) => /error TS\d+/.test(line) && ours.test(line));
  if (errors.length > 0) throw new Error(errors.join('\n'));
  if (!output.includes('koa-generic-session-knex/dist/index.d.'))
    throw new Error(`nothing was compiled:\n${output}`);
  return { [`TypeScript ${typescript}`]: compilers.versions[alias], [`Knex ${knex}`]: versions.knex };
};

export const types = {
  title: 'types: TypeScript and Knex',
  projectOf: ({ knex }) => `types, Knex ${knex}`,
  missing: () => undefined,
  install,
  runCell,
};
