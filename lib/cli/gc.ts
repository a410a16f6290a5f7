/** `gc`: deletes expired rows, in the store's own small steps. */

import { createGc } from '../gc';
import { sweepStep } from '../batch/changes';
import { secondOf } from '../ttl';
import { checkColumns, type Command } from './command';
import { countExpired } from './counts';
import { interrupted } from './failure';
import { createInterruption } from './interruption';
import { counted, rowsOf } from './numbers';
import { createRepeat } from './repeat';

export const gc: Command = async (context) => {
  const { knex, options, table, output } = context;
  const { tableName } = options;
  await checkColumns(context);
  const expired = await countExpired(knex, tableName, secondOf(Date.now()));

  const interruption = createInterruption(() => {
    output.note('ending after this step');
    void sweep.stop();
  });
  const repeat = createRepeat(options.retryTimeout, interruption.signal, output);
  const progress = output.progress('deleting', expired);
  let deleted = 0;
  const sweep = createGc(
    0,
    async (from) => {
      const chunk = await repeat(() => sweepStep(table, from));
      deleted += chunk.removed;
      progress.at(deleted);
      return chunk;
    },
    () => undefined,
  );
  try {
    await sweep.sweep();
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
  } finally {
    progress.end();
    interruption.end();
  }

  const isInterrupted = interruption.signal.aborted;
  const done = `${rowsOf(deleted, 'expired')} deleted from table '${tableName}'`;
  const text = isInterrupted
    ? `interrupted: ${counted(deleted)} of ${rowsOf(expired, 'expired')} deleted from table '${tableName}'; run it again to go on`
    : done;
  return {
    text,
    document: { table: tableName, deleted, interrupted: isInterrupted },
    ...(isInterrupted ? { exitCode: interrupted } : {}),
  };
};
