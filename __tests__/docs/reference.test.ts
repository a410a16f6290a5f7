/** docs/reference says what the doc comments say now. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const written = join(root, 'docs/reference');

const bin = (name: string, ...args: string[]): void => {
  execFileSync(process.execPath, [join(root, 'node_modules', name), ...args], { cwd: root, stdio: 'pipe' });
};

/** Every file of a folder, by its path in it. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file): [string, string] => [file.slice(folder.length + 1), readFileSync(file, 'utf8')])
      .sort(),
  );

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sessions-reference-'));
  bin('typedoc/bin/typedoc', '--out', folder);
  bin('prettier/bin/prettier.cjs', '--config', join(root, '.prettierrc.json'), '--write', folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('docs/reference is what `npm run docs` writes; if not, run it and commit what it writes', () => {
  expect(filesIn(written)).toEqual(filesIn(folder));
});

test('it tells every option, with its default', () => {
  const text = readFileSync(join(written, 'koa-generic-session-knex.md'), 'utf8');
  const options = /### StoreOptions\n[^]*?\n\n---/.exec(text)?.[0] ?? '';
  const rules = readFileSync(join(root, 'lib/options.ts'), 'utf8');
  const names = /const defaults: [^]*?\n};/.exec(rules)?.[0].match(/(?<=^ {2})\w+(?=:)/gm) ?? [];
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    const row = options.split('\n').find((line) => new RegExp(`\`${name}\\??\``).test(line));
    const [, , , value, meaning] = row?.split(/(?<!\\)\|/).map((cell) => cell.trim()) ?? [];
    expect({ name, value, meaning }).toEqual({
      name,
      value: expect.stringMatching(/\w/) as string,
      meaning: expect.stringMatching(/\w.*\./) as string,
    });
  }
});

test('it holds nothing of the machine that it was written on', () => {
  for (const text of Object.values(filesIn(written))) {
    expect(text).not.toMatch(/file:\/\/|\/(?:home|root|tmp|work|Users)\/|node_modules/);
  }
});
