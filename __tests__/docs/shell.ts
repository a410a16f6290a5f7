/** Code blocks for a shell: commands of this package are run, and what others name must be there. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './blocks';
import { read, root, type Block } from './documents';

type Manifest = Readonly<Record<'scripts' | 'dependencies' | 'devDependencies', Record<string, string>>>;

const { scripts, devDependencies } = JSON.parse(read('package.json')) as Manifest;
const { dependencies } = JSON.parse(read('bench/package.json')) as Manifest;
const own = 'koa-generic-session-knex';
const packages = [own, ...Object.keys({ ...devDependencies, ...dependencies })];
const isPackage = (name: string): boolean => packages.includes(name.replace(/(?<=.)@.*/, ''));

/** How a command begins that is not run, and whether there is what it names next, in front of its options. */
const others: [RegExp, (name: string, folder: string) => boolean][] = [
  [/^npm run bench -- /, (name) => name === '' || existsSync(join(root, 'bench', name, 'section.mjs'))],
  [/^npm run |^npm (?=ci$|test$|start$)/, (name) => name === 'ci' || name in scripts],
  [/^npm install |^npx (?!knex )/, isPackage],
  [/^npx knex migrate:/, (name) => ['latest', 'rollback', 'make'].includes(name)],
  [
    /^node /,
    (name, folder) => [folder, root, join(root, 'examples')].some((at) => existsSync(join(at, name))),
  ],
  [/^apt-get install /, (name) => (read('.ci/run') + read('bench/README.md')).includes(name)],
  [/^docker compose up ?/, (name) => name === '' || read('compose.yaml').includes(`\n  ${name}:`)],
  [/^git |^cd /, (name) => name !== ''],
];

const isThere = (command: string, folder: string): boolean => {
  const [beginning, isKnown] = others.find(([pattern]) => pattern.test(command)) ?? [];
  if (beginning === undefined || isKnown === undefined) return false;
  const [names = ''] = command.replace(beginning, '').split(/(?:^| )-/);
  return names.split(' ').every((name) => isKnown(name, folder));
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

/** Runs what stands behind `$ `, and looks for what it is said to print. */
const followTranscript = async (text: string, { run }: Place, env: NodeJS.ProcessEnv): Promise<void> => {
  const parts = text.split(/^\$ (?:npx )?/m).slice(1);
  if (parts.length === 0) throw new Error('expected `$ ` and a command at the beginning of a transcript');
  for (const part of parts) {
    const [command = '', ...expected] = part.split('\n');
    const { stdout, stderr } = await run(['bash', '-c', command], env);
    const printed = [stderr, stdout].flatMap((output) => output.split('\n').map(gist));
    for (const line of expected.filter((one) => !isNoText(one))) {
      const found = printed.indexOf(gist(line));
      if (found < 0) throw new Error(`${command} did not print '${line}', but:\n${stderr}${stdout}`);
      printed.splice(0, found + 1);
    }
  }
};

/**
 * @param preamble a program that is run first, if the block needs it
 * @throws Error for a command that fails or prints something else, or that no test knows
 */
export const runShell = async (
  { language, text }: Block,
  preamble: string,
  place: Place,
  env: NodeJS.ProcessEnv,
): Promise<void> => {
  const commands = text
    .replace(/\\\n\s*/g, '')
    .split(/\n| && /)
    .map((line) => line.replace(/(?:^|\s)#\s.*$/, '').replace(/^(?:[A-Z_]+=(?:'[^']*'|\S*) )+/, ''))
    .map((line) => line.trim().replace(/ +/g, ' '));
  const isTranscript = language === 'console';
  if (isTranscript || commands.some((command) => command.startsWith(`npx ${own} `))) {
    await place.runWell([process.execPath, preamble], env);
  }
  if (isTranscript) return followTranscript(text, place, env);
  for (const command of commands.filter(Boolean)) {
    const [, ours] = /^(?:npx (?=koa-generic-session-knex )|(?=openssl ))(.*)/.exec(command) ?? [];
    if (ours !== undefined) await place.runWell(['bash', '-c', ours], env);
    else if (!isThere(command, place.folder)) throw new Error(`no test knows '${command}', or what it names`);
  }
};
