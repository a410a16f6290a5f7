/** Prints how many files, folders, imports and circles lib/ has: `node scripts/imports.mjs`. */

import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { cruise } from 'dependency-cruiser';

if (!existsSync('lib')) throw new Error('run it in the root of the project');

const { output } = await cruise(['lib'], {
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  ruleSet: { forbidden: [{ name: 'circle', severity: 'error', from: {}, to: { circular: true } }] },
  validate: true,
});

/** @param {(file: string) => boolean} isCounted */
const count = (isCounted) => {
  const files = output.modules.filter(({ source }) => source.startsWith('lib/') && isCounted(source));
  const imports = files.flatMap(({ source, dependencies }) =>
    dependencies
      .map(({ resolved, circular }) => ({ from: source, to: resolved, circular }))
      .filter(({ to }) => to.startsWith('lib/')),
  );
  return {
    files: files.length,
    'at the top': files.filter(({ source }) => dirname(source) === 'lib').length,
    folders: new Set(files.map(({ source }) => dirname(source))).size - 1,
    imports: imports.length,
    'between folders': imports.filter(({ from, to }) => dirname(from) !== dirname(to)).length,
    circles: imports.filter(({ circular }) => circular).length,
  };
};

console.table({
  'lib/': count(() => true),
  'without the command': count((file) => !file.startsWith('lib/cli/')),
});
