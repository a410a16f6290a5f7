/** The versions that the matrix combines, as ranges for npm. */

export const nodes = ['16', '18', '20', '22', '24'];

export const knexes = ['0.95', '1', '2', '3'];

/** Knex supports better-sqlite3 since 1.0. */
const betterSqlite3 = { driver: 'better-sqlite3', client: 'better-sqlite3', knexes: knexes.slice(1) };

/** Knex 1's `sqlite3` client used a different package, @vscode/sqlite3. */
const sqlite3 = { driver: 'sqlite3', client: 'sqlite3', knexes: knexes.filter((knex) => knex !== '1') };

const tedious = { driver: 'tedious', client: 'mssql', server: 'mssql', knexes };

/**
 * Each driver runs on each of its Node versions with each of its Knex versions.
 *
 * - `server`: the server it needs. Without one, it uses a SQLite file.
 * - `target`: the Node version its native addon is compiled for, if one build does not fit all.
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

/** Each middleware runs with each of its Koa versions, on each Node version that both support. */
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

/** Each compiler runs with each `moduleResolution` it supports. TypeScript 7 removed `node10`. */
export const typescripts = [
  { typescript: '4.7', resolutions: ['node10', 'node16'] },
  { typescript: '5.0', resolutions: ['node10', 'node16', 'bundler'] },
  { typescript: '5.9', resolutions: ['node10', 'node16', 'bundler'] },
  { typescript: '7', resolutions: ['node16', 'bundler'] },
];
