import { chmodSync } from 'node:fs';
import { resolve } from 'node:path';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { dts } from 'rollup-plugin-dts';

const input = 'lib/index.ts';
const external = [/^node:/, 'knex'];

/** Types are checked by `npm run check:types`. @type {import('@rollup/plugin-typescript').RollupTypescriptOptions} */
const unchecked = { noEmit: false, noCheck: true };

/** Readable code without comments: types and editors have these from the declarations, and source maps cost more than both builds. */
const compile = () => [typescript({ ...unchecked, removeComments: true })];

/**
 * The ES module exports what the CommonJS module does: an app that loads both has one library, with one class of errors.
 *
 * @param file the CommonJS module
 */
const moduleOf = (file) => ({
  name: 'module-of',
  renderChunk: (_code, { exports }) => {
    const named = exports.filter((name) => name !== 'default').join(', ');
    const byDefault = exports.includes('default') ? 'export default library;\n' : '';
    return `import library from '${file}';\n\nexport const { ${named} } = library;\n${byDefault}`;
  },
});

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
      { file: 'dist/index.mjs', format: 'es', exports: 'named', plugins: [moduleOf('./index.cjs')] },
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
      { file: 'dist/express.mjs', format: 'es', plugins: [moduleOf('./express.cjs')] },
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
    plugins: [
      typescript(unchecked),
      // Names and lines stay, for the stack traces of `--verbose`.
      terser({ mangle: false, format: { beautify: true, indent_level: 0, quote_style: 3 } }),
      executable(),
    ],
    output: {
      file: 'dist/cli.mjs',
      format: 'es',
      banner: '#!/usr/bin/env node',
    },
  },
];
