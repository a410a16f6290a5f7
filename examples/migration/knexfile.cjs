/**
 * The Knex configuration of both the app and Knex's command line.
 *
 * Create the table: npx knex migrate:latest --knexfile examples/migration/knexfile.cjs
 * Drop it again: npx knex migrate:rollback --knexfile examples/migration/knexfile.cjs
 */

'use strict';

const { resolve } = require('node:path');

module.exports = {
  client: 'better-sqlite3',
  // Knex's command line changes to the folder of this file, the app does not. Absolute paths work for both.
  connection: { filename: resolve(__dirname, process.env.DATABASE_FILE ?? 'sessions.sqlite') },
  useNullAsDefault: true,
  migrations: { directory: resolve(__dirname, 'migrations') },
};
