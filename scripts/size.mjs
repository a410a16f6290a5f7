/** Measures the size of the package, writes it to size.json and the README, and reports changes. */

import { program } from 'commander';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addedPackages } from './added-packages.mjs';
import { writeJson } from './json.mjs';
import { isMarked, writeMarked } from './marked.mjs';
import { pack, root } from './pack.mjs';

program
  .name('npm run size --')
  .description('Measures the built package and writes size.json and the README.')
  .option('--check', 'write nothing: check that the built files and the README match size.json')
  .option('--dist <folder>', 'folder of the built files', join(root, 'dist'))
  .option('--readme <file>', 'document with the sentence', join(root, 'README.md'))
  .parse();

const { check, dist, readme } = program.opts();
const sizeFile = join(root, 'size.json');

/** The tolerated difference of a file from size.json, as a fraction. */
const tolerance = 0.1;

/** @returns bytes by file name */
const measureDist = () =>
  Object.fromEntries(
    readdirSync(dist)
      .sort()
      .map((name) => [name, statSync(join(dist, name)).size]),
  );

const measure = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-size-'));
  try {
    const { path, size, unpackedSize } = await pack(folder);
    return {
      dist: measureDist(),
      tarball: { packed: size, unpacked: unpackedSize },
      addedPackages: await addedPackages(folder, path),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const bytes = (count) =>
  count < 1_000_000 ? `${Math.round(count / 1_000)} kB` : `${(count / 1_000_000).toFixed(1)} MB`;

const sentence = ({ dist: files, tarball, addedPackages: added }) => {
  const others = added.filter((name) => name !== 'koa-generic-session-knex');
  const tree =
    others.length === 0 ? 'The package has no dependencies' : `npm also installs ${others.join(', ')}`;
  return `The download is ${bytes(tarball.packed)} (${bytes(tarball.unpacked)} unpacked); an app loads ${bytes(files['index.cjs'])}. ${tree}.`;
};

/** @returns one sentence for each difference between size.json and the built files */
const findChanges = (kept, built) =>
  [...new Set([...Object.keys(kept), ...Object.keys(built)])].flatMap((name) => {
    if (kept[name] === undefined) return [`dist/${name} is new, with ${built[name]} bytes`];
    if (built[name] === undefined) return [`dist/${name} is gone`];
    const change = (built[name] - kept[name]) / kept[name];
    if (Math.abs(change) <= tolerance) return [];
    const how = `${Math.round(100 * Math.abs(change))} % ${change > 0 ? 'larger' : 'smaller'}`;
    return [`dist/${name} is ${how} than size.json says: ${built[name]} bytes instead of ${kept[name]}`];
  });

if (check) {
  const kept = JSON.parse(readFileSync(sizeFile, 'utf8'));
  const found = findChanges(kept.dist, measureDist());
  if (!(await isMarked(readme, 'size', sentence(kept)))) found.push('the README does not match size.json');
  for (const each of found) console.error(each);
  if (found.length > 0) {
    console.error(
      'If this is intended, run npm run size, which writes size.json and the README, and commit both.',
    );
    process.exitCode = 1;
  }
} else {
  const size = await measure();
  await writeJson(sizeFile, size);
  await writeMarked(readme, 'size', sentence(size));
  console.log(size);
  console.log(sentence(size));
}
