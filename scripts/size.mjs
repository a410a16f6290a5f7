/** How large the package is: measures it, keeps that in size.json and the README, and says when it has changed. */

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
  .description('Measures the package that was built, and writes size.json and the README.')
  .option('--check', 'write nothing: say whether the built files and the README are still as in size.json')
  .option('--dist <folder>', 'where the built files are', join(root, 'dist'))
  .option('--readme <file>', 'where the sentence is', join(root, 'README.md'))
  .parse();

const { check, dist, readme } = program.opts();
const sizeFile = join(root, 'size.json');

/** By how much a file may differ from what is kept, as a share of that. */
const tolerance = 0.1;

/** @returns bytes, by the files' names */
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
  const tree = others.length === 0 ? 'this one package and no other' : `also ${others.join(', ')}`;
  return `The package is ${bytes(tarball.packed)} to download and ${bytes(tarball.unpacked)} on the disk, of which an app loads ${bytes(files['index.cjs'])}. Into a project that has Knex, npm installs ${tree}.`;
};

/** @returns in sentences, how what was built differs from what is kept */
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
  if (!(await isMarked(readme, 'size', sentence(kept))))
    found.push('the README says something else than size.json');
  for (const each of found) console.error(each);
  if (found.length > 0) {
    console.error('If this is meant to be so, npm run size writes size.json and the README; commit both.');
    process.exitCode = 1;
  }
} else {
  const size = await measure();
  await writeJson(sizeFile, size);
  await writeMarked(readme, 'size', sentence(size));
  console.log(size);
  console.log(sentence(size));
}
