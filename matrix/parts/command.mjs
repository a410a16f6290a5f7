/** The package's command on each Node, as npm links it. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createProject } from '../machinery/projects.mjs';
import { run } from '../machinery/processes.mjs';

const install = (_cell, { folder, tarball }) =>
  createProject(join(folder, 'command'), { 'koa-generic-session-knex': tarball, knex: '3', pg: '8' });

const runCell = async ({ node }, project, { nodes, servers }) => {
  const command = (name) =>
    run(
      nodes[node].binary,
      [
        'node_modules/.bin/koa-generic-session-knex',
        name,
        '--json',
        '--knexfile',
        'programs/knexfile.cjs',
        '--table',
        `command_${node}`,
      ],
      { cwd: project.folder, env: { CLIENT: 'pg', CONNECTION: servers.postgres.url } },
    );
  await command('sync');
  assert.equal(JSON.parse(await command('stats')).live.sessions, 0);
  assert.equal(JSON.parse(await command('gc')).deleted, 0);
  return { [`Node ${node}`]: nodes[node].version };
};

export const command = {
  title: "the package's command on Node",
  projectOf: () => 'command',
  missing: (_cell, { servers }) => servers.postgres.missing,
  install,
  runCell,
};
