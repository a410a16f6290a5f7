/** The command of the packed package, as npm installs it in a project. */

import { readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { createInstalledProject, run, type Project } from './support';

let project: Project;

beforeAll(async () => {
  project = await createInstalledProject(['knex', 'better-sqlite3']);
  project.write(
    'knexfile.js',
    `module.exports = { client: 'better-sqlite3', connection: './sessions.sqlite', useNullAsDefault: true };`,
  );
});

afterAll(() => {
  project.remove();
});

const packageFolder = (): string => join(project.folder, 'node_modules/koa-generic-session-knex');

const npx = (...args: string[]): ReturnType<typeof run> =>
  run('npx', ['--no-install', 'koa-generic-session-knex', ...args], project.folder);

describe('the command of the packed package', () => {
  it('runs by its name', async () => {
    const { version } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as {
      version: string;
    };

    expect(await npx('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect(await npx('sync')).toMatchObject({ code: 0, stdout: "table 'Sessions' has been created\n" });
    const { code, stdout } = await npx('stats', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ table: 'Sessions', rows: 0 });
    expect(await npx('gc', '--table', 'Nothing')).toMatchObject({ code: 1, stdout: '' });
  });

  it('is executable, and needs only Knex and a driver', () => {
    const text = readFileSync(join(packageFolder(), 'dist/cli.mjs'), 'utf8');
    const imported = [...text.matchAll(/^import .* from '(.*)';$/gm)].map(([, name]) => String(name));

    expect(statSync(join(packageFolder(), 'dist/cli.mjs')).mode & 0o111).toBe(0o111);
    expect(text).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(imported.length).toBeGreaterThan(0);
    for (const name of imported) expect([name, isBuiltin(name)]).toEqual([name, true]);
  });

  it('is smaller than 120 kB', () => {
    expect(statSync(join(packageFolder(), 'dist/cli.mjs')).size).toBeLessThan(120_000);
  });

  it('is not loaded by the library', () => {
    for (const name of ['index.cjs', 'index.mjs']) {
      const text = readFileSync(join(packageFolder(), 'dist', name), 'utf8');
      expect(text).not.toMatch(/parseArgs|lib\/cli|cli\.mjs/i);
    }
  });
});
