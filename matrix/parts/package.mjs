/** The package on each Node: its entry points in both module formats, and its command as npm links it. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createProject } from '../machinery/projects.mjs';
import { run } from '../machinery/processes.mjs';

const install = (_cell, { folder, tarball }) =>
  createProject(join(folder, 'package'), { 'koa-generic-session-knex': tarball, knex: '3', pg: '8' });

const runCell = async ({ node }, { folder }, { nodes, servers }) => {
  const runNode = (...args) =>
    run(nodes[node].binary, args, { cwd: folder, env: { CLIENT: 'pg', CONNECTION: servers.postgres.url } });
  const command = async (name) => {
    const options = ['--json', '--knexfile', 'programs/knexfile.cjs', '--table', `command_${node}`];
    return JSON.parse(await runNode('node_modules/.bin/koa-generic-session-knex', name, ...options));
  };

  await runNode('programs/entries.mjs');
  await command('sync');
  assert.equal((await command('stats')).rows, 0);
  assert.equal((await command('gc')).deleted, 0);
  return { [`Node ${node}`]: nodes[node].version };
};

export const ownPackage = {
  title: 'the package: entry points, command and Node',
  projectOf: () => 'package',
  missing: (_cell, { servers }) => servers.postgres.missing,
  install,
  runCell,
};
