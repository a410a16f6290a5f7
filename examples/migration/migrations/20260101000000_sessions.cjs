/** Creates the table of the sessions, with the options that app.mjs gives to its store. */

'use strict';

const { createSessionTable, dropSessionTable } = require('koa-generic-session-knex');

const options = { tableName: 'Sessions', timestamps: true };

exports.up = (knex) => createSessionTable(knex, options);

exports.down = (knex) => dropSessionTable(knex, options);
