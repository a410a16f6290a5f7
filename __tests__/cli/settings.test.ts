/** The options file, which the app and its migrations can share, and --table. */

import { randomBytes } from 'node:crypto';
import { createFolder, documentOf, type Folder } from './support';

let folder: Folder;

beforeEach(() => {
  folder = createFolder();
  folder.write(
    'knexfile.js',
    `module.exports = { client: 'better-sqlite3', connection: './sessions.sqlite', useNullAsDefault: true };`,
  );
});

afterEach(() => {
  folder.remove();
});

const secret = randomBytes(32).toString('base64');

describe('the options file', () => {
  it.each([
    ['an object', 'options.cjs', `module.exports = { tableName: 'Logins' };`],
    ['a promise', 'options.cjs', `module.exports = Promise.resolve({ tableName: 'Logins' });`],
    ['a function', 'options.cjs', `module.exports = async () => ({ tableName: 'Logins' });`],
    ['the default of an ES module', 'options.mjs', `export default { tableName: 'Logins' };`],
  ])('may export %s', async (_what, file, text) => {
    folder.write(file, text);

    const ended = await folder.run(['sync', '--json', '--options', file]);

    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(documentOf(ended)).toMatchObject({ table: 'Logins' });
  });

  it('may set every option of the store', async () => {
    folder.write(
      'options.mjs',
      `export default {
  tableName: 'Logins', sync: false, timestamps: true, gcFrequency: 0, writeErrors: 'emit', retryTimeout: 0,
  hashIds: 'migrate', secret: process.env.STORE_SECRET, readPlain: true,
  codec: { encode: JSON.stringify, decode: JSON.parse },
};`,
    );
    const how = { env: { STORE_SECRET: secret } };

    expect(await folder.run(['sync', '--options', 'options.mjs'], how)).toMatchObject({
      code: 0,
      stderr: '',
    });
    const ended = await folder.run(['stats', '--options', 'options.mjs'], how);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).not.toContain('the table has no timestamps');
  });

  it('is relative to the working directory, wherever the knexfile is', async () => {
    folder.write('config/knexfile.js', `module.exports = require('../knexfile.js');`);
    folder.write('options.cjs', `module.exports = { tableName: 'Logins' };`);
    const args = ['sync', '--json', '--knexfile', 'config/knexfile.js', '--options', 'options.cjs'];

    expect(documentOf(await folder.run(args))).toMatchObject({ table: 'Logins' });
  });

  it.each([
    ['is not there', 'nothing.mjs', undefined, /there is no file .*nothing\.mjs \(the options file\)/],
    ['has no default export', 'options.mjs', `export const tableName = 'Logins';`, /has no default export/],
    [
      'exports something else',
      'options.cjs',
      `module.exports = 'Logins';`,
      /must export the options of create/,
    ],
    [
      'fails',
      'options.cjs',
      `throw new Error('no such luck');`,
      /options\.cjs cannot be loaded: no such luck\n/,
    ],
    [
      'cannot be parsed',
      'options.cjs',
      `module.exports = {;`,
      /cannot be loaded: SyntaxError: Unexpected token/,
    ],
    [
      'has an unknown option',
      'options.cjs',
      `module.exports = { tablename: 'x' };`,
      /options\.cjs: .*tablename/,
    ],
    [
      'has a wrong one',
      'options.cjs',
      `module.exports = { gcFrequency: 'often' };`,
      /gcFrequency must be .* "often"/,
    ],
    [
      'has a secret that is not set',
      'options.cjs',
      `module.exports = { secret: process.env.NOT_SET };`,
      /option secret is undefined: is its environment variable set/,
    ],
  ])('is rejected, with the reason, if it %s', async (_what, file, text, message) => {
    if (text !== undefined) folder.write(file, text);

    const { code, stdout, stderr } = await folder.run(['stats', '--options', file]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it('never has its secrets printed', async () => {
    folder.write('options.cjs', `module.exports = { secret: 'too short a secret' };`);

    const { code, stderr } = await folder.run(['stats', '--options', 'options.cjs', '--verbose']);

    expect(code).toBe(2);
    expect(stderr).toContain('option secret must be');
    expect(stderr).not.toContain('too short a secret');
  });
});

describe('--table', () => {
  it("overrides the options file's", async () => {
    folder.write('options.cjs', `module.exports = { tableName: 'Logins', timestamps: true };`);

    const ended = await folder.run(['sync', '--json', '--options', 'options.cjs', '--table', 'Others']);

    expect(documentOf(ended)).toMatchObject({ table: 'Others' });
    expect((await folder.run(['stats', '--table', 'Others'])).stdout).not.toContain(
      'the table has no timestamps',
    );
  });

  it.each(['', 'a\nb', 'x'.repeat(64), 'a.b.c.d', 'what?'])(
    'is rejected if it is not a table name: %j',
    async (name) => {
      const { code, stdout, stderr } = await folder.run(['stats', '--table', name]);

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/--table: option tableName must be a table name/);
    },
  );

  it('may be any name, whatever it looks like', async () => {
    const name = `x"; DROP TABLE "y`;

    expect(await folder.run(['sync', '--table', name])).toMatchObject({ code: 0, stderr: '' });
    expect(documentOf(await folder.run(['stats', '--json', '--table', name]))).toMatchObject({
      table: name,
      rows: 0,
    });
  });
});
