/** All cells of the matrix. A cell is one combination of versions; its name is the key of its result. */

import { drivers, knexes, koas, middlewares, nodes, typescripts } from './versions.mjs';

const packageCells = nodes.map((node) => ({
  part: 'package',
  name: `package: Node ${node}`,
  node,
}));

const databaseCells = drivers.flatMap((driver) =>
  driver.knexes.flatMap((knex) =>
    driver.nodes.map((node) => ({
      ...driver,
      part: 'databases',
      name: `databases: ${driver.driver} ${driver.version}, Knex ${knex}, Node ${node}`,
      knex,
      node,
    })),
  ),
);

const middlewareCells = middlewares.flatMap((middleware) =>
  koas
    .filter(({ koa }) => middleware.koas.includes(koa))
    .flatMap(({ koa, nodes: koaNodes }) =>
      middleware.nodes
        .filter((node) => koaNodes.includes(node))
        .map((node) => ({
          part: 'middlewares',
          name: `middlewares: ${middleware.middleware} ${middleware.version}, Koa ${koa}, Node ${node}`,
          middleware: middleware.middleware,
          version: middleware.version,
          koa,
          node,
        })),
    ),
);

const typeCells = typescripts.flatMap(({ typescript, resolutions }) =>
  resolutions.flatMap((resolution) =>
    knexes.map((knex) => ({
      part: 'types',
      name: `types: TypeScript ${typescript}, ${resolution}, Knex ${knex}`,
      typescript,
      resolution,
      knex,
    })),
  ),
);

export const cells = [...packageCells, ...databaseCells, ...middlewareCells, ...typeCells];
