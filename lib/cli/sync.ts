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
  return {
    text: statements.length === 0 ? upToDate : doneTo(tableName, before.length === 0, added),
    document,
  };
};

const doneTo = (tableName: string, isNew: boolean, added: readonly string[]): string => {
  if (isNew) return `table '${tableName}' has been created`;
  const what = added.length === 0 ? 'an index' : added.join(' and ');
  return `table '${tableName}' has been upgraded: ${what} added`;
};
