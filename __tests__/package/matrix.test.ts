/** docs/compatibility.md lists the versions that passed when the matrix was last run. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './support';

const check = (...args: string[]): ReturnType<typeof run> =>
  run(process.execPath, ['matrix/index.mjs', '--check', ...args], root);

const { cells } = JSON.parse(readFileSync(join(root, 'matrix/results.json'), 'utf8')) as {
  cells: Record<string, string>;
};

const nodes = ['Node 16', 'Node 18', 'Node 20', 'Node 22', 'Node 24'];
const knexes = ['Knex 0.95', 'Knex 1', 'Knex 2', 'Knex 3'];

/** Each of these passed in some cell or, if others are listed, in some cell with each of those. */
const promised: [part: string, what: string, withEach: string[]][] = [
  ...nodes.map((node): [string, string, string[]] => ['package', node, []]),
  ['databases', 'pg 8', nodes],
  ['databases', 'pg 8', knexes],
  ['databases', 'mysql2 2', nodes],
  ['databases', 'mysql2 2', knexes],
  ['databases', 'mysql2 3', nodes],
  ['databases', 'mysql2 3', knexes],
  ['databases', 'better-sqlite3 ', [...nodes, ...knexes.slice(1)]],
  ['databases', 'sqlite3 ', [...nodes, 'Knex 0.95', 'Knex 2', 'Knex 3']],
  ['middlewares', 'koa-generic-session 1', ['Koa 1']],
  ['middlewares', 'koa-generic-session 2', ['Koa 2', 'Koa 3']],
  ['middlewares', 'koa-session 5', ['Koa 2', 'Koa 3']],
  ['middlewares', 'koa-session 6', ['Koa 2', 'Koa 3']],
  ['middlewares', 'koa-session 7', ['Koa 2', 'Koa 3']],
  ['middlewares', 'koa-session-minimal 3', ['Koa 2']],
  ['middlewares', 'koa-session-minimal 4', ['Koa 2']],
  ['types', 'TypeScript 4.7', ['node10', 'node16', ...knexes]],
  ['types', 'TypeScript 5.0', ['node10', 'node16', 'bundler', ...knexes]],
  ['types', 'TypeScript 5.9', ['node10', 'node16', 'bundler', ...knexes]],
  ['types', 'TypeScript 7', ['node16', 'bundler', ...knexes]],
];

/** Whether a cell with both has passed. */
const worked = (part: string, what: string, other: string): boolean =>
  Object.entries(cells).some(
    ([name, outcome]) =>
      outcome === 'ok' && name.startsWith(`${part}: ${what}`) && `${name},`.includes(`${other},`),
  );

describe('the matrix of versions', () => {
  it.each(promised)('has run %s: %s', (part, what, withEach) => {
    expect((withEach.length > 0 ? withEach : ['']).filter((other) => !worked(part, what, other))).toEqual([]);
  });

  it('has a result for every cell, none failed, and docs/compatibility.md has the tables of these results', async () => {
    expect(await check()).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('detects a table that was edited by hand', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sessions-matrix-'));
    const document = join(folder, 'compatibility.md');
    const text = readFileSync(join(root, 'docs/compatibility.md'), 'utf8');
    writeFileSync(document, text);
    const untouched = await check('--document', document);
    writeFileSync(document, text.replace(/(?<=\n\| mysql2 3\.[^|]*\| )[^|]*/, '0.21, '));

    const { code, stderr } = await check('--document', document);
    rmSync(folder, { recursive: true });

    expect(untouched.code).toBe(0);
    expect(code).toBe(1);
    expect(stderr).toContain('the tables of docs/compatibility.md do not match matrix/results.json\n');
  });
});
