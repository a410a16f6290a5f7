/**
 * Checks whether the table of version 1 can be used in place. On MySQL and MariaDB, it also upgrades the table: it widens
 * the column `data` and makes `id` case-sensitive. On other databases it changes nothing.
 *
 *   DATABASE_CLIENT=mysql2 DATABASE_URL=mysql://… node from-original.mjs --dry-run
 *
 * --options   a file whose default export is the options of the new store; `tableName` is 'Sessions' by default
 * --dry-run   only print the SQL
 */

import { parseArgs } from 'node:util';
import { createKnexStore } from 'koa-generic-session-knex';
import { commonArguments, connect, run, storeOptions, variable } from './copy.mjs';

/** The columns of a table on MySQL and MariaDB: name, type and collation. */
const columnsOf = async (knex, tableName) => {
  const [table, schema = null] = tableName.split('.').reverse();
  const [rows] = await knex.raw(
    `SELECT column_name AS name, data_type AS type, collation_name AS collation
     FROM information_schema.columns WHERE table_name = ? AND table_schema = COALESCE(?, DATABASE())`,
    [table, schema],
  );
  return Object.fromEntries(rows.map(({ name, ...column }) => [name, column]));
};

/** @returns the statement that upgrades the table, or undefined @throws Error if some rows prevent it */
const upgradeOf = async (knex, tableName) => {
  const { id, data } = await columnsOf(knex, tableName);
  const changes = [];
  if (data.type !== 'longtext' || !data.collation.startsWith('utf8mb4')) {
    changes.push('MODIFY data longtext CHARACTER SET utf8mb4 NOT NULL');
  }
  if (id.collation !== 'utf8mb4_bin') {
    changes.push('MODIFY id varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL');
  }
  if (changes.length === 0) return undefined;
  const [{ count }] = await knex(tableName)
    .whereNull('data')
    .orWhereRaw('CHAR_LENGTH(id) > 100')
    .count({ count: '*' });
  if (count > 0) {
    throw new Error(
      `${count} rows have no data, or an id of more than 100 characters, and cannot be sessions: ` +
        `DELETE FROM ${tableName} WHERE data IS NULL OR CHAR_LENGTH(id) > 100`,
    );
  }
  return knex.raw(`ALTER TABLE ?? ${changes.join(', ')}`, [tableName]).toString();
};

await run(async () => {
  const { options: file, 'dry-run': dryRun } = commonArguments;
  const { values } = parseArgs({ options: { options: file, 'dry-run': dryRun } });
  const { tableName = 'Sessions', ...further } = await storeOptions(values.options);
  const client = variable('DATABASE_CLIENT', 'pg, mysql2, better-sqlite3 …');
  const knex = connect(client, variable('DATABASE_URL', 'the database'));
  // The rows of version 1 are plain text, whatever the options of the app.
  const store = createKnexStore(knex, { codec: further.codec, tableName, sync: false, gcFrequency: 0 });
  let unreadable = 0;
  store.on('error', () => {
    unreadable += 1;
  });
  try {
    await store.ready();
    const sql = knex.client.dialect === 'mysql' ? await upgradeOf(knex, tableName) : undefined;
    if (sql) console.log(`${sql};`);
    if (sql && !values['dry-run']) await knex.raw(sql);
    let live = 0;
    let last = 0;
    for await (const { expires } of store.entries({ batchSize: 500 })) {
      live += 1;
      last = Math.max(last, expires.getTime());
      if (live % 10_000 === 0) console.log(`${live} live sessions read …`);
    }
    console.log(`table '${tableName}': ${live} live sessions can be read, ${unreadable} cannot`);
    if (live > 0) console.log(`the last of them ends ${new Date(last).toISOString()}`);
    if (sql && values['dry-run']) console.log('dry run: nothing was changed');
    return unreadable === 0 ? 0 : 1;
  } finally {
    await store.close();
    await knex.destroy();
  }
});
