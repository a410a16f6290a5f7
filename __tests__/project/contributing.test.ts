/** What CONTRIBUTING.md says of the project is true of it. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const text = readFileSync('CONTRIBUTING.md', 'utf8');

/** The paths of files that the map names: deeper by two spaces is in the folder above. */
const mapped = (): string[] => {
  const map = /```\n(lib\/\n[^]*?)```/.exec(text)?.[1] ?? '';
  const folders: string[] = [];
  return map.split('\n').flatMap((line) => {
    const depth = /^ */.exec(line)?.[0].length ?? 0;
    // What stands further right is prose, or goes on with it.
    if (depth > 4) return [];
    const folder = /^ *([\w-]+)\/(?: |$)/.exec(line)?.[1];
    if (folder !== undefined) folders.splice(depth / 2, Infinity, folder);
    return [...line.matchAll(/(?<![\w.:/-])[\w-]+\.ts\b/g)].map(([file]) =>
      join(...folders.slice(0, depth / 2), file),
    );
  });
};

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );

test('the map shows every file in lib/, once, and no other', () => {
  expect(mapped().sort()).toEqual(filesIn('lib').sort());
});

test('every script, file and folder that it names is there', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);

  const links = [...text.matchAll(/\]\(([^)#:]+)[^):]*\)/g)].map(([, path = '']) =>
    path.replaceAll('\\', ''),
  );
  const folders = [...text.matchAll(/`(__tests__[\w/]*|matrix\/|\.ci\/run)`/g)].map(([, path = '']) => path);
  expect(links.length).toBeGreaterThan(8);
  expect([...links, ...folders].filter((path) => !existsSync(relative('.', path)))).toEqual([]);
});
