/** The tables of docs/compatibility.md, from the results. */

import { cells } from '../cells.mjs';
import { nodes } from '../versions.mjs';

const row = (columns) => `| ${columns.join(' | ')} |`;

const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const unique = (values) => [...new Set(values)];

const of = (part) => cells.filter((cell) => cell.part === part);

/**
 * @param results the content of results.json
 * @returns Markdown: the versions that were run together, and those that were skipped because a server was missing
 */
export const compatibilityTables = ({ servers, versions, cells: outcomes }) => {
  const works = ({ name }) => outcomes[name] === 'ok';

  /** `Node 16` with its full version. */
  const whole = (what) => `${what.slice(0, what.lastIndexOf(' '))} ${versions[what]}`;

  /** All full versions of one kind. */
  const list = (kind, asked) => asked.map((version) => versions[`${kind} ${version}`]).join(', ');

  /**
   * @param headOf the row of a cell
   * @param columnOf the column of a cell
   * @param entryOf the entry of a cell that passed
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
      .filter(({ name }) => outcomes[name]?.startsWith('not run: '))
      .map(
        ({ name, driver, version }) => `${driver} ${version} (${outcomes[name].slice('not run: '.length)})`,
      ),
  );

  return [
    '## Knex and drivers',
    `Each entry lists the Knex versions that passed, of ${list('Knex', unique(of('databases').map(({ knex }) => knex)))}. Databases: ${[...servers, 'SQLite'].join(', ')}.`,
    tableOf('databases', 'Driver', {
      ...perNode,
      headOf: ({ driver, version }) => `${driver} ${version}`,
      entryOf: ({ knex }) => knex,
    }),
    ...(notRun.length > 0 ? [`Not run: ${notRun.join(', ')}.`] : []),
    '## Koa and middlewares',
    `Each entry lists the Koa versions that passed, of ${list('Koa', unique(of('middlewares').map(({ koa }) => koa)))}.`,
    tableOf('middlewares', 'Middleware', {
      ...perNode,
      headOf: ({ middleware, version }) => `${middleware} ${version}`,
      entryOf: ({ koa }) => koa,
    }),
    '## TypeScript',
    'Each entry lists the Knex versions whose types passed, by `moduleResolution`.',
    tableOf('types', 'Compiler', {
      headOf: ({ typescript }) => `TypeScript ${typescript}`,
      columns: unique(of('types').map(({ resolution }) => resolution)),
      columnOf: ({ resolution }) => resolution,
      entryOf: ({ knex }) => knex,
    }),
  ].join('\n\n');
};
