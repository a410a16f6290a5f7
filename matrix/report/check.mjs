/** Checks that the committed results and document match the cells. */

import { isMarked } from '../../scripts/marked.mjs';
import { cells } from '../cells.mjs';
import { readResults } from './results.mjs';
import { compatibilityTables } from './table.mjs';

/** Only cells that need SQL Server may be skipped: contributors may have none. */
const mayBeMissing = ({ server }) => server === 'mssql';

/** @returns one sentence for each mismatch */
export const findDisagreements = async (document) => {
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
    if (!names.has(name)) found.push(`${name}: no longer a cell`);
  }
  for (const [asked, version] of Object.entries(results.versions)) {
    const range = asked.split(' ').at(-1);
    if (!version.startsWith(`${range}.`)) found.push(`${asked}: is ${version}`);
  }
  if (!(await isMarked(document, 'compatibility', compatibilityTables(results))))
    found.push('the tables of docs/compatibility.md do not match matrix/results.json');
  return found;
};
