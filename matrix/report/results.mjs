/** Keeps what a whole run has found: results.json. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeJson } from '../../scripts/json.mjs';
import { cells } from '../cells.mjs';

const file = fileURLToPath(new URL('../results.json', import.meta.url));

export const readResults = async () => JSON.parse(await readFile(file, 'utf8'));

/**
 * @param outcomes by the cells' names: `'ok'`, or why not
 * @param versions by what was asked for, `Node 16`: what was really installed
 */
export const writeResults = async (outcomes, versions) => {
  const sorted = Object.fromEntries(
    Object.entries(versions).sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true })),
  );
  const inOrder = Object.fromEntries(cells.map(({ name }) => [name, outcomes[name]]));
  const platform = `${process.platform} ${process.arch}`;
  await writeJson(file, { platform, versions: sorted, cells: inOrder });
};
