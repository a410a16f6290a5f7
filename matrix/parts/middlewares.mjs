/** An app with each middleware, Koa and Node: users log in, return after a restart, and log out. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import createKnex from 'knex';
import { createProject } from '../machinery/projects.mjs';
import { serve } from '../machinery/processes.mjs';
import { koas, middlewares as versions } from '../versions.mjs';
import { createVisitor } from './visitor.mjs';

const loggedOut = { user: null, visits: 0 };

/** One project for all. Each version is installed under an alias. */
const install = (_cell, { folder, tarball }) =>
  createProject(join(folder, 'middlewares'), {
    'koa-generic-session-knex': tarball,
    knex: '3',
    pg: '8',
    ...Object.fromEntries(koas.map(({ koa }) => [`koa-${koa}`, `npm:koa@${koa}`])),
    ...Object.fromEntries(
      versions.map(({ middleware, version }) => [`${middleware}-${version}`, `npm:${middleware}@${version}`]),
    ),
  });

/** Uses an app as its users and its operator would. `start` also restarts it. */
const visitApp = async (start, countRows) => {
  let app = await start();
  const visitor = (cookies) => createVisitor(() => app.url, cookies);
  const [ann, bob, passerBy] = [visitor(), visitor(), visitor()];

  assert.deepEqual(await passerBy.visit('/'), loggedOut);
  assert.deepEqual(await ann.visit('/login?user=ann'), { user: 'ann', visits: 0 });
  await bob.visit('/login?user=bob');
  for (const visits of [1, 2, 3]) assert.deepEqual(await ann.visit('/visit'), { user: 'ann', visits });
  assert.deepEqual(await bob.visit('/visit'), { user: 'bob', visits: 1 });
  assert.deepEqual(await passerBy.visit('/'), loggedOut);

  const crowd = Array.from({ length: 30 }, (_, n) => ({ name: `user${n}`, client: visitor() }));
  await Promise.all(crowd.map(({ name, client }) => client.visit(`/login?user=${name}`)));
  await Promise.all(
    crowd.map(async ({ name, client }) => {
      assert.deepEqual(await client.visit('/visit'), { user: name, visits: 1 });
    }),
  );

  await app.stop();
  assert.ok((await countRows()) >= 32);
  app = await start();
  assert.deepEqual(await ann.visit('/visit'), { user: 'ann', visits: 4 });

  const stolen = visitor(new Map(ann.cookies));
  assert.deepEqual(await ann.visit('/logout'), loggedOut);
  assert.deepEqual(await ann.visit('/'), loggedOut);
  assert.deepEqual(await stolen.visit('/'), loggedOut);
  assert.deepEqual(await bob.visit('/'), { user: 'bob', visits: 1 });
  await app.stop();
};

const runCell = async ({ middleware, version, koa, node }, project, { nodes, servers }) => {
  const tableName = `${middleware}_${version}_${koa}_${node}`.replaceAll('-', '_');
  const start = () =>
    serve(nodes[node].binary, [`programs/${koa === '1' ? 'koa-1.cjs' : 'koa.mjs'}`], {
      cwd: project.folder,
      env: {
        KOA: `koa-${koa}`,
        MIDDLEWARE: `${middleware}-${version}`,
        MIDDLEWARE_NAME: middleware,
        KNEX: 'knex',
        CLIENT: 'pg',
        CONNECTION: servers.postgres.url,
        TABLE: tableName,
      },
    });
  const knex = createKnex({ client: 'pg', connection: servers.postgres.url, pool: { min: 0, max: 1 } });
  try {
    await knex.schema.dropTableIfExists(tableName);
    await visitApp(start, async () => Number((await knex(tableName).count({ count: '*' }))[0].count));
    await knex.schema.dropTable(tableName);
  } finally {
    await knex.destroy();
  }
  return {
    [`Node ${node}`]: nodes[node].version,
    [`Koa ${koa}`]: project.versions[`koa-${koa}`],
    [`${middleware} ${version}`]: project.versions[`${middleware}-${version}`],
  };
};

export const middlewares = {
  title: 'apps: middlewares, Koa and Node',
  projectOf: () => 'middlewares',
  missing: (_cell, { servers }) => servers.postgres.missing,
  install,
  runCell,
};
