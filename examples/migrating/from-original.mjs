/**
 * Says whether the table of the original package (1.x) can be used in place, and mends what can be mended: on MySQL and
 * MariaDB, it widens the column `data` and makes the ids tell upper from lower case. Elsewhere it changes nothing.
 *
 *   DATABASE_CLIENT=mysql2 DATABASE_URL=mysql://… node from-original.mjs --dry-run
 *
 * --options   a file with the options of the new store as its default export; `tableName` is 'Sessions' by default
 * --dry-run   print the SQL, and run none of it
 */

import { parseArgs } from 'node:util';
import { createKnexStore } from 'koa-generic-session-knex';
import { commonArguments, connect, run, storeOptions, variable } from './copy.mjs';

/** What MySQL and MariaDB say of a column. */
const columnsOf = async (knex, tableName) => {
  const [table, schema = null] = tableName.split('.').reverse();
  const [rows] = await knex.raw(
    `SELECT column_name AS name, data_type AS type, collation_name AS collation
     FROM information_schema.columns WHERE table_name = ? AND table_schema = COALESCE(?, DATABASE())`,
    [table, schema],
  );
  return Object.fromEntries(rows.map(({ name, ...column }) => [name, column]));
};

/** @returns the statement that mends the table, undefined if nothing is to be done @throws Error if it cannot be */
const mending = async (knex, tableName) => {
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
      `${count} rows have no data, or an id of more than 100 characters, and belong to nobody: ` +
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
  // Rows in the clear are what is looked for, whatever the app will make of them.
  const store = createKnexStore(knex, { codec: further.codec, tableName, sync: false, gcFrequency: 0 });
  let unreadable = 0;
  store.on('error', () => {
    unreadable += 1;
  });
  try {
    await store.ready();
    const sql = knex.client.dialect === 'mysql' ? await mending(knex, tableName) : undefined;
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
