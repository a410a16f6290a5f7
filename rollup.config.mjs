import typescript from '@rollup/plugin-typescript';
import { dts } from 'rollup-plugin-dts';

const input = 'lib/index.ts';
const external = [/^node:/, 'knex'];

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

export default [
  {
    input,
    external,
    plugins: [typescript({ noEmit: false, sourceMap: true, inlineSources: true })],
    output: [
      { file: 'dist/index.mjs', format: 'es', sourcemap: true, exports: 'named' },
      {
        file: 'dist/index.cjs',
        format: 'cjs',
        sourcemap: true,
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
];
