/** `sync`, `gc` and `rekey`: the commands that change the session table. */

import { createGc, sweepStep } from '../gc';
import { deadlineIn } from '../resilience/deadline';
import { createRetries, type OutageListener } from '../resilience/retry';
import { planSync, syncTable } from '../schema';
import { rekey as rekeyTable, type RekeyProgress } from '../session/rekey';
import { secondOf } from '../ttl';
import { checkTable, type Command } from './command';
import { exitCodes, messageOf, usageError } from './failure';
import { counted, rowsOf, type Output, type Progress } from './output';
import { countExpired } from './stats';

export const sync: Command = async ({ options, table, output }, { 'dry-run': dryRun = false }) => {
  const { tableName } = options;
  const statements = await planSync(table, options);
  const document = { table: tableName, dryRun, statements };
  const upToDate = `table '${tableName}' is up to date`;
  if (dryRun) {
    if (statements.length === 0) output.note(`${upToDate}: nothing to do`);
    return { text: statements.map((sql) => `${sql.trim()};`).join('\n'), document };
  }
  const before = await table.columns();
  // Even if up to date: an index may be missing.
  await syncTable(table, options);
  const added = (await table.columns()).filter((name) => !before.includes(name));
  if (statements.length === 0) return { text: upToDate, document };
  const changes = added.length > 0 ? `${added.join(' and ')} added` : 'its data column widened';
  const done = before.length === 0 ? 'created' : `upgraded: ${changes}`;
  return { text: `table '${tableName}' has been ${done}`, document };
};

export const gc: Command = async (context) => {
  const { knex, options, table, output } = context;
  const { tableName, retryTimeout } = options;
  await checkTable(context);
  const expired = await countExpired(knex, tableName, secondOf(Date.now()));

  const interruption = listenForInterruption(output, () => {
    void sweeper.stop();
  });
  const { isInterrupted } = interruption;
  const { retry } = createRetries(retryTimeout, outageNotes(output));
  const progress = output.progress('deleting', expired);
  let deleted = 0;
  const sweeper = createGc(
    0,
    async (from) => {
      const step = await retry(() => sweepStep(table, from), deadlineIn(retryTimeout, isInterrupted));
      deleted += step.removed;
      progress.at(deleted);
      return step;
    },
    () => undefined,
  );
  try {
    await sweeper.sweep();
  } catch (error) {
    // Interrupted while waiting for the database: the step has failed, but the command has not.
    if (!isInterrupted()) throw error;
  } finally {
    progress.end();
    interruption.end();
  }

  const from = `deleted from table '${tableName}'`;
  const document = { table: tableName, deleted, interrupted: isInterrupted() };
  if (!isInterrupted()) return { text: `${rowsOf(deleted, 'expired')} ${from}`, document };
  const extent = `${counted(deleted)} of ${rowsOf(expired, 'expired')}`;
  return {
    text: `interrupted: ${extent} ${from}; run it again to continue`,
    document,
    exitCode: exitCodes.interrupted,
  };
};

export const rekey: Command = async (context, { 'batch-size': batchSize }) => {
  const { knex, options, output } = context;
  const { tableName, hashIds, secret, userId } = options;
  if (hashIds === false && secret === undefined && userId === undefined) {
    throw usageError(
      "nothing to rekey: the options have no hashIds, no secret and no userId; pass the app's with --options <file>",
    );
  }
  await checkTable(context);

  const interruption = listenForInterruption(output);
  let progress: Progress | undefined;
  let found: RekeyProgress;
  try {
    found = await rekeyTable(knex, options, {
      ...(batchSize === undefined ? {} : { batchSize }),
      onProgress: ({ total, seen }) => {
        progress ??= output.progress('rekeying', total);
        progress.at(seen);
      },
      signal: interruption.signal,
      outages: outageNotes(output),
    });
  } finally {
    progress?.end();
    interruption.end();
  }

  const { total, seen, changed, unreadable } = found;
  const interrupted = interruption.isInterrupted();
  const alreadyRight = seen - changed - unreadable;
  if (unreadable > 0) {
    output.note(
      'unreadable rows were left as they are: no secret in the options opens them, or they are not sessions',
    );
  }
  const extent = interrupted
    ? `interrupted after ${counted(seen)} of ${rowsOf(total)}`
    : `${rowsOf(seen)} seen`;
  const counts = `${counted(changed)} changed, ${counted(alreadyRight)} already right, ${counted(unreadable)} unreadable`;
  return {
    text: `table '${tableName}': ${extent}: ${counts}${interrupted ? '; run it again to continue' : ''}`,
    document: { table: tableName, total, seen, changed, alreadyRight, unreadable, interrupted },
    exitCode: interrupted ? exitCodes.interrupted : unreadable > 0 ? exitCodes.failure : exitCodes.success,
  };
};

interface Interruption {
  readonly signal: AbortSignal;
  isInterrupted(this: void): boolean;
  /** Stops listening. */
  end(this: void): void;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Lets the step in progress finish after the first signal (Ctrl-C). A second one kills the process. */
const listenForInterruption = (output: Output, onInterrupt?: () => void): Interruption => {
  const controller = new AbortController();
  const end = (): void => {
    for (const name of signals) process.removeListener(name, interrupt);
  };
  const interrupt = (): void => {
    end();
    output.note('stopping after this step');
    onInterrupt?.();
    controller.abort();
  };
  for (const name of signals) process.on(name, interrupt);
  return { signal: controller.signal, isInterrupted: () => controller.signal.aborted, end };
};

const outageNotes = ({ note }: Output): OutageListener => ({
  unavailable: (cause) => {
    note(`the database is unavailable, retrying: ${messageOf(cause)}`);
  },
  available: () => {
    note('the database is available again');
  },
});
