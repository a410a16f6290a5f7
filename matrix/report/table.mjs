/** The tables of the README, from the results. */

import { cells } from '../cells.mjs';
import { nodes } from '../versions.mjs';

const row = (columns) => `| ${columns.join(' | ')} |`;

const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const unique = (values) => [...new Set(values)];

/**
 * @param results what results.json holds
 * @returns Markdown: which versions have been run together. What failed or was not run is not in it.
 */
export const compatibilityTables = ({ versions, cells: outcomes }) => {
  const works = ({ name }) => outcomes[name] === 'ok';
  const versionOf = (what) => versions[what] ?? '';
  const named = (name, version) => `${name} ${versionOf(`${name} ${version}`)}`;

  /** The values of one property of all cells that work, in one entry of a table. */
  const entry = (property, chosen) => unique(chosen.filter(works).map((cell) => cell[property])).join(', ');

  const rowsOf = (part, name, version, property) => {
    const all = cells.filter((cell) => cell.part === part);
    const heads = unique(all.map((cell) => `${cell[name]} ${cell[version]}`));
    return heads
      .map((head) => {
        const own = all.filter((cell) => `${cell[name]} ${cell[version]}` === head);
        const entries = nodes.map((node) =>
          entry(
            property,
            own.filter((cell) => cell.node === node),
          ),
        );
        return [named(own[0][name], own[0][version]), ...entries];
      })
      .filter(([, ...entries]) => entries.some((text) => text !== ''));
  };

  const nodeHeads = nodes.map((node) => `Node ${versionOf(`Node ${node}`)}`);
  const resolutions = unique(
    cells.filter(({ part }) => part === 'types').map(({ resolution }) => resolution),
  );
  const typescripts = unique(
    cells.filter(({ part }) => part === 'types').map(({ typescript }) => typescript),
  );
  const typeRows = typescripts.map((typescript) => [
    named('TypeScript', typescript),
    ...resolutions.map((resolution) =>
      entry(
        'knex',
        cells.filter((cell) => cell.typescript === typescript && cell.resolution === resolution),
      ),
    ),
  ]);
  const listed = (name, property) =>
    unique(cells.map((cell) => cell[property]))
      .map((version) => versionOf(`${name} ${version}`))
      .filter((version) => version !== '')
      .join(', ');

  return [
    `Each driver with Knex ${listed('Knex', 'knex')}:`,
    table(['with Knex', ...nodeHeads], rowsOf('databases', 'driver', 'version', 'knex')),
    `Each middleware with Koa ${listed('Koa', 'koa')}:`,
    table(['with Koa', ...nodeHeads], rowsOf('middlewares', 'middleware', 'version', 'koa')),
    'The types, by how the compiler resolves packages:',
    table(['with Knex', ...resolutions], typeRows),
  ].join('\n\n');
};
