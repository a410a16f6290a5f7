/** Which versions are run together: the ranges that are asked of npm, and nothing else. */

export const nodes = ['16', '18', '20', '22', '24'];

export const knexes = ['0.95', '1', '2', '3'];

/** With Knex 0.95 there was no such client. */
const betterSqlite3 = { driver: 'better-sqlite3', client: 'better-sqlite3', knexes: knexes.slice(1) };

/** In Knex 1, the client of this name wanted a fork of this driver. */
const sqlite3 = { driver: 'sqlite3', client: 'sqlite3', knexes: knexes.filter((knex) => knex !== '1') };

const tedious = { driver: 'tedious', client: 'mssql', server: 'mssql', knexes };

/**
 * A driver is run on each of its Node versions with each of its Knex versions.
 *
 * - `server` names what it needs; none: a SQLite file.
 * - `target` is the Node version for which its native part is built, where that is not for all of them.
 */
export const drivers = [
  { driver: 'pg', version: '8', client: 'pg', server: 'postgres', nodes, knexes },
  { driver: 'mysql2', version: '2', client: 'mysql2', server: 'mysql', nodes, knexes },
  { driver: 'mysql2', version: '3', client: 'mysql2', server: 'mysql', nodes, knexes },
  { ...betterSqlite3, version: '8', nodes: ['16'], target: '16' },
  { ...betterSqlite3, version: '11', nodes: ['18'], target: '18' },
  { ...betterSqlite3, version: '12', nodes: ['20'], target: '20' },
  { ...betterSqlite3, version: '13', nodes: ['22', '24'] },
  { ...sqlite3, version: '5', nodes },
  { ...sqlite3, version: '6', nodes: ['20', '22', '24'] },
  { ...tedious, version: '15', nodes: ['16', '18'] },
  { ...tedious, version: '19', nodes: ['20', '22', '24'] },
];

const koa3Nodes = nodes.slice(1);

/** A middleware is run on each of its Koa versions, on each Node version that both take. */
export const middlewares = [
  { middleware: 'koa-generic-session', version: '1', koas: ['1'], nodes },
  { middleware: 'koa-generic-session', version: '2', koas: ['2', '3'], nodes },
  { middleware: 'koa-session', version: '5', koas: ['2', '3'], nodes },
  { middleware: 'koa-session', version: '6', koas: ['2', '3'], nodes },
  { middleware: 'koa-session', version: '7', koas: ['2', '3'], nodes: koa3Nodes },
  { middleware: 'koa-session-minimal', version: '3', koas: ['2', '3'], nodes },
  { middleware: 'koa-session-minimal', version: '4', koas: ['2', '3'], nodes },
];

export const koas = [
  { koa: '1', nodes },
  { koa: '2', nodes },
  { koa: '3', nodes: koa3Nodes },
];

/** Each compiler is run in the ways in which it resolves packages. TypeScript 7 has given up `node10`. */
export const typescripts = [
  { typescript: '4.7', resolutions: ['node10', 'node16'] },
  { typescript: '5.0', resolutions: ['node10', 'node16', 'bundler'] },
  { typescript: '5.9', resolutions: ['node10', 'node16', 'bundler'] },
  { typescript: '7', resolutions: ['node16', 'bundler'] },
];
