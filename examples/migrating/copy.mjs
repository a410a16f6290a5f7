/**
 * What the programs here share: sessions go from a source into the table of a store, while the app goes on.
 *
 * A source is `{ name, batches(size), remaining(sids), close() }`: `batches` yields arrays of `{ sid, session, ttl }`,
 * `{ expired: true }` and `{ unreadable: why }`; `ttl` is in ms, undefined for a session that names none. `remaining`
 * resolves with those of the ids that are still there.
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

/** @param url for SQLite the name of a file */
export const connect = (client, url) => createKnex({ client, connection: url, useNullAsDefault: true });

/** @returns a variable of the environment @throws Error that says what it is for */
export const variable = (name, what) => {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name}: ${what}`);
  return value;
};

/** The options that the app gives to its store, from the file of `--options`: its default export. */
export const storeOptions = async (file) =>
  file === undefined ? {} : (await import(pathToFileURL(resolve(file)))).default;

/** Runs a program: whatever it throws is one line, and exit code 1. */
export const run = async (program) => {
  try {
    process.exitCode = await program();
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  }
};

/**
 * What the app has stored already stays as it is, also what it stores at this very moment: sessions are laid out in a
 * table beside the store's, and one statement takes over those whose row is not there. What the app ends meanwhile
 * stays ended, if it ends it in the source first, as read-through.mjs does.
 *
 * @returns the exit code: 1 if there were sessions that could not be read, or that the store refused
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
  const layout = { ...options, tableName: `${tableName}_copy` };
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

  /** Whether the app has a session already. Before the table is there, it has none. */
  const isEmpty = dryRun && !(await hasTable(knex, tableName));
  const isStored = async ({ sid }) => !isEmpty && (await store.get(sid)) !== null;

  const takeOver = async () => {
    const list = columns.map(() => '??').join(', ');
    const sql = `
      INSERT INTO ?? (${list}) SELECT ${list} FROM ?? AS laid_out
      WHERE NOT EXISTS (SELECT 1 FROM ?? AS stored WHERE stored.?? = laid_out.??)`;
    const names = [tableName, ...columns, ...columns, layout.tableName, tableName, 'id', 'id'];
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await knex.raw(sql, names);
      } catch (error) {
        // The app may have stored one of them in between: then it is there at the next attempt.
        if (attempt === 5) throw error;
      }
    }
  };

  const copyBatch = async (sessions, beside) => {
    const stored = await Promise.all(sessions.map(isStored));
    const missing = sessions.filter((_, index) => !stored[index]);
    counts.kept += sessions.length - missing.length;
    if (dryRun) counts.copied += missing.length;
    if (dryRun || missing.length === 0) return;
    await beside.clear();
    const results = await Promise.allSettled(
      missing.map((each) => beside.set(each.sid, each.session, each.ttl)),
    );
    for (const { reason } of results.filter(({ status }) => status === 'rejected')) {
      // One session that is too large is no reason to stop; a database that is away is.
      if (reason.code !== 'E2BIG' && !(reason instanceof TypeError)) throw reason;
      counts.refused += 1;
      console.error(`refused: ${reason.message}`);
    }
    await takeOver();
    const laidOut = missing.filter((_, index) => results[index].status === 'fulfilled');
    counts.copied += laidOut.length;
    const remaining = new Set(await source.remaining(laidOut.map(({ sid }) => sid)));
    const ended = laidOut.filter(({ sid }) => !remaining.has(sid));
    await Promise.all(ended.map(({ sid }) => store.destroy(sid)));
  };

  try {
    if (!dryRun) {
      await store.ready();
      // Rows that have ended, of a rehearsal say, would be in the way of the same sessions, which go on in the source.
      await store.gc();
      await createSessionTable(knex, layout);
    }
    const beside = dryRun ? undefined : createKnexStore(knex, { ...layout, sync: false, gcFrequency: 0 });
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
        beside,
      );
      if (Math.floor(counts.read / 1000) > thousands) report();
    }
    await beside?.close();
    if (!dryRun) await dropSessionTable(knex, layout);
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
