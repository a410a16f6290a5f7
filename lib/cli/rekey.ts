/** `rekey`: hashes ids, and seals data, of the rows that are there already. */

import { rekey as rekeyTable, type RekeyProgress } from '../session/rekey';
import { checkColumns, type Arguments, type Command } from './command';
import { failed, interrupted, usageError } from './failure';
import { createInterruption } from './interruption';
import { counted, rowsOf } from './numbers';
import type { Output } from './output';
import type { Progress } from './progress';
import { outageNotes } from './repeat';

export interface RekeyArguments extends Arguments {
  /** In rows. */
  readonly batchSize?: number;
}

export const rekey: Command<RekeyArguments> = async (context, { batchSize }) => {
  const { knex, options, output } = context;
  const { tableName, hashIds, secret, userId } = options;
  if (hashIds === false && secret === undefined && userId === undefined) {
    throw usageError(
      'there is nothing to rekey for: the options have no hashIds, no secret and no userId; ' +
        "give the file with the app's with --options <file>",
    );
  }
  await checkColumns(context);

  const interruption = createInterruption(() => {
    output.note('ending after this step');
  });
  const showProgress = progressOf(output);
  let progress: RekeyProgress;
  try {
    progress = await rekeyTable(knex, options, {
      ...(batchSize === undefined ? {} : { batchSize }),
      onProgress: showProgress.at,
      signal: interruption.signal,
      outages: outageNotes(output),
    });
  } finally {
    showProgress.end();
    interruption.end();
  }

  const { total, seen, changed, unreadable } = progress;
  const isInterrupted = interruption.signal.aborted;
  const right = seen - changed - unreadable;
  const sums = `${counted(changed)} changed, ${counted(right)} already right, ${counted(unreadable)} unreadable`;
  const extent = isInterrupted
    ? `interrupted after ${counted(seen)} of ${rowsOf(total)}`
    : `${rowsOf(seen)} seen`;
  const text = `table '${tableName}': ${extent}: ${sums}${isInterrupted ? '; run it again to go on' : ''}`;
  if (unreadable > 0) {
    output.note(
      'unreadable rows were left as they are: no secret of the options opens them, or they hold no session',
    );
  }
  const exitCode = isInterrupted ? interrupted : unreadable > 0 ? failed : undefined;
  return {
    text,
    document: {
      table: tableName,
      total,
      seen,
      changed,
      alreadyRight: right,
      unreadable,
      interrupted: isInterrupted,
    },
    ...(exitCode === undefined ? {} : { exitCode }),
  };
};

/** The total is known with the first report. */
const progressOf = ({ progress }: Output): { at: (progress: RekeyProgress) => void; end: () => void } => {
  let shown: Progress | undefined;
  return {
    at: ({ total, seen }) => {
      shown ??= progress('rekeying', total);
      shown.at(seen);
    },
    end: () => {
      shown?.end();
    },
  };
};
