/** Reads and writes the results of a whole run: results.json. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeJson } from '../../scripts/json.mjs';
import { cells } from '../cells.mjs';

const file = fileURLToPath(new URL('../results.json', import.meta.url));

export const readResults = async () => JSON.parse(await readFile(file, 'utf8'));

/**
 * @param found.outcomes by cell name: `'ok'`, or the reason for the failure
 * @param found.versions installed versions, by what was requested: `Node 16`
 * @param found.servers names and versions of the databases
 */
export const writeResults = async ({ outcomes, versions, servers }) => {
  const sorted = Object.fromEntries(
    Object.entries(versions).sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true })),
  );
  const inOrder = Object.fromEntries(cells.map(({ name }) => [name, outcomes[name]]));
  const platform = `${process.platform} ${process.arch}`;
  await writeJson(file, { platform, servers, versions: sorted, cells: inOrder });
};
