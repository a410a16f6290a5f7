/** The tables of the README, from the results. */

import { cells } from '../cells.mjs';
import { nodes } from '../versions.mjs';

const row = (columns) => `| ${columns.join(' | ')} |`;

const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const unique = (values) => [...new Set(values)];

const of = (part) => cells.filter((cell) => cell.part === part);

/**
 * @param results what results.json holds
 * @returns Markdown: which versions have been run together, and which for want of a server have not
 */
export const compatibilityTables = ({ versions, cells: outcomes }) => {
  const works = ({ name }) => outcomes[name] === 'ok';

  /** `Node 16` with its whole version. */
  const whole = (what) => `${what.slice(0, what.lastIndexOf(' '))} ${versions[what]}`;

  /** All of one kind, in whole versions. */
  const list = (kind, asked) => asked.map((version) => versions[`${kind} ${version}`]).join(', ');

  /**
   * @param headOf what a cell's row is called
   * @param columnOf what a cell's column is called
   * @param entryOf what a cell that works puts where they meet
   */
  const tableOf = (part, corner, { headOf, columns, columnOf, entryOf }) => {
    const heads = unique(of(part).filter(works).map(headOf));
    const entry = (head, column) =>
      of(part).filter((cell) => works(cell) && headOf(cell) === head && columnOf(cell) === column);
    const rows = heads.map((head) => [
      whole(head),
      ...columns.map((column) => unique(entry(head, column).map(entryOf)).join(', ')),
    ]);
    return table([corner, ...columns.map((column) => (column in versions ? whole(column) : column))], rows);
  };

  const perNode = { columns: nodes.map((node) => `Node ${node}`), columnOf: ({ node }) => `Node ${node}` };
  const notRun = unique(
    cells
      .filter(({ name }) => outcomes[name].startsWith('not run: '))
      .map(
        ({ name, driver, version }) => `${driver} ${version} (${outcomes[name].slice('not run: '.length)})`,
      ),
  );

  return [
    `Knex ${list('Knex', unique(of('databases').map(({ knex }) => knex)))}, on each Node, with each driver:`,
    tableOf('databases', 'Knex', {
      ...perNode,
      headOf: ({ driver, version }) => `${driver} ${version}`,
      entryOf: ({ knex }) => knex,
    }),
    ...(notRun.length > 0 ? [`Not run in this table: ${notRun.join(', ')}.`] : []),
    `Koa ${list('Koa', unique(of('middlewares').map(({ koa }) => koa)))}, on each Node, with each middleware:`,
    tableOf('middlewares', 'Koa', {
      ...perNode,
      headOf: ({ middleware, version }) => `${middleware} ${version}`,
      entryOf: ({ koa }) => koa,
    }),
    'The types with each Knex, by how the compiler resolves packages:',
    tableOf('types', 'Knex', {
      headOf: ({ typescript }) => `TypeScript ${typescript}`,
      columns: unique(of('types').map(({ resolution }) => resolution)),
      columnOf: ({ resolution }) => resolution,
      entryOf: ({ knex }) => knex,
    }),
  ].join('\n\n');
};
