/** How the command looks on a terminal, and elsewhere. */

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
  it('shows a bar, and ends it when all is done', async () => {
    const { code, stdout } = await startOnTerminal(['gc'], folder.path).ended;

    expect(code).toBe(0);
    expect(stdout).toMatch(/deleting █+ 100% \| 2000 of 2000 rows/);
    expect(stdout).not.toMatch(/^deleting: /m);
    expect(stdout).toContain("2,000 expired rows deleted from table 'Sessions'");
    expect(stdout.lastIndexOf(showsCursor)).toBeGreaterThan(stdout.lastIndexOf(`${escape}[?25l`));
  });

  it('ends after its step with Ctrl-C, and leaves the terminal as it was', async () => {
    folder.write('knexfile.js', knexfileWith(slow));
    const running = startOnTerminal(['gc'], folder.path);
    await running.says(/deleting █+░+ +\d+% \| [1-9]/);
    running.type('\u0003');
    const { code, stdout } = await running.ended;

    expect(code).toBe(130);
    expect(stdout).toMatch(/^ending after this step\r?$/m);
    expect(stdout).toMatch(/interrupted: [\d,]+ of 2,000 expired rows deleted .*; run it again to go on/);
    expect(stdout.lastIndexOf(showsCursor)).toBeGreaterThan(stdout.lastIndexOf(`${escape}[?25l`));
  });

  it('ends at once with a second Ctrl-C, whatever the step under way waits for', async () => {
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
    await running.says(/ending after this step/);
    running.type('\u0003');
    const { code, stdout } = await running.ended;

    // As a shell says it of a program that SIGINT has ended.
    expect(code).toBe(130);
    expect(stdout).not.toContain('interrupted: ');
  });

  it('draws on stderr alone: what goes to a file is the result', async () => {
    const { code, stdout } = await startOnTerminal(['gc', '--json', '>result.json'], folder.path).ended;

    expect(code).toBe(0);
    expect(stdout).toMatch(/100% \| 2000 of 2000 rows/);
    expect(stdout).not.toContain('{');
  });
});

describe('elsewhere', () => {
  it('prints a plain line now and then', async () => {
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
