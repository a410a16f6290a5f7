/** The command line: `npx koa-generic-session-knex <stats|sync|gc|rekey>`. */

import { createRequire } from 'node:module';
import * as util from 'node:util';
import { checkBatchSize } from '../session/entries';
import { runCommand, type Arguments, type Command } from './command';
import { CommandError, exitCodes, messageOf, stackOf, usageError, type ExitCode } from './failure';
import { gc, rekey, sync } from './maintenance';
import { createOutput, takeStdout } from './output';
import { stats } from './stats';

const program = 'koa-generic-session-knex';

interface CommandEntry {
  readonly name: string;
  readonly help: string;
  readonly command: Command;
  /** Whether it creates a missing database file. */
  readonly creates?: true;
}

const commands: readonly CommandEntry[] = [
  { name: 'stats', help: 'count sessions, measure the table, chart when sessions end', command: stats },
  {
    name: 'sync',
    help: 'create the table, or add the columns and indexes it lacks',
    command: sync,
    creates: true,
  },
  { name: 'gc', help: 'delete expired rows in small steps', command: gc },
  {
    name: 'rekey',
    help: 'apply hashIds, secret and userId of --options to existing rows',
    command: rekey,
  },
];

interface Option {
  readonly name: string;
  readonly help: string;
  /** What its value is; undefined for a flag. */
  readonly value?: string;
  readonly short?: string;
  /** The one command that takes it. */
  readonly only?: string;
  /** @throws TypeError that says which values are valid */
  readonly parse?: (text: string) => unknown;
}

const options: readonly Option[] = [
  { name: 'knexfile', value: 'path', help: 'path of the knexfile (default: nearest, here or above)' },
  { name: 'env', value: 'name', help: 'knexfile environment (default: NODE_ENV or development)' },
  { name: 'table', value: 'name', help: '[schema.]table (default: from --options, or Sessions)' },
  { name: 'options', value: 'file', help: "module that exports the app's createKnexStore options" },
  { name: 'json', help: 'print one JSON document on stdout' },
  { name: 'verbose', help: 'print stack traces of errors' },
  { name: 'dry-run', only: 'sync', help: 'print the SQL without running it' },
  {
    name: 'batch-size',
    value: 'rows',
    only: 'rekey',
    help: 'rows to read and change at a time (default: 100)',
    parse: (text) => checkBatchSize("option '--batch-size <rows>'", /^\d+$/.test(text) ? Number(text) : text),
  },
];

const help: Option = { name: 'help', short: 'h', help: 'print this help' };
const version: Option = { name: 'version', short: 'V', help: 'print the version' };

const argv = process.argv.slice(2);
const isJson = argv.includes('--json');
const isVerbose = argv.includes('--verbose') || Boolean(process.env['DEBUG']);
const print = takeStdout();
const output = createOutput(print, isJson);

const main = async (): Promise<ExitCode> => {
  const { words, given } = parse();
  const isGiven = ({ name }: Option): boolean => given.some((each) => each.name === name);
  if (isGiven(version)) {
    print(`${ownVersion()}\n`);
    return exitCodes.success;
  }
  const isHelp = isGiven(help) || words[0] === 'help';
  const [name, ...rest] = words[0] === 'help' ? words.slice(1) : words;
  if (isHelp) {
    print(name === undefined ? programHelp() : commandHelp(findCommand(name)));
    return exitCodes.success;
  }
  if (argv.length === 0) {
    process.stderr.write(programHelp());
    return exitCodes.usage;
  }
  const entry = findCommand(name);
  const args = argumentsOf(entry, given);
  if (rest.length > 0) throw usageError(`too many arguments for \`${entry.name}\`: '${rest.join(' ')}'`);
  return runCommand(entry.command, args, output, entry.creates === true);
};

interface Given {
  readonly name: string;
  /** As in '--env'. */
  readonly rawName: string;
  readonly value?: string | undefined;
  /** Whether it was given as `--env=value`. */
  readonly inlineValue?: boolean | undefined;
}

/** @returns the positional arguments, and the options, known or not */
const parse = (): { words: string[]; given: Given[] } => {
  const { parseArgs } = util as Partial<typeof util>;
  const specs = [...options, help, version].map(({ name, value, short }) => {
    const type = value === undefined ? ('boolean' as const) : ('string' as const);
    return [name, short === undefined ? { type } : { type, short }] as const;
  });
  const parsed = parseArgs?.({
    args: argv,
    options: Object.fromEntries(specs),
    allowPositionals: true,
    // Not strict: the messages of Node differ between versions, and name no alternatives.
    strict: false,
    tokens: true,
  });
  // Node 18.3 has parseArgs, but no tokens.
  const { positionals, tokens } = (parsed ?? {}) as Partial<NonNullable<typeof parsed>>;
  if (positionals === undefined || tokens === undefined) {
    throw usageError(`this command needs Node.js 16.17, 18.7 or later, but this is ${process.version}`);
  }
  return {
    words: positionals,
    given: tokens.flatMap((token) => (token.kind === 'option' ? [token] : [])),
  };
};

const findCommand = (name: string | undefined): CommandEntry => {
  const found = commands.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = commands.map((each) => each.name).join(', ');
  throw usageError(
    `${name === undefined ? 'no command' : `unknown command '${name}'`}: choose one of ${names}`,
  );
};

const optionsOf = (entry: CommandEntry): Option[] =>
  options.filter(({ only = entry.name }) => only === entry.name);

/** @throws CommandError that names the first wrong option */
const argumentsOf = (entry: CommandEntry, given: readonly Given[]): Arguments =>
  Object.fromEntries(given.map((each) => [each.name, valueOf(entry, each)]));

const valueOf = (entry: CommandEntry, { name, rawName, value, inlineValue }: Given): unknown => {
  const option = optionsOf(entry).find((each) => each.name === name);
  if (option === undefined) {
    const flags = [...optionsOf(entry), help].map((each) => `--${each.name}`).join(', ');
    throw usageError(`unknown option '${rawName}': \`${entry.name}\` takes ${flags}`);
  }
  const usage = usageOf(option);
  if (option.value === undefined) {
    if (value === undefined) return true;
    throw usageError(`option '${usage}' takes no argument, but got '${value}'`);
  }
  if (value === undefined) throw usageError(`option '${usage}' argument missing`);
  // Taken for the value, `sync --table --dry-run` would change the database.
  if (inlineValue !== true && value.startsWith('-')) {
    throw usageError(`option '${usage}' argument missing: if '${value}' is meant, write ${rawName}=${value}`);
  }
  try {
    return option.parse?.(value) ?? value;
  } catch (error) {
    throw usageError(messageOf(error), error);
  }
};

/** As in '--env <name>' and '-h, --help'. */
const usageOf = ({ name, value, short }: Option): string =>
  `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` <${value}>`}`;

const programHelp = (): string =>
  [
    `Usage: ${program} <command> [options]`,
    '',
    'Maintains the session table in the database of your knexfile.',
    '',
    ...listed(
      'Commands',
      commands.map((entry) => [entry.name, entry.help]),
    ),
    ...listed(
      'Options',
      [help, version].map((option) => [usageOf(option), option.help]),
    ),
    `Options of a command: ${program} <command> --help`,
    'Exit codes: 0 success; 1 failure; 2 wrong usage; 130 interrupted.',
    '',
  ].join('\n');

const commandHelp = (entry: CommandEntry): string =>
  [
    `Usage: ${program} ${entry.name} [options]`,
    '',
    `${entry.help.charAt(0).toUpperCase()}${entry.help.slice(1)}.`,
    '',
    ...listed(
      'Options',
      [...optionsOf(entry), help].map((option) => [usageOf(option), option.help]),
    ),
  ].join('\n');

/** A title and its entries, in two columns. */
const listed = (title: string, entries: readonly (readonly [string, string])[]): string[] => {
  const width = Math.max(...entries.map(([name]) => name.length));
  return [`${title}:`, ...entries.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`), ''];
};

const ownVersion = (): string => {
  const require = createRequire(import.meta.url);
  return (require('koa-generic-session-knex/package.json') as { version: string }).version;
};

const report = (error: unknown): ExitCode => {
  const message = messageOf(error);
  // Without a cause, the stack trace is that of the command itself, and the message says it all.
  const isExplained = error instanceof CommandError && error.cause === undefined;
  output.note(isVerbose && !isExplained ? stackOf(error) : `error: ${message}`);
  if (isJson) output.result({ text: '', document: { error: message } });
  return error instanceof CommandError ? error.exitCode : exitCodes.failure;
};

/** In ms. A knexfile may leave something open that keeps the process alive. */
const longestExit = 2_000;

void main()
  .catch(report)
  .then((exitCode) => {
    process.exitCode = exitCode;
    setTimeout(() => process.exit(), longestExit).unref();
  });
