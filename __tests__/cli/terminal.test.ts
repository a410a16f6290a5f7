/** Progress on a terminal, and elsewhere. */

import knexModule from 'knex';
import { createFolder, documentOf, startOnTerminal, type Folder } from './support';

let folder: Folder;

const knexfileWith = (more: string): string =>
  `module.exports = { client: 'better-sqlite3', connection: './sessions.sqlite', useNullAsDefault: true, ${more} };`;

const expired = 2_000;

beforeEach(async () => {
  folder = createFolder();
  folder.write('knexfile.js', knexfileWith(''));
  await folder.run(['sync']);
  const knex = knexModule({
    client: 'better-sqlite3',
    connection: `${folder.path}/sessions.sqlite`,
    useNullAsDefault: true,
  });
  const rows = Array.from({ length: expired }, (_, n) => ({ id: `old ${n}`, data: '{}', expires: 1 + n }));
  await knex.batchInsert('Sessions', rows, 200);
  await knex.destroy();
});

afterEach(() => {
  folder.remove();
});

const slow =
  'postProcessResponse: (x) => (Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100), x),';
const escape = '\u001B';
const showsCursor = `${escape}[?25h`;

describe('on a terminal', () => {
  it('shows a bar until the work is done', async () => {
    const { code, stdout } = await startOnTerminal(['gc'], folder.path).ended;

    expect(code).toBe(0);
    expect(stdout).toMatch(/deleting █+ 100% \| 2000 of 2000 rows \| 0s left/);
    expect(stdout).not.toMatch(/^deleting: /m);
    expect(stdout).toContain("2,000 expired rows deleted from table 'Sessions'");
    expect(stdout.lastIndexOf(showsCursor)).toBeGreaterThan(stdout.lastIndexOf(`${escape}[?25l`));
  });

  it('stops after its step with Ctrl-C, and restores the terminal', async () => {
    folder.write('knexfile.js', knexfileWith(slow));
    const running = startOnTerminal(['gc'], folder.path);
    await running.says(/deleting █+░+ +\d+% \| [1-9]/);
    running.type('\u0003');
    const { code, stdout } = await running.ended;

    expect(code).toBe(130);
    expect(stdout).toMatch(/^stopping after this step\r?$/m);
    expect(stdout).toMatch(/interrupted: [\d,]+ of 2,000 expired rows deleted .*; run it again to continue/);
    expect(stdout.lastIndexOf(showsCursor)).toBeGreaterThan(stdout.lastIndexOf(`${escape}[?25l`));
  });

  it('stops at once with a second Ctrl-C, even if the step never ends', async () => {
    // The second deletion of rows, of which each returns a 1, is never answered.
    const stuck =
      'postProcessResponse: (rows) => (rows[0]?.[1] === 1 && ++deletions > 1 ? new Promise(wait) : rows),';
    folder.write(
      'knexfile.js',
      `let deletions = 0;\nconst wait = () => setInterval(() => undefined, 1_000);\n${knexfileWith(stuck)}`,
    );
    const running = startOnTerminal(['gc'], folder.path);
    await running.says(/deleting █+░+ +\d+% \| [1-9]/);
    running.type('\u0003');
    await running.says(/stopping after this step/);
    running.type('\u0003');
    const { code, stdout } = await running.ended;

    // As shells report a program that SIGINT has killed.
    expect(code).toBe(130);
    expect(stdout).not.toContain('interrupted: ');
  });

  it('draws on stderr only: a file gets just the result', async () => {
    const { code, stdout } = await startOnTerminal(['gc', '--json', '>result.json'], folder.path).ended;

    expect(code).toBe(0);
    expect(stdout).toMatch(/100% \| 2000 of 2000 rows/);
    expect(stdout).not.toContain('{');
  });
});

describe('elsewhere', () => {
  it('prints a line for each tenth of the work', async () => {
    const { code, stdout, stderr } = await folder.run(['gc']);

    expect(code).toBe(0);
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'deleting: 200 of 2,000 rows (10 %)',
      'deleting: 400 of 2,000 rows (20 %)',
    ]);
    expect(stderr).toMatch(/deleting: 2,000 of 2,000 rows \(100 %\)\n$/);
    expect(stdout + stderr).not.toContain(escape);
  });

  it('prints one document on stdout with --json, and the lines on stderr', async () => {
    const ended = await folder.run(['gc', '--json']);

    expect(ended.stdout).toBe('{"table":"Sessions","deleted":2000,"interrupted":false}\n');
    expect(documentOf(ended)).toEqual({ table: 'Sessions', deleted: 2_000, interrupted: false });
    expect(ended.stderr).toMatch(/^deleting: /);
  });
});
