/** The store with each driver, Knex and Node, in both module formats: programs/store.mjs. */

import { join } from 'node:path';
import { createProject } from '../machinery/projects.mjs';
import { run } from '../machinery/processes.mjs';
import { knexes } from '../versions.mjs';

/** One project per driver. Each Knex version is installed under an alias. */
const install = ({ driver, version, target }, { folder, tarball, nodes }) => {
  const aliases = knexes.map((knex) => [`knex-${knex}`, `npm:knex@${knex}`]);
  const dependencies = {
    'koa-generic-session-knex': tarball,
    knex: knexes.at(-1),
    ...Object.fromEntries(aliases),
    [driver]: version,
  };
  // Scripts that download or compile a native driver read the Node version from these.
  const env =
    target === undefined
      ? {}
      : { npm_config_target: nodes[target].version, npm_config_nodedir: nodes[target].home };
  return createProject(join(folder, `${driver}-${version}`), dependencies, env);
};

const runCell = async ({ driver, version, client, server, knex, node }, project, { nodes, servers }) => {
  await run(nodes[node].binary, ['programs/store.mjs'], {
    cwd: project.folder,
    env: {
      KNEX: `knex-${knex}`,
      CLIENT: client,
      CONNECTION: servers[server]?.url ?? join(project.folder, `knex-${knex}-node-${node}.sqlite`),
    },
  });
  return {
    [`Node ${node}`]: nodes[node].version,
    [`Knex ${knex}`]: project.versions[`knex-${knex}`],
    [`${driver} ${version}`]: project.versions[driver],
  };
};

export const databases = {
  title: 'the store: drivers, Knex and Node',
  projectOf: ({ driver, version }) => `${driver} ${version}`,
  missing: ({ server }, { servers }) => servers[server]?.missing,
  install,
  runCell,
};
