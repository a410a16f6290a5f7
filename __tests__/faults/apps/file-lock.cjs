/** A process that holds a SQLite file for itself, as a backup or a migration does. */

'use strict';

const Database = require('better-sqlite3');
const { setTimeout: delay } = require('node:timers/promises');
const answer = require('../../support/answer.cjs');

let database;

answer({
  lock: ({ filename }) => {
    database = new Database(filename);
    database.exec('BEGIN EXCLUSIVE');
  },
  /** @param details.after in ms */
  release: async ({ after }) => {
    await delay(after);
    database.exec('COMMIT');
    database.close();
  },
});
