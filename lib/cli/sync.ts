/** `sync`: creates the session table, or adds what it lacks. */

import { planSync, syncTable } from '../schema';
import type { Arguments, Command } from './command';

export interface SyncArguments extends Arguments {
  readonly dryRun?: true;
}

export const sync: Command<SyncArguments> = async ({ options, table, output }, { dryRun = false }) => {
  const { tableName } = options;
  const statements = await planSync(table, options);
  const document = { table: tableName, dryRun, statements };
  const upToDate = `table '${tableName}' is up to date`;
  if (dryRun) {
    if (statements.length === 0) output.note(`${upToDate}: nothing would be done`);
    return { text: statements.map((sql) => `${sql.trim()};`).join('\n'), document };
  }
  const before = await table.columns();
  await syncTable(table, options);
  const added = (await table.columns()).filter((name) => !before.includes(name));
  if (statements.length === 0) return { text: upToDate, document };
  const changed = added.length > 0 ? `${added.join(' and ')} added` : 'its data column is wide enough now';
  const done = before.length === 0 ? 'created' : `upgraded: ${changed}`;
  return { text: `table '${tableName}' has been ${done}`, document };
};
