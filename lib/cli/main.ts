/** The operator's command: `npx koa-generic-session-knex <stats|sync|gc|rekey>`. */

import { createRequire } from 'node:module';
import { Command as Program, CommanderError, InvalidArgumentError } from 'commander';
import { checkBatchSize } from '../session/entries';
import { runCommand, type Arguments, type Command } from './command';
import { CommandError, failed, fine, misused, saidBy, told, type ExitCode } from './failure';
import { gc } from './gc';
import { createOutput, takeStdout } from './output';
import { rekey } from './rekey';
import { stats } from './stats';
import { sync } from './sync';

/** How long the process may take to end by itself when all is done, in ms: what a knexfile opens may stay open. */
const longestEnd = 2_000;

const { version } = createRequire(import.meta.url)('koa-generic-session-knex/package.json') as {
  version: string;
};

const print = takeStdout();
const isJson = process.argv.includes('--json');
const isVerbose = process.argv.includes('--verbose') || Boolean(process.env['DEBUG']);
const output = createOutput(print, isJson);

const batchSize = (text: string): number => {
  try {
    return checkBatchSize('--batch-size', /^\d+$/.test(text) ? Number(text) : text);
  } catch (error) {
    throw new InvalidArgumentError(saidBy(error));
  }
};

let exitCode: ExitCode = fine;

const createProgram = (): Program => {
  const program = new Program('koa-generic-session-knex')
    .description("Looks after the table of an app's sessions, in the database of its knexfile.")
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: (text) => process.stderr.write(text) })
    .addHelpText('after', '\nExit codes: 0 fine; 1 failed; 2 not called as it must be; 130 interrupted.');

  const add = <A extends Arguments>(
    name: string,
    description: string,
    command: Command<A>,
    creates = false,
  ): Program =>
    program
      .command(name)
      .allowExcessArguments(false)
      .description(description)
      .option('--knexfile <path>', 'the knexfile (default: knexfile.js, .cjs, .mjs or .ts, here or above)')
      .option('--env <name>', "its environment (default: NODE_ENV, or 'development')")
      .option('--table <name>', "the table, or schema.table (default: that of --options, or 'Sessions')")
      .option('--options <file>', 'a module that exports the options which the app gives to createKnexStore')
      .option('--json', 'print one JSON document on stdout')
      .option('--verbose', 'show where errors come from')
      .action(async (args: A) => {
        exitCode = await runCommand(command, args, output, creates);
      });

  add('stats', 'show how many sessions there are, how large the table is, and when sessions end', stats);
  add('sync', 'create the table, or add the columns and indexes that the options need', sync, true).option(
    '--dry-run',
    'print the SQL, and run nothing',
  );
  add('gc', 'delete expired rows, in small steps', gc);
  add(
    'rekey',
    'hash the ids and seal the data of rows that are there already, as --options says',
    rekey,
  ).option('--batch-size <rows>', 'how many rows are read at a time', batchSize);
  return program;
};

const fail = (error: unknown): ExitCode => {
  const isCommanders = error instanceof CommanderError;
  // Help and version end this way, too.
  if (isCommanders && error.exitCode === 0) return fine;
  const message = saidBy(error).replace(/^error: /, '');
  if (!isCommanders) output.note(isVerbose ? told(error) : `error: ${message}`);
  if (isJson) output.result({ text: '', document: { error: message } });
  if (isCommanders) return misused;
  return error instanceof CommandError ? error.exitCode : failed;
};

createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    exitCode = fail(error);
  })
  .finally(() => {
    process.exitCode = exitCode;
    setTimeout(() => process.exit(), longestEnd).unref();
  });
