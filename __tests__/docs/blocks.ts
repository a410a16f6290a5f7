/** Runs a code block in the way that its language and its directive say. */

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient, startApp } from '../support/app';
import { freePort } from '../support/places';
import { checkCommands, checkTranscript } from './commands';
import type { Block } from './documents';
import { compile, preambles, programOf } from './programs';
import { environment, write, type Sandbox } from './sandbox';
import { mustBeFine, onRedis, without } from './surroundings';
import { plain, tableSql } from './tables';

/** Where a block runs: its document's folder has the files that blocks above it are. */
export interface Place {
  sandbox: Sandbox;
  /** Of the document. */
  shared: string;
}

/**
 * Within its preamble.
 *
 * @returns why it could not be run
 */
const runInPreamble = async (
  block: Block,
  name: string,
  { sandbox, shared }: Place,
): Promise<string | undefined> => {
  const { extension, text } = programOf(name, block.text);
  if (/onMariadb|MYSQL_URL/.test(text) && process.env.MYSQL_URL === undefined) return without('MariaDB');
  copyFileSync(join(preambles, 'support.mjs'), join(shared, 'support.mjs'));
  const file = write(shared, `block-${block.line}.${extension}`, text);
  const program = extension === 'mts' ? compiled(file) : file;
  const run = (env: NodeJS.ProcessEnv): Promise<undefined> =>
    runProgram(program, shared, sandbox, { ...env, BLOCK: block.text });
  return text.includes('REDIS_URL') ? onRedis(run) : run({});
};

/** @returns the JavaScript file beside it @throws Error with what the compiler finds wrong */
const compiled = (file: string): string => {
  const { problems, javascript } = compile(file);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const path = file.replace(/mts$/, 'mjs');
  writeFileSync(path, javascript);
  return path;
};

const runProgram = async (
  file: string,
  folder: string,
  sandbox: Sandbox,
  env: NodeJS.ProcessEnv = {},
): Promise<undefined> => {
  mustBeFine('it', await sandbox.run([process.execPath, file], folder, env));
};

/** An app that counts visits: it knows its visitor again, also when it has been restarted. */
const runAsApp = async (block: Block, file: string, { sandbox }: Place): Promise<void> => {
  const cwd = sandbox.folder();
  const path = write(cwd, file, block.text.replaceAll('3000', String(await freePort())));
  const cookies = new Map<string, string>();
  for (const visits of [
    ['1', '2'],
    ['3', '4'],
  ]) {
    const app = await startApp(path, { cwd, env: environment() });
    const visitor = createClient(app.url);
    for (const [name, value] of cookies) visitor.cookies.set(name, value);
    for (const count of visits) {
      const { status, text } = await visitor.get('/');
      if (status !== 200 || !text.includes(count)) throw new Error(`the app answered ${status}: ${text}`);
    }
    for (const [name, value] of visitor.cookies) cookies.set(name, value);
    await app.stop('SIGKILL');
  }
};

/** A file that other blocks, or the command, use. */
const keepAsFile = (block: Block, file: string, { sandbox, shared }: Place): Promise<undefined> =>
  runProgram(write(shared, file, block.text), shared, sandbox);

const compareTable = (block: Block, what: string): Promise<void> => {
  const sql = tableSql(what);
  if (plain(sql) === plain(block.text)) return Promise.resolve();
  throw new Error(`the table is made by:\n${sql}`);
};

const haproxy = '/usr/sbin/haproxy';
const haproxyFrame = 'global\ndefaults\n  timeout connect 2s\n  timeout client 1h\n  timeout server 1h\n\n';

/** @returns why it could not be run */
const checkHaproxy = (block: Block, { shared }: Place): string | undefined => {
  if (!existsSync(haproxy)) return without('HAProxy');
  const file = write(shared, `haproxy-${block.line}.cfg`, haproxyFrame + block.text);
  execFileSync(haproxy, ['-c', '-f', file], { stdio: 'pipe' });
  return undefined;
};

const howTo =
  'say above it how to run it: <!-- run: (a file in __tests__/docs/preambles) -->, <!-- file: name -->, ' +
  '<!-- app: name -->, <!-- table: (Knex client) -->; or <!-- not run: (why) -->';

/**
 * @returns why it was not run, if it was not
 * @throws Error if it is wrong, or if nobody knows how to run it
 */
export const runBlock = async (block: Block, place: Place): Promise<string | undefined> => {
  const { language, text, directive: { verb, value } = { verb: '', value: '' } } = block;
  const folder = place.shared;
  if (verb === 'not run') return value;
  if (verb === 'table') await compareTable(block, value);
  else if (verb === 'app') await runAsApp(block, value, place);
  else if (verb === 'file') await keepAsFile(block, value, place);
  else if (language === 'sh') await checkCommands(text, place.sandbox, folder, value);
  else if (language === 'console') return checkTranscript(text, place.sandbox, folder, value);
  else if (language === 'json') JSON.parse(text);
  else if (language === 'haproxy') return checkHaproxy(block, place);
  else if (verb === 'run' && value !== '') return runInPreamble(block, value, place);
  else throw new Error(`nobody knows how to run this block; ${howTo}`);
  return undefined;
};
