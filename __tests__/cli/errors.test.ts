/** Error messages and exit codes. */

import { mysql, postgres } from '../support/databases';
import { freePort } from '../support/places';
import { createFolder, documentOf, startProgram, type Ended, type Folder } from './support';

let folder: Folder;

beforeEach(() => {
  folder = createFolder();
});

afterEach(() => {
  folder.remove();
});

const sqlite = `{ client: 'better-sqlite3', connection: './sessions.sqlite', useNullAsDefault: true }`;

/** Only an error message, without a stack trace. */
const expectError = (
  { code, stdout, stderr }: Ended,
  expectedCode: number,
  message: RegExp | string,
): void => {
  expect({ code, stdout }).toEqual({ code: expectedCode, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^error: /);
  expect(stderr).not.toMatch(/^ +at /m);
};

const stats = (knexfile: string, ...args: string[]): Promise<Ended> => {
  folder.write('knexfile.js', knexfile);
  return folder.run(['stats', ...args]);
};

describe('with exit code 2, the command says', () => {
  it('that there is no knexfile', async () => {
    expectError(
      await folder.run(['stats']),
      2,
      /there is no knexfile in .* or above .*: pass one with --knexfile/,
    );
  });

  it.each(['nothing.js', 'nowhere/knexfile.js'])('that there is no file %s', async (file) => {
    folder.write('knexfile.js', `module.exports = ${sqlite};`);

    expectError(
      await folder.run(['stats', '--knexfile', file]),
      2,
      `there is no file ${folder.path}/${file}`,
    );
  });

  it.each([
    ['cannot be parsed', 'module.exports = {;', /cannot be loaded: SyntaxError: Unexpected token/],
    ['fails', `throw new Error('no such luck');`, /knexfile\.js cannot be loaded: no such luck\n$/],
    [
      'fails in its function',
      `module.exports = async () => { throw 'no luck'; };`,
      /cannot be loaded: no luck\n$/,
    ],
    [
      'needs what is not there',
      `require('./nothing');`,
      /cannot be loaded: Cannot find module '\.\/nothing'\n$/,
    ],
    ['exports nothing to use', `module.exports = 'pg';`, /must export an object, a promise or a function/],
    [
      'has no client',
      `module.exports = { development: {} };`,
      /\(environment 'development'\) has no `client`/,
    ],
    [
      'has no connection',
      `module.exports = { client: 'pg', connection: process.env.NOT_SET };`,
      /knexfile\.js has no `connection`: is its environment variable set/,
    ],
    [
      'has an unknown client',
      `module.exports = { client: 'pgx', connection: '' };`,
      /knexfile\.js: .* value pgx/,
    ],
  ])('what is wrong with a knexfile that %s', async (_what, text, message) => {
    expectError(await stats(text), 2, message);
  });

  it('that a knexfile in TypeScript needs a loader', async () => {
    folder.write('knexfile.ts', `export default ${sqlite};`);
    // Newer versions of Node need none.
    if ('typescript' in process.features && process.features.typescript !== false) return;

    expectError(await folder.run(['stats']), 2, /knexfile\.ts cannot be loaded: .*NODE_OPTIONS/);
  });

  it('which environments there are', async () => {
    const knexfile = `module.exports = { development: ${sqlite}, staging: ${sqlite}, pool: { max: 1 } };`;

    expectError(
      await stats(knexfile, '--env', 'production'),
      2,
      /has no environment 'production': choose one with --env \(development, staging\)/,
    );
    expectError(await stats(knexfile, '--env', 'toString'), 2, /has no environment 'toString'/);
  });

  it('that Knex is not installed', async () => {
    folder.remove();
    folder = createFolder([]);

    expectError(
      await stats(`module.exports = ${sqlite};`),
      2,
      /the package knex is not installed in .*: npm install knex/,
    );
  });

  it('that Knex cannot be loaded', async () => {
    folder.remove();
    folder = createFolder([]);
    folder.write('node_modules/knex/index.js', `throw new Error('no such luck');`);

    expectError(
      await stats(`module.exports = ${sqlite};`),
      2,
      /the package knex cannot be loaded from .*: no such luck\n$/,
    );
  });

  it('that a knexfile defines no environment', async () => {
    expectError(
      await stats('module.exports = {};'),
      2,
      /has no environment 'development': it defines none\n$/,
    );
  });

  it('that the driver is not installed', async () => {
    // Not by this repository either.
    const knexfile = `module.exports = { client: 'oracledb', connection: {} };`;

    expectError(
      await stats(knexfile),
      2,
      /the driver oracledb is not installed in .*: npm install oracledb\n$/,
    );
  });

  it('that `rekey` has nothing to do without options', async () => {
    folder.write('knexfile.js', `module.exports = ${sqlite};`);
    await folder.run(['sync']);

    expectError(await folder.run(['rekey']), 2, /no hashIds, no secret and no userId.*--options/);
  });

  it.each([
    ['an unknown command', ['status'], /unknown command 'status': choose one of stats, sync, gc, rekey\n$/],
    ['no command', ['--env', 'production'], /no command: choose one of stats, sync, gc, rekey\n$/],
    ['an unknown option', ['stats', '--tables', 'x'], /unknown option '--tables': `stats` takes .*--table, /],
    ['an option without its value', ['stats', '--env'], /option '--env <name>' argument missing/],
    [
      'an option in place of a value',
      ['sync', '--table', '--dry-run'],
      /option '--table <name>' argument missing: if '--dry-run' is meant, write --table=--dry-run\n$/,
    ],
    ['a value for a flag', ['stats', '--json=yes'], /option '--json' takes no argument, but got 'yes'/],
    ['one argument too many', ['stats', 'production'], /too many arguments for `stats`: 'production'/],
    ['an invalid batch size', ['rekey', '--batch-size', '0'], /batchSize must be a whole number from 1 to/],
    ['an option of another command', ['gc', '--dry-run'], /unknown option '--dry-run'/],
  ])('that it does not take %s', async (_what, args, message) => {
    expectError(await folder.run(args), 2, message);
  });

  it('its usage, without arguments', async () => {
    const { code, stdout, stderr } = await folder.run([]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: koa-generic-session-knex/);
  });
});

it.each([
  ['16.0, which has no parseArgs', 'undefined'],
  ['18.3, whose parseArgs has no tokens', '() => ({ values: {}, positionals: [] })'],
])('the command says which Node.js it needs: on %s', async (_, parseArgs) => {
  folder.write(
    'old-node.cjs',
    `require('node:util').parseArgs = ${parseArgs}; require('node:module').syncBuiltinESMExports();`,
  );

  expectError(
    await folder.run(['stats'], { env: { NODE_OPTIONS: '--require ./old-node.cjs' } }),
    2,
    `this command needs Node.js 16.17, 18.7 or later, but this is ${process.version}\n`,
  );
});

describe('the help', () => {
  it.each([[['--help']], [['-h']], [['help']]])('lists the commands: %j', async (args) => {
    const { code, stdout, stderr } = await folder.run(args);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: koa-generic-session-knex <command> \[options\]\n/);
    const names = [...stdout.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name);
    expect(names).toEqual(['stats', 'sync', 'gc', 'rekey']);
    expect(stdout).toMatch(/^Exit codes: 0 success; 1 failure; 2 wrong usage; 130 interrupted\.$/m);
  });

  it.each([[['sync', '--help']], [['sync', '--table', 'x', '-h']], [['help', 'sync']]])(
    'lists the options of a command: %j',
    async (args) => {
      const { code, stdout, stderr } = await folder.run(args);

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^Usage: koa-generic-session-knex sync \[options\]\n/);
      const names = [...stdout.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, name]) => name);
      expect(names.join()).toBe('knexfile,env,table,options,json,verbose,dry-run,help');
    },
  );

  it.each(['help', 'help rekey'])('fits into 80 columns: %s', async (args) => {
    const { stdout } = await folder.run(args.split(' '));

    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe('with exit code 1, the command says', () => {
  it.each(['stats', 'gc', 'rekey'])('that there is no table, to `%s`', async (command) => {
    folder.write('knexfile.js', `module.exports = ${sqlite};`);
    folder.write('options.cjs', 'module.exports = { hashIds: true };');
    await folder.run(['sync', '--table', 'Other']);

    const ended = await folder.run([command, '--options', 'options.cjs']);

    expectError(ended, 1, /there is no table 'Sessions' in this database.*--table.*`sync`/);
  });

  it('that a table holds no sessions', async () => {
    const schema = `const knex = require('knex')(${sqlite});
knex.schema.createTable('Users', (table) => { table.text('id'); table.text('data'); })
  .then(() => knex.destroy());`;
    folder.write('create.cjs', schema);
    folder.write('knexfile.js', `module.exports = ${sqlite};`);
    await folder.run(['sync']);
    await startProgram([process.execPath, 'create.cjs'], folder.path).ended;

    for (const command of ['stats', 'gc', 'sync']) {
      const ended = await folder.run([command, '--table', 'Users']);
      expectError(ended, 1, /table 'Users' is not a session table: it has no column expires/);
    }
  });

  it('that there is no database file, and creates none', async () => {
    expectError(
      await stats(`module.exports = ${sqlite};`),
      1,
      `there is no database file ${folder.path}/sessions.sqlite`,
    );
    expectError(await folder.run(['gc']), 1, /there is no database file/);
  });

  it('that a database file cannot be created', async () => {
    const knexfile = `module.exports = { client: 'better-sqlite3', connection: './nowhere/sessions.sqlite' };`;
    folder.write('knexfile.js', knexfile);

    expectError(await folder.run(['sync']), 1, /Cannot open database because the directory does not exist/);
  });

  it('that a file is not a database', async () => {
    folder.write('sessions.sqlite', 'Dear diary, '.repeat(100));

    expectError(await stats(`module.exports = ${sqlite};`), 1, /file is not a database/);
  });

  it.each([
    ['pg', 'postgres://someone:opensesame@127.0.0.1'],
    ['mysql2', 'mysql://someone:opensesame@127.0.0.1'],
  ])('that the server is down, to %s', async (client, address) => {
    const connection = `${address}:${await freePort()}/x`;

    const ended = await stats(
      `module.exports = { client: '${client}', connection: '${connection}' };`,
      '--verbose',
    );

    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(
      /the database cannot be reached: .*ECONNREFUSED.*is it running\?.*knexfile\.js/,
    );
    expect(ended.stderr).not.toContain('opensesame');
  });

  const servers = [postgres(), mysql()].filter(({ missing }) => missing === undefined);

  it.each(servers.map(({ name, connection }) => [name, String(connection)] as const))(
    'that the login is refused, by %s',
    async (name, connection) => {
      const url = new URL(connection);
      url.username = 'postgres';
      url.password = 'opensesame';
      const client = name.startsWith('PostgreSQL') ? 'pg' : 'mysql2';

      const ended = await stats(`module.exports = { client: '${client}', connection: '${url.href}' };`);

      expectError(ended, 1, /the database refused the login: .*check user and password in .*knexfile\.js/);
      expect(ended.stderr).not.toContain('opensesame');
    },
  );

  it('that the login is refused without a password', async () => {
    const url = new URL(process.env.POSTGRES_URL ?? '');
    url.password = '';

    const ended = await stats(`module.exports = { client: 'pg', connection: '${url.href}' };`);

    expectError(ended, 1, /the database refused the login: .*password/);
  });

  it.each(servers.map(({ name, connection }) => [name, String(connection)] as const))(
    'that there is no such database, on %s',
    async (name, connection) => {
      const url = new URL(connection);
      url.pathname = '/no_such_database';
      const client = name.startsWith('PostgreSQL') ? 'pg' : 'mysql2';

      const ended = await stats(`module.exports = { client: '${client}', connection: '${url.href}' };`);

      expectError(ended, 1, /there is no such database: .*no_such_database.*check its name in/);
    },
  );
});

describe('an error', () => {
  it.each([
    ['--verbose', ['--verbose'], {}],
    ['DEBUG', [], { DEBUG: '1' }],
  ])('has its stack trace printed with %s', async (_what, args, env) => {
    folder.write('knexfile.js', `throw new Error('no such luck');`);

    const { code, stdout, stderr } = await folder.run(['stats', ...args], { env });

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/cannot be loaded: no such luck/);
    expect(stderr).toMatch(/caused by: Error: no such luck\n +at .*knexfile\.js:1/);
  });

  it.each([
    ['of the command', ['stats', '--json'], /^there is no knexfile/],
    ['of its arguments', ['stats', '--json', '--tables'], /^unknown option '--tables'/],
  ])('%s is also a document with --json', async (_what, args, message) => {
    const ended = await folder.run(args);

    expect(ended.code).toBe(2);
    expect(documentOf(ended)).toEqual({ error: expect.stringMatching(message) as string });
    expect(ended.stderr).toMatch(/^error: /);
  });

  it('never contains the password of a URL', async () => {
    const knexfile = `throw new Error('cannot use postgres://someone:opensesame@127.0.0.1/x');`;

    const ended = await stats(knexfile, '--verbose', '--json');

    expect(ended.stderr).toContain('postgres://***@127.0.0.1/x');
    expect(ended.stderr + ended.stdout).not.toContain('opensesame');
  });
});
