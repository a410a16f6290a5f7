/**
 * Shared by the programs in this folder: copies sessions from a source into the table of a store, while the app runs.
 *
 * A source is `{ name, batches(size), remaining(sids), close() }`. `batches` yields arrays of `{ sid, session, ttl }`,
 * `{ expired: true }` and `{ unreadable: why }`; `ttl` is in ms, or undefined for a session without one. `remaining`
 * resolves with the ids that still exist in the source.
 */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import createKnex from 'knex';
import { createKnexStore, createSessionTable, dropSessionTable } from 'koa-generic-session-knex';

/** The arguments of every program here, for `parseArgs`. */
export const commonArguments = {
  options: { type: 'string' },
  'batch-size': { type: 'string', default: '200' },
  'dry-run': { type: 'boolean', default: false },
};

/** @param url for SQLite, a file name */
export const connect = (client, url) => createKnex({ client, connection: url, useNullAsDefault: true });

/** @returns an environment variable @throws Error that explains the variable, if it is not set */
export const variable = (name, what) => {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name}: ${what}`);
  return value;
};

/** The store options of the app: the default export of the file in `--options`. */
export const storeOptions = async (file) =>
  file === undefined ? {} : (await import(pathToFileURL(resolve(file)))).default;

/** Runs a program. Prints an error as one line, and sets exit code 1. */
export const run = async (program) => {
  try {
    process.exitCode = await program();
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  }
};

/**
 * Never overwrites rows of the app, not even rows it writes during the copy: sessions go into a staging table first, and
 * one statement inserts those that the store's table lacks. A session that the app ends during the copy stays ended, if
 * the app ends it in the source first, as read-through.mjs does.
 *
 * @returns the exit code: 1 if some sessions could not be read, or were refused by the store
 */
export const copySessions = async (source, settings) => {
  try {
    return await copy(source, settings);
  } finally {
    await source.close();
  }
};

const copy = async (source, { options, batchSize, dryRun }) => {
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > 1000) {
    throw new Error('--batch-size must be a whole number from 1 to 1000');
  }
  const client = variable('DATABASE_CLIENT', 'pg, mysql2, better-sqlite3 …, of the database to copy to');
  const knex = connect(client, variable('DATABASE_URL', 'the database to copy to'));
  const store = createKnexStore(knex, { ...options, sync: !dryRun, gcFrequency: 0 });
  const { tableName, timestamps, userId } = store.options;
  const staging = { ...options, tableName: `${tableName}_copy` };
  const columns = ['id', 'data', 'expires'];
  if (timestamps) columns.push('created_at', 'updated_at');
  if (userId) columns.push('user_id');

  const counts = { read: 0, copied: 0, kept: 0, expired: 0, unreadable: 0, refused: 0 };
  const report = () => {
    const { read, copied, kept, expired, unreadable, refused } = counts;
    const verb = dryRun ? 'to copy' : 'copied';
    console.log(
      `${read} read: ${copied} ${verb}, ${kept} there already, ${expired} expired, ` +
        `${unreadable} unreadable, ${refused} refused`,
    );
  };

  /** Whether the store has a session. Without a table, it has none. */
  const isEmpty = dryRun && !(await hasTable(knex, tableName));
  const isStored = async ({ sid }) => !isEmpty && (await store.get(sid)) !== null;

  const insertMissing = async () => {
    const list = columns.map(() => '??').join(', ');
    const sql = `
      INSERT INTO ?? (${list}) SELECT ${list} FROM ?? AS staged
      WHERE NOT EXISTS (SELECT 1 FROM ?? AS stored WHERE stored.?? = staged.??)`;
    const names = [tableName, ...columns, ...columns, staging.tableName, tableName, 'id', 'id'];
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await knex.raw(sql, names);
      } catch (error) {
        // The app may have inserted one of the rows meanwhile. The next attempt finds it.
        if (attempt === 5) throw error;
      }
    }
  };

  const copyBatch = async (sessions, stagingStore) => {
    const stored = await Promise.all(sessions.map(isStored));
    const missing = sessions.filter((_, index) => !stored[index]);
    counts.kept += sessions.length - missing.length;
    if (dryRun) counts.copied += missing.length;
    if (dryRun || missing.length === 0) return;
    await stagingStore.clear();
    const results = await Promise.allSettled(
      missing.map((each) => stagingStore.set(each.sid, each.session, each.ttl)),
    );
    for (const { reason } of results.filter(({ status }) => status === 'rejected')) {
      // Continue after a session that is too large. Stop if the database is unavailable.
      if (reason.code !== 'E2BIG' && !(reason instanceof TypeError)) throw reason;
      counts.refused += 1;
      console.error(`refused: ${reason.message}`);
    }
    await insertMissing();
    const staged = missing.filter((_, index) => results[index].status === 'fulfilled');
    counts.copied += staged.length;
    const remaining = new Set(await source.remaining(staged.map(({ sid }) => sid)));
    const ended = staged.filter(({ sid }) => !remaining.has(sid));
    await Promise.all(ended.map(({ sid }) => store.destroy(sid)));
  };

  try {
    if (!dryRun) {
      await store.ready();
      // Expired rows, for example from a rehearsal, would block sessions that are still live in the source.
      await store.gc();
      await createSessionTable(knex, staging);
    }
    const stagingStore = dryRun
      ? undefined
      : createKnexStore(knex, { ...staging, sync: false, gcFrequency: 0 });
    for await (const batch of source.batches(batchSize)) {
      const thousands = Math.floor(counts.read / 1000);
      counts.read += batch.length;
      counts.expired += batch.filter(({ expired }) => expired).length;
      for (const { unreadable } of batch.filter((each) => each.unreadable)) {
        counts.unreadable += 1;
        console.error(`unreadable: ${unreadable}`);
      }
      await copyBatch(
        batch.filter(({ sid }) => sid !== undefined),
        stagingStore,
      );
      if (Math.floor(counts.read / 1000) > thousands) report();
    }
    await stagingStore?.close();
    if (!dryRun) await dropSessionTable(knex, staging);
    report();
    console.log(dryRun ? 'dry run: nothing was written' : `done: ${source.name} -> table '${tableName}'`);
    return counts.unreadable + counts.refused === 0 ? 0 : 1;
  } finally {
    await store.close();
    await knex.destroy();
  }
};

const hasTable = (knex, tableName) => {
  const [table, schema] = tableName.split('.').reverse();
  return (schema ? knex.schema.withSchema(schema) : knex.schema).hasTable(table);
};
