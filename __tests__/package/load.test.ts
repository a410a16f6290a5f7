/** The packed package, loaded and used as in a user's app. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProject, isInRepository, run, type Ended, type Project } from './support';

let project: Project;

beforeAll(async () => {
  project = await createProject(['knex', 'better-sqlite3', 'pg', 'express-session']);
});

afterAll(() => {
  project.remove();
});

const runScript = (file: string, script: string): Promise<Ended> => {
  project.write(file, script);
  return run(process.execPath, [file], project.folder);
};

/** Runs a script in which `check(name, isSo)` prints a line for whatever is not so. */
const runChecks = (file: string, script: string): Promise<Ended> =>
  runScript(file, `const check = (name, isSo) => { if (!isSo) console.log('not so: ' + name); };\n${script}`);

const ranWell: Ended = { code: 0, stdout: '', stderr: '' };

const openSqlite = `knex({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true })`;

/** Every asynchronous method once, in a module and in a CommonJS script alike. */
const roundTrip = `
const useStore = async (store) => {
  await store.set('ann', { user: 'ann' }, 60_000);
  check('set and get', (await store.get('ann')).user === 'ann');
  check('length', (await store.length()) === 1);
  await store.touch('ann', 120_000);
  await store.destroy('ann');
  check('destroy', (await store.get('ann')) === null);
  check('gc', (await store.gc()) === 0);
  await store.close();
  const late = await store.get('ann').catch((error) => error);
  check('close', late.code === 'ECLOSED');
  check('errors', late instanceof SessionStoreError && late instanceof Error);
};`;

describe('the packed package', () => {
  it('holds the built files and what npm always takes, and nothing else', () => {
    const library = ['index', 'express'].flatMap((name) =>
      ['cjs', 'd.cts', 'd.mts', 'mjs'].map((extension) => `dist/${name}.${extension}`),
    );
    const command = ['dist/cli.mjs'];
    const papers = ['CHANGELOG.md', 'README.md'].filter(isInRepository);

    expect(project.packed).toEqual([...library, ...command, ...papers, 'LICENSE', 'package.json'].sort());
  });

  it('is a function that carries everything else, when required', async () => {
    expect(
      await runChecks(
        'shape.cjs',
        `
const createKnexStore = require('koa-generic-session-knex');
check('function', typeof createKnexStore === 'function');
check('.createKnexStore', createKnexStore.createKnexStore === createKnexStore);
check('.default', createKnexStore.default === createKnexStore);
check('.createSessionTable', typeof createKnexStore.createSessionTable === 'function');
check('.dropSessionTable', typeof createKnexStore.dropSessionTable === 'function');
check('.SessionStoreError', new createKnexStore.SessionStoreError('EGC', 'gc', 'text') instanceof Error);
check('nothing else', Object.keys(createKnexStore).sort().join() ===
  'SessionStoreError,composeCodecs,createKnexStore,createSessionTable,default,dropSessionTable');
check('package.json', require('koa-generic-session-knex/package.json').name === 'koa-generic-session-knex');
`,
      ),
    ).toEqual(ranWell);
  });

  it('has the function as its default export and by name, when imported', async () => {
    expect(
      await runChecks(
        'shape.mjs',
        `
import createKnexStore, * as all from 'koa-generic-session-knex';
check('function', typeof createKnexStore === 'function');
check('by name', all.createKnexStore === createKnexStore);
check('createSessionTable', typeof all.createSessionTable === 'function');
check('dropSessionTable', typeof all.dropSessionTable === 'function');
check('SessionStoreError', new all.SessionStoreError('EGC', 'gc', 'text') instanceof Error);
check('nothing else', Object.keys(all).sort().join() ===
  'SessionStoreError,composeCodecs,createKnexStore,createSessionTable,default,dropSessionTable');
`,
      ),
    ).toEqual(ranWell);
  });

  it('is one library for an app that imports it and requires it', async () => {
    expect(
      await runChecks(
        'both.mjs',
        `
import { createRequire } from 'node:module';
import createKnexStore, { SessionStoreError } from 'koa-generic-session-knex';
import { createExpressStore } from 'koa-generic-session-knex/express';
const require = createRequire(import.meta.url);
check('function', require('koa-generic-session-knex') === createKnexStore);
check('errors', new (require('koa-generic-session-knex').SessionStoreError)('EGC', 'gc', '') instanceof SessionStoreError);
check('express', require('koa-generic-session-knex/express').createExpressStore === createExpressStore);
`,
      ),
    ).toEqual(ranWell);
  });

  it.each([
    ['with new', 'new KnexStore(db)'],
    ['without new', 'KnexStore(db)'],
    ['with new and options', `new KnexStore(db, { tableName: 'Logins', timestamps: true })`],
    ['by name', 'KnexStore.createKnexStore(db)'],
    ['by name, with new', 'new KnexStore.createKnexStore(db)'],
    ['as default, as compiled code calls it', 'KnexStore.default(db)'],
  ])('stores sessions when required and called %s', async (_how, call) => {
    const script = `
const knex = require('knex');
const KnexStore = require('koa-generic-session-knex');
const { SessionStoreError } = KnexStore;
${roundTrip}
const db = ${openSqlite};
useStore(${call}).then(() => db.destroy());`;

    expect(await runChecks('use.cjs', script)).toEqual(ranWell);
  });

  it.each([
    ['by default', 'createKnexStore', 'createKnexStore(db)'],
    ['by default, with new', 'KnexStore', 'new KnexStore(db)'],
    ['by name', '{ createKnexStore }', 'createKnexStore(db)'],
    ['as a namespace', '* as sessions', 'sessions.createKnexStore(db)'],
  ])('stores sessions when imported %s', async (_how, binding, call) => {
    const script = `
import knex from 'knex';
import ${binding} from 'koa-generic-session-knex';
import { SessionStoreError } from 'koa-generic-session-knex';
${roundTrip}
const db = ${openSqlite};
await useStore(${call});
await db.destroy();`;

    expect(await runChecks('use.mjs', script)).toEqual(ranWell);
  });

  it.each([
    [
      'required',
      'express.cjs',
      `const knex = require('knex');
const session = require('express-session');
const { createKnexStore, SessionStoreError } = require('koa-generic-session-knex');
const adapters = require('koa-generic-session-knex/express');`,
    ],
    [
      'imported',
      'express.mjs',
      `import knex from 'knex';
import session from 'express-session';
import { createKnexStore, SessionStoreError } from 'koa-generic-session-knex';
import * as adapters from 'koa-generic-session-knex/express';`,
    ],
  ])('serves express-session when %s, with the same error class', async (_how, file, imports) => {
    const script = `${imports}
check('nothing else', Object.keys(adapters).join() === 'createExpressStore');
const db = ${openSqlite};
const store = createKnexStore(db);
const adapter = adapters.createExpressStore(store);
session({ secret: 'a secret', resave: false, saveUninitialized: false, store: adapter });
adapter.set('ann', { cookie: {}, user: 'ann' });
adapter.load('ann', (error, loaded) => {
  check('load', error === null && loaded instanceof session.Session && loaded.user === 'ann');
  store.on('error', (error) => {
    check('errors', error instanceof SessionStoreError && error.code === 'EWRITE');
    store.close().then(() => db.destroy());
  });
  adapter.destroy('');
});`;

    expect(await runChecks(file, script)).toEqual(ranWell);
  });

  it('has no second copy of the library for express-session', () => {
    const file = join(project.folder, 'node_modules/koa-generic-session-knex/dist/express.cjs');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain("require('./index.cjs')");
    expect(text).not.toMatch(/^ *class |SELECT|(from |require\()'express-session'/m);
    expect(text.length).toBeLessThan(20_000);
  });

  it('creates and drops the table for a migration', async () => {
    const script = `
const knex = require('knex');
const { createKnexStore, createSessionTable, dropSessionTable, SessionStoreError } = require('koa-generic-session-knex');
${roundTrip}
const db = ${openSqlite};
(async () => {
  await createSessionTable(db, { tableName: 'Logins' });
  check('created', await db.schema.hasTable('Logins'));
  await useStore(createKnexStore(db, { tableName: 'Logins', sync: false }));
  await dropSessionTable(db, { tableName: 'Logins' });
  check('dropped', !(await db.schema.hasTable('Logins')));
  await db.destroy();
})();`;

    expect(await runChecks('migrate.cjs', script)).toEqual(ranWell);
  });
});

describe('a process with a store', () => {
  const cjs = (body: string): string => `
const knex = require('knex');
const createKnexStore = require('koa-generic-session-knex');
${body}`;

  it('ends by itself when the app has destroyed Knex, though the store was not closed', async () => {
    const script = cjs(`
const db = ${openSqlite};
const store = createKnexStore(db, { gcFrequency: 1 });
store.set('ann', { user: 'ann' }).then(() => store.get('ann')).then(() => db.destroy());`);

    expect(await runScript('ends.cjs', script)).toEqual(ranWell);
  });

  it.each([
    ['nothing is done with it', ''],
    ['it was closed', 'store.close();'],
    ['a call was rejected', `store.get('ann').catch((error) => console.log(error.code));`],
  ])('ends by itself when its database cannot be reached and %s', async (_what, use) => {
    const script = cjs(`
const quiet = { debug() {}, deprecate() {}, error() {}, warn() {} };
const db = knex({ client: 'pg', connection: { host: '127.0.0.1', port: 1, user: 'nobody' }, log: quiet });
const store = createKnexStore(db, { syncTimeout: 500 });
${use}`);

    const { code, stdout, stderr } = await runScript('unreachable.cjs', script);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(use.includes('get') ? 'ESYNC\n' : '');
  });
});
