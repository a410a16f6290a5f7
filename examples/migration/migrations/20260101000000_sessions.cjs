/** Creates the session table, with the options of the store in app.mjs. */

'use strict';

const { createSessionTable, dropSessionTable } = require('koa-generic-session-knex');

const options = { tableName: 'Sessions', timestamps: true };

exports.up = (knex) => createSessionTable(knex, options);

exports.down = (knex) => dropSessionTable(knex, options);
