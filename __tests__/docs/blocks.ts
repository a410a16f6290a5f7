/** Runs a code block in the way that its language, and the HTML comment above it, say. */

import { cpSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import knexModule from 'knex';
import { openTable } from '../../lib/database/table';
import { resolveOptions } from '../../lib/options';
import { startProgram, type Ended } from '../cli/support';
import type { Project } from '../package/support';
import { createClient, startApp } from '../support/app';
import { freePort } from '../support/places';
import { createRedis, redis } from '../support/redis-server';
import { read, root, type Block } from './documents';
import { runShell } from './shell';

const preambles = '__tests__/docs/preambles';

/** The folder of a document, in a user's project: its blocks find the files of those above them. */
export interface Place {
  folder: string;
  /** Runs a program to its end. */
  run(this: void, program: readonly [string, ...string[]], env?: NodeJS.ProcessEnv): Promise<Ended>;
  /** The same. @throws Error with all that it printed, unless it ends well */
  runWell(this: void, program: readonly [string, ...string[]], env?: NodeJS.ProcessEnv): Promise<void>;
}

const environment = (): NodeJS.ProcessEnv => ({
  ...(JSON.parse(read(`${preambles}/environment.json`)) as NodeJS.ProcessEnv),
  DATABASE_URL: process.env.POSTGRES_URL,
});

export const createPlace = (project: Project): Place => {
  const folder = mkdtempSync(join(project.folder, 'document-'));
  // What the documents tell their readers to copy.
  cpSync(join(root, 'examples/migrating'), join(folder, 'migrating'), { recursive: true });
  cpSync(join(root, 'examples/opentelemetry/sessions.mjs'), join(folder, 'sessions.mjs'));
  cpSync(join(root, preambles), folder, { recursive: true });
  const PATH = `${project.folder}/node_modules/.bin:${process.env.PATH ?? ''}`;
  const run: Place['run'] = (program, env = {}) =>
    startProgram(program, folder, { PATH, ...environment(), ...env }).ended;
  const runWell: Place['runWell'] = async (program, env) => {
    const { code, stdout, stderr } = await run(program, env);
    if (code !== 0) throw new Error(`${program.join(' ')} ended with ${String(code)}:\n${stdout}${stderr}`);
  };
  return { folder, run, runWell };
};

/** @returns why a block could not be run; in CI, there is no reason */
const without = (what: string): string => {
  if (process.env.CI === 'true') throw new Error(`in CI, there must be ${what}`);
  return `needs ${what}`;
};

/** Gives a program the servers that its text names. @returns why that is not possible, if it is not */
const withServers = async (
  text: string,
  work: (env: NodeJS.ProcessEnv) => Promise<void>,
): Promise<string | undefined> => {
  if (/MYSQL_URL|onMariadb/.test(text) && process.env.MYSQL_URL === undefined) return without('MariaDB');
  const needsRedis = text.includes('REDIS_URL');
  if (needsRedis && redis().missing !== undefined) return without('Redis');
  const server = needsRedis ? await createRedis() : undefined;
  try {
    await server?.start();
    await work({ REDIS_URL: server?.url });
  } finally {
    await server?.remove();
  }
  return undefined;
};

const preambleOf = (name: string): { file: string; text: string } => {
  const file = readdirSync(join(root, preambles)).find((one) => one.startsWith(`${name}.`));
  if (file === undefined) throw new Error(`there is no preamble '${name}' in ${preambles}`);
  return { file, text: read(join(preambles, file)) };
};

const imports = /^import [^;]+;\n/gm;

const namesIn = (statement: string): string[] =>
  statement.replace(/\sfrom [^]*/, '').match(/\w+(?=,|\s*\}|$)/g) ?? [];

/** The preamble with the block in its place. What both import, the block imports: it is the one that is tested. */
const programOf = (preamble: string, block: string): string => {
  const place = '/* block */';
  // A preamble without a place has the block from its environment.
  if (!preamble.includes(place)) return preamble;
  const own = block.match(imports) ?? [];
  const taken = own.flatMap(namesIn);
  const others = (preamble.match(imports) ?? []).filter(
    (one) => !namesIn(one).some((name) => taken.includes(name)),
  );
  const body = preamble.replace(imports, '').replace(place, () => block.replace(imports, ''));
  return [...own, ...others, body].join('');
};

const haproxy = '/usr/sbin/haproxy';
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const strictly = ['--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext'];

const runInPreamble = (
  name: string,
  { text, line }: Block,
  { folder, runWell }: Place,
): Promise<string | undefined> => {
  const preamble = preambleOf(name);
  const program = programOf(preamble.text, text);
  return withServers(program, async (env) => {
    const file = join(folder, `block-${line}${extname(preamble.file)}`);
    writeFileSync(file, program);
    if (file.endsWith('.cfg')) return runWell([haproxy, '-c', '-f', file]);
    if (file.endsWith('.mts')) await runWell([process.execPath, tsc, ...strictly, file]);
    return runWell([process.execPath, file.replace(/mts$/, 'mjs')], { ...env, BLOCK: text });
  });
};

/** An app that counts visits: it knows its visitor again, also when it has been restarted. */
const runAsApp = async ({ text, value }: Block, { folder }: Place): Promise<void> => {
  writeFileSync(join(folder, value), text.replaceAll('3000', String(await freePort())));
  const cookies = new Map<string, string>();
  for (const visits of [
    [1, 2],
    [3, 4],
  ]) {
    const app = await startApp(join(folder, value), { cwd: folder, env: environment() });
    const visitor = Object.assign(createClient(app.url), { cookies });
    for (const count of visits) {
      const { status, text: page } = await visitor.get('/');
      if (status !== 200 || !page.includes(String(count)))
        throw new Error(`the app answered ${status}: ${page}`);
    }
    await app.stop('SIGKILL');
  }
};

const tableOptions: Readonly<Record<string, object>> = {
  timestamps: { timestamps: true },
  userId: { userId: () => 'ann' },
};

/** The SQL of the table is what the store sends, for a Knex client and options: `pg with timestamps, userId`. */
const compareTable = ({ text, value }: Block): void => {
  const [client = '', names = ''] = value.split(' with ');
  const chosen = names.split(', ').map((name) => tableOptions[name]);
  const options = resolveOptions(Object.assign({}, ...chosen) as object);
  const sql = openTable(knexModule({ client, useNullAsDefault: true }), options)
    .plan()
    .join(';\n');
  const plain = (statements: string): string => statements.replace(/\s+/g, ' ').replace(/; ?$/, '').trim();
  if (plain(sql) !== plain(text)) throw new Error(`the table is made by:\n${sql}`);
};

/**
 * @returns why it was not run, if it was not
 * @throws Error if it is wrong, or if nobody knows how to run it
 */
export const runBlock = async (block: Block, place: Place): Promise<string | undefined> => {
  const { language, text, verb, value } = block;
  if (verb === 'not run') return value;
  if (language === 'sh' || language === 'console') {
    const { file, text: preamble } = preambleOf(value || 'sessions');
    return withServers(preamble, (env) => runShell(block, file, place, env));
  }
  if (language === 'haproxy')
    return existsSync(haproxy) ? runInPreamble('haproxy', block, place) : without('HAProxy');
  if (verb === 'run') return runInPreamble(value, block, place);
  if (verb === 'app') await runAsApp(block, place);
  else if (verb === 'table') compareTable(block);
  else if (verb === 'file') {
    writeFileSync(join(place.folder, value), text);
    await place.runWell([process.execPath, value]);
  } else if (language === 'json') JSON.parse(text);
  else throw new Error('nobody knows how to run this block: see `runBlock` in __tests__/docs/blocks.ts');
  return undefined;
};
