/** Code blocks for a shell: every command of them is one that this repository, or its package, really has. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ended } from '../cli/support';
import { root } from './documents';
import type { Sandbox } from './sandbox';
import { mustBeFine, withSurroundings } from './surroundings';

interface Manifest {
  name: string;
  scripts: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;

const manifest = manifestOf('.');

/** What `npm install` may be told to install: this package, and what it is tested with. */
const known = new Set([
  manifest.name,
  ...Object.keys(manifest.peerDependencies ?? {}),
  ...Object.keys(manifest.devDependencies ?? {}),
  ...Object.keys(manifestOf('bench').dependencies ?? {}),
]);

const withoutComment = (line: string): string => line.replace(/(?:^|\s)#\s.*$/, '').trim();

const mustBe = (isSo: boolean, problem: string): void => {
  if (!isSo) throw new Error(problem);
};

const isOurs = (command: string): boolean => command.startsWith(`npx ${manifest.name} `);

/** In a shell, where `npx` has nothing to look for. */
const runCommand = (
  command: string,
  sandbox: Sandbox,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Ended> =>
  sandbox.run(['bash', '-c', command.replace(/^npx (?=koa-generic-session-knex )/, '')], folder, env);

/** One command without `&&`, comments and variables in front. @returns what it left behind, if it was run */
const check = async (command: string, sandbox: Sandbox, folder: string): Promise<Ended | undefined> => {
  const [program = '', ...args] = command.split(/\s+/);
  const rest = args.join(' ');
  const words = args.filter((word) => !word.startsWith('-'));
  const [first = '', second = ''] = words;
  if (program === 'openssl' || isOurs(command)) {
    return runCommand(command, sandbox, folder, {});
  }
  if (program === 'node') {
    const places = [folder, root, join(root, 'examples')];
    mustBe(
      places.some((place) => existsSync(join(place, first))),
      `there is no file ${first}`,
    );
  } else if (program === 'npm' && first === 'install') {
    for (const name of words.slice(1)) mustBe(known.has(name.replace(/(?<=.)@.*/, '')), `what is ${name}?`);
  } else if (program === 'npm' && first === 'run') {
    mustBe(second in manifest.scripts, `there is no script ${second}`);
    if (second === 'bench' && args.includes('--')) checkBenchmark(args.slice(args.indexOf('--') + 1));
  } else if (program === 'npm' && ['test', 'start', 'ci'].includes(first)) {
    mustBe(first === 'ci' || first in manifest.scripts, `there is no script ${first}`);
  } else if (program === 'apt-get' && first === 'install') {
    const ci = readFileSync(join(root, '.ci/run'), 'utf8');
    const servers = readFileSync(join(root, 'bench/README.md'), 'utf8');
    for (const name of words.slice(1)) mustBe((ci + servers).includes(name), `what is ${name}?`);
  } else if (program === 'docker' && rest.startsWith('compose')) {
    const services = readFileSync(join(root, 'compose.yaml'), 'utf8');
    for (const name of words.slice(2))
      mustBe(services.includes(`\n  ${name}:`), `there is no service ${name}`);
  } else if (program === 'npx' && first === 'knex') {
    mustBe(/^migrate:(latest|rollback|make)$/.test(second), `what is knex ${second}?`);
  } else if (program === 'npx') {
    mustBe(known.has(first), `what is ${first}?`);
  } else if (program === 'git' || program === 'cd') {
    mustBe(rest !== '', `${program} what?`);
  } else {
    throw new Error(`no test knows how to run: ${command}`);
  }
  return undefined;
};

const checkBenchmark = (args: readonly string[]): void => {
  const sections = readFileSync(join(root, 'bench/sections.mjs'), 'utf8');
  const program = readFileSync(join(root, 'bench/index.mjs'), 'utf8');
  args.forEach((word, index) => {
    if (word.startsWith('--')) mustBe(program.includes(`'${word}`), `the benchmark has no option ${word}`);
    else if (args[index - 1]?.startsWith('--') !== true || args[index - 1] === '--quick') {
      mustBe(sections.includes(`'./${word}/section.mjs'`), `the benchmark has no section ${word}`);
    }
  });
};

const commandsIn = (line: string): string[] =>
  withoutComment(line)
    .split(' && ')
    .map((command) => command.replace(/^(?:[A-Z_]+=(?:'[^']*'|\S*) )+/, '').trim())
    .filter((command) => command !== '');

/** Lines that end with a backslash go on in the next one. */
const linesOf = (text: string): string[] => text.replace(/\\\n\s*/g, '').split('\n');

/** Runs, or looks at, every command of a block. @throws Error for one that does not work or is not known */
export const checkCommands = async (
  text: string,
  sandbox: Sandbox,
  folder: string,
  database: string,
): Promise<void> => {
  const commands = linesOf(text).flatMap(commandsIn);
  const checkAll = async (): Promise<void> => {
    for (const command of commands) {
      const ended = await check(command, sandbox, folder);
      if (ended !== undefined) mustBeFine(command, ended);
    }
  };
  if (commands.some(isOurs)) await withSurroundings(sandbox, folder, database, checkAll);
  else await checkAll();
};

/** What a line says, whatever the figures, times and bars in it. */
const gist = (line: string): string =>
  line
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, .*/, '(time)')
    .replace(/[\d,.]*\d/g, '0')
    .replace(/\b[KMG]iB|bytes\b/, '(unit)')
    .replace(/\s+/g, ' ')
    .trim();

/** Bars, and what is left out. */
const isNoText = (line: string): boolean =>
  /[│└─█▁-▇]|^ *now /.test(line) || ['', '...'].includes(line.trim());

/**
 * Runs what stands behind `$ ` in a transcript, and looks for what it is said to print.
 *
 * @param surroundings see `withSurroundings`
 * @returns why it could not be run, if it could not
 * @throws Error if a line does not come, or not in its place
 */
export const checkTranscript = (
  text: string,
  sandbox: Sandbox,
  folder: string,
  surroundings: string,
): Promise<string | undefined> =>
  withSurroundings(sandbox, folder, surroundings, async (env) => {
    const parts = text.split(/^\$ /m).slice(1);
    mustBe(parts.length > 0, 'a transcript begins with `$ ` and a command');
    for (const part of parts) {
      const [command = '', ...expected] = part.split('\n');
      const { stdout, stderr } = await runCommand(command, sandbox, folder, env);
      const printed = [stderr, stdout].flatMap((output) => output.split('\n').map(gist));
      let from = 0;
      for (const line of expected.filter((one) => !isNoText(one))) {
        const found = printed.indexOf(gist(line), from);
        if (found < 0) throw new Error(`${command} did not print '${line}', but:\n${stderr}${stdout}`);
        from = found + 1;
      }
    }
  });
