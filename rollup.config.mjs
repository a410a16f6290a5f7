import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import typescript from '@rollup/plugin-typescript';
import { dts } from 'rollup-plugin-dts';

const input = 'lib/index.ts';
const external = [/^node:/, 'knex'];

/** Readable code without comments: types and editors have these from the declarations, and source maps cost more than both builds. */
const compile = () => typescript({ noEmit: false, removeComments: true });

/** The adapter for Express imports the library, and has no copy of it: its errors must be the same class. */
const library = resolve(input);
const libraryAs = (file) => ({ paths: { [library]: file } });

/** `require('koa-generic-session-knex')` is the function itself, and carries everything else. */
const callableExports = 'module.exports = Object.assign(createKnexStore, exports);';

/**
 * The same for the types: `export =` a constant of the function's type and the other exports. What is only a
 * type shares its name: a namespace for the exported types, and an alias for apps of the original package,
 * whose export was a class (`let store: KnexStore`, `KnexStore.Settings`).
 */
const exportAssignment = () => ({
  name: 'export-assignment',
  renderChunk(code) {
    const lists = [...code.matchAll(/^export (?<type>type )?\{(?<names>[^}]*)\};$/gm)];
    const exported = (isType) =>
      lists
        .filter(({ groups }) => Boolean(groups.type) === isType)
        .flatMap(({ groups }) => groups.names.split(',').map((name) => name.trim().split(' as ')));
    const value = ([local, name = local]) =>
      `  ${name}: ${local === 'createKnexStore' ? 'CreateKnexStore' : `typeof ${local}`};`;
    const declarations = lists.reduce((rest, [list]) => rest.replace(list, ''), code);
    return [
      declarations.replace('declare const createKnexStore: CreateKnexStore;', '').trimEnd(),
      '',
      `declare const createKnexStore: CreateKnexStore & {`,
      ...exported(false).map(value),
      '};',
      // A namespace that named a class would be a value itself, and clash with the constant.
      'type SessionStoreErrorInstance = SessionStoreError;',
      'type createKnexStore<S extends object = Record<string, any>> = SessionStore<S>;',
      'declare namespace createKnexStore {',
      ...exported(true).map(([name]) => `  export type { ${name} };`),
      '  export type SessionStoreError = SessionStoreErrorInstance;',
      '  export type { CreateKnexStoreOptions as Settings };',
      '}',
      'export = createKnexStore;',
      '',
    ].join('\n');
  },
});

/** The folder of the package that a bundled module belongs to; undefined for our own. */
const packageOf = (module) => {
  if (!module.includes('/node_modules/')) return undefined;
  for (let folder = dirname(module); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    // Some packages have further ones, without a name, within.
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name !== undefined) return folder;
  }
};

const licenceOf = (folder) => {
  const { name, version, license, author, repository } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const head = `${name} ${version}, ${license}, ${author?.name ?? author}, ${repository?.url ?? repository}`;
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  return `${head}\n\n${file === undefined ? 'It comes without a text of its licence.' : readFileSync(join(folder, file), 'utf8').trim()}\n`;
};

/** The packages that are part of the command want their licences to go with them. */
const licences = (fileName) => ({
  name: 'licences',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((chunk) => Object.entries(chunk.modules ?? {}));
    // What is left of a package when it was tree-shaken away need not be named.
    const used = modules.filter(([, { renderedLength }]) => renderedLength > 0);
    const folders = [...new Set(used.map(([module]) => packageOf(module.replace(/^\0|\?.*$/g, ''))))];
    const texts = folders
      .filter((folder) => folder !== undefined)
      .map(licenceOf)
      .sort();
    const source = `cli.mjs has code of these packages in it.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
    this.emitFile({ type: 'asset', fileName, source });
  },
});

const executable = () => ({
  name: 'executable',
  writeBundle: ({ file }) => chmodSync(file, 0o755),
});

export default [
  {
    input,
    external,
    plugins: [compile()],
    output: [
      { file: 'dist/index.mjs', format: 'es', exports: 'named' },
      {
        file: 'dist/index.cjs',
        format: 'cjs',
        exports: 'named',
        esModule: false,
        footer: callableExports,
      },
    ],
  },
  {
    input,
    external,
    plugins: [dts()],
    output: [
      { file: 'dist/index.d.mts', format: 'es' },
      { file: 'dist/index.d.cts', format: 'es', plugins: [exportAssignment()] },
    ],
  },
  {
    input: 'lib/express/index.ts',
    external: [...external, library],
    plugins: [compile()],
    output: [
      { file: 'dist/express.mjs', format: 'es', ...libraryAs('./index.mjs') },
      {
        file: 'dist/express.cjs',
        format: 'cjs',
        esModule: false,
        ...libraryAs('./index.cjs'),
      },
    ],
  },
  {
    input: 'lib/express/index.ts',
    external: [...external, library],
    plugins: [dts()],
    output: [
      { file: 'dist/express.d.mts', format: 'es', ...libraryAs('./index.mjs') },
      { file: 'dist/express.d.cts', format: 'es', ...libraryAs('./index.cjs') },
    ],
  },
  {
    input: 'lib/cli/main.ts',
    external,
    onwarn: (warning, warn) => {
      // Of the packages: nothing that we could mend.
      if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids.every((id) => packageOf(id) !== undefined))
        return;
      warn(warning);
    },
    plugins: [
      nodeResolve({ exportConditions: ['node'], preferBuiltins: true }),
      commonjs(),
      typescript({ noEmit: false }),
      licences('cli.licences.txt'),
      executable(),
    ],
    output: {
      file: 'dist/cli.mjs',
      format: 'es',
      banner: '#!/usr/bin/env node',
      inlineDynamicImports: true,
    },
  },
];
