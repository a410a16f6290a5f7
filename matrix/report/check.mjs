/** Whether what is checked in belongs together: the cells, the results and the README. */

import { isMarked } from '../../scripts/marked.mjs';
import { cells } from '../cells.mjs';
import { readResults } from './results.mjs';
import { compatibilityTables } from './table.mjs';

/** Only what needs a server that not everybody can have may be left out. */
const mayBeMissing = ({ server }) => server === 'mssql';

/** @returns what is wrong, in sentences */
export const findDisagreements = async (readme) => {
  const results = await readResults();
  const names = new Set(cells.map(({ name }) => name));
  const found = [];
  for (const cell of cells) {
    const outcome = results.cells[cell.name];
    if (outcome === 'ok') continue;
    if (outcome?.startsWith('not run: ') && mayBeMissing(cell)) continue;
    found.push(`${cell.name}: ${outcome ?? 'has no result'}`);
  }
  for (const name of Object.keys(results.cells)) {
    if (!names.has(name)) found.push(`${name}: is no cell any more`);
  }
  for (const [asked, version] of Object.entries(results.versions)) {
    const range = asked.split(' ').at(-1);
    if (!version.startsWith(`${range}.`)) found.push(`${asked}: is ${version}`);
  }
  if (!(await isMarked(readme, 'compatibility', compatibilityTables(results))))
    found.push('the tables of the README are not those of matrix/results.json');
  return found;
};
