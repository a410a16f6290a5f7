/** Which knexfile the command loads, and how: as Knex's own command does. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cli, createFolder, documentOf, startProgram, type Ended, type Folder } from './support';

let folder: Folder;

beforeEach(() => {
  folder = createFolder();
});

afterEach(() => {
  folder.remove();
});

/** The configuration of a database of its own, as an expression. */
const sqlite = (name: string): string =>
  `{ client: 'better-sqlite3', connection: { filename: './${name}.sqlite' }, useNullAsDefault: true }`;

/** Creates the table in the database that the command chooses. @returns what has been created */
const sync = async (args: readonly string[] = [], how = {}): Promise<Ended> =>
  folder.run(['sync', '--json', ...args], how);

const has = (file: string): boolean => existsSync(join(folder.path, file));

describe('the knexfile', () => {
  it.each([
    ['CommonJS', 'knexfile.js', `module.exports = ${sqlite('one')};`],
    ['CommonJS by its name', 'knexfile.cjs', `module.exports = ${sqlite('one')};`],
    ['an ES module', 'knexfile.mjs', `export default ${sqlite('one')};`],
    ['an ES module that awaits', 'knexfile.mjs', `export default await Promise.resolve(${sqlite('one')});`],
    ['compiled to CommonJS', 'knexfile.js', `exports.__esModule = true; exports.default = ${sqlite('one')};`],
    ['a promise', 'knexfile.js', `module.exports = Promise.resolve(${sqlite('one')});`],
    ['a promise, by default', 'knexfile.mjs', `export default Promise.resolve(${sqlite('one')});`],
    ['a function', 'knexfile.js', `module.exports = () => (${sqlite('one')});`],
    ['an async function', 'knexfile.js', `module.exports = async () => (${sqlite('one')});`],
    ['an async function, by default', 'knexfile.mjs', `export default async () => (${sqlite('one')});`],
    ['environments', 'knexfile.js', `module.exports = { development: ${sqlite('one')} };`],
    [
      'a function for environments',
      'knexfile.cjs',
      `module.exports = () => ({ development: ${sqlite('one')} });`,
    ],
  ])('may be %s', async (_what, file, text) => {
    folder.write(file, text);

    expect(await sync()).toMatchObject({ code: 0, stderr: '' });
    expect(has('one.sqlite')).toBe(true);
  });

  it('may be an ES module because its package says so', async () => {
    folder.write('package.json', '{ "type": "module" }');
    folder.write('knexfile.js', `export default ${sqlite('one')};`);

    expect(await sync()).toMatchObject({ code: 0, stderr: '' });
    expect(has('one.sqlite')).toBe(true);
  });

  it('may be such a module that awaits', async () => {
    folder.write('package.json', '{ "type": "module" }');
    folder.write('knexfile.js', `export default await Promise.resolve(${sqlite('one')});`);

    expect(await sync()).toMatchObject({ code: 0, stderr: '' });
    expect(has('one.sqlite')).toBe(true);
  });

  it('may be in TypeScript where a loader is registered', async () => {
    folder.write('knexfile.ts', `const config: object = ${sqlite('one')};\nexport default config;`);
    folder.write(
      'loader.cjs',
      `
const { readFileSync } = require('node:fs');
const typescript = require(${JSON.stringify(require.resolve('typescript'))});
require.extensions['.ts'] = (module, file) =>
  module._compile(typescript.transpile(readFileSync(file, 'utf8'), { module: 'CommonJS' }), file);`,
    );

    expect(await sync([], { env: { NODE_OPTIONS: '--require ./loader.cjs' } })).toMatchObject({ code: 0 });
    expect(has('one.sqlite')).toBe(true);
  });

  it('may be in a folder above, and its paths start in its folder', async () => {
    folder.write('knexfile.js', `module.exports = ${sqlite('one')};`);
    folder.write('deep/er/file', '');

    expect(await sync([], { cwd: 'deep/er' })).toMatchObject({ code: 0, stderr: '' });
    expect(has('one.sqlite')).toBe(true);
    expect(has('deep/er/one.sqlite')).toBe(false);
  });

  it('may be named with --knexfile, and its paths start in its folder', async () => {
    folder.write('knexfile.js', `module.exports = ${sqlite('other')};`);
    folder.write('config/database.js', `module.exports = ${sqlite('one')};`);

    expect(await sync(['--knexfile', 'config/database.js'])).toMatchObject({ code: 0, stderr: '' });
    expect(has('config/one.sqlite')).toBe(true);
    expect(has('other.sqlite')).toBe(false);
  });

  it('may print without mixing its output with the result', async () => {
    folder.write('knexfile.js', `console.log('loading'); module.exports = ${sqlite('one')};`);

    const ended = await sync();

    expect(documentOf(ended)).toMatchObject({ table: 'Sessions' });
    expect(ended.stderr).toBe('loading\n');
  });

  it('may leave something open that keeps a process alive', async () => {
    folder.write('knexfile.js', `setInterval(() => undefined, 1_000); module.exports = ${sqlite('one')};`);

    expect(await sync()).toMatchObject({ code: 0 });
  });
});

describe('the environment', () => {
  beforeEach(() => {
    folder.write(
      'knexfile.js',
      `module.exports = { development: ${sqlite('development')}, staging: ${sqlite('staging')} };`,
    );
  });

  it.each([
    ["is 'development' if nothing names another", [], {}, 'development'],
    ['is that of NODE_ENV', [], { NODE_ENV: 'staging' }, 'staging'],
    ["is 'development' if NODE_ENV is set to nothing", [], { NODE_ENV: '' }, 'development'],
    [
      'is that of --env, whatever NODE_ENV says',
      ['--env', 'development'],
      { NODE_ENV: 'staging' },
      'development',
    ],
  ])('%s', async (_what, args, env, chosen) => {
    expect(await sync(args, { env })).toMatchObject({ code: 0, stderr: '' });
    expect(['development', 'staging'].filter((name) => has(`${name}.sqlite`))).toEqual([chosen]);
  });

  it('is ignored if the knexfile is a single configuration', async () => {
    folder.write('knexfile.js', `module.exports = ${sqlite('one')};`);

    expect(await sync(['--env', 'production'])).toMatchObject({ code: 0, stderr: '' });
    expect(has('one.sqlite')).toBe(true);
  });
});

describe("Knex, and the database's driver,", () => {
  it("are the app's own: found from the folder of the knexfile", async () => {
    folder.write('app/knexfile.js', `module.exports = ${sqlite('one')};`);
    folder.write(
      'app/node_modules/knex/index.js',
      `
const knex = require(${JSON.stringify(require.resolve('knex'))});
module.exports = (config) => { console.log('the knex of the app'); return knex(config); };`,
    );

    expect(await sync([], { cwd: 'app' })).toMatchObject({ code: 0, stderr: 'the knex of the app\n' });
  });
});

describe('the command', () => {
  it('can be run by its own name, as npm links it', async () => {
    folder.write('knexfile.js', `module.exports = ${sqlite('one')};`);

    expect(await startProgram([cli, 'sync'], folder.path).ended).toMatchObject({ code: 0, stderr: '' });
  });
});
