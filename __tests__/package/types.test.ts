/** The types of the packed package, checked by the real compiler as in users' projects of every kind. */

import { join } from 'node:path';
import { createProject, root, run, type Project } from './support';

let project: Project;

beforeAll(async () => {
  project = await createProject([
    'knex',
    'koa-session',
    'express-session',
    'fastify',
    '@fastify/cookie',
    '@fastify/session',
    '@types/express',
    '@types/express-session',
    '@types/node',
  ]);
});

afterAll(() => {
  project.remove();
});

/** Compiles files under these compiler options. @returns what the compiler finds wrong in them and in our types */
const compile = async (options: object, files: Readonly<Record<string, string>>): Promise<string[]> => {
  const config = {
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2022'],
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      skipLibCheck: false,
      ...options,
    },
    files: Object.keys(files),
  };
  for (const [name, text] of Object.entries(files)) project.write(name, text);
  project.write('tsconfig.json', JSON.stringify(config));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { code, stdout, stderr } = await run(
    process.execPath,
    [compiler, '-p', '.', '--pretty', 'false', '--listFiles'],
    project.folder,
  );
  if (code === null || !stdout.includes('koa-generic-session-knex/dist/index.d.')) {
    throw new Error(`the compiler did not do its work:\n${stdout}${stderr}`);
  }
  // Errors in the types of other packages, which are linked in from the repository, are not ours.
  return stdout.split('\n').filter((line) => /error TS\d+/.test(line) && !line.startsWith('..'));
};

/** Statements on `createKnexStore` and `db`, whatever way they came into the file. */
const uses = `
interface Login { user: string; visits?: number }

export const bare = createKnexStore(db);
export const nothing = createKnexStore(db, null);
export const withNew = new createKnexStore(db, { tableName: 'Sessions', gcFrequency: 0 });
export const named = createKnexStore(db, {
  tableName: 'app.Sessions',
  sync: true,
  syncTimeout: 3_000,
  gcFrequency: 10_000,
  timestamps: true,
  browserSessionLifetime: 86_400_000,
  codec: { encode: (session) => JSON.stringify(session), decode: (text) => JSON.parse(text) },
});

export const logins = createKnexStore<Login>(db, {
  codec: { encode: ({ user }) => user, decode: (text) => ({ user: text }) },
});
export const newLogins = new createKnexStore<Login>(db);

export const use = async (): Promise<void> => {
  const anything = await bare.get('sid');
  if (anything !== null) anything['whatever'] = 1;

  const login: Login | null = await logins.get('sid');
  // @ts-expect-error -- a session may be missing
  login.user;
  const user: string | undefined = login?.user;
  // @ts-expect-error -- a session has the shape that was named
  login?.nothing;
  await logins.set('sid', { user: user ?? 'ann' }, 60_000);
  await logins.set('sid', { user: 'ann' }, 'session', { changed: true });
  // @ts-expect-error -- a session needs what its shape has
  await logins.set('sid', { visits: 1 });
  // @ts-expect-error -- a ttl is milliseconds
  await logins.set('sid', { user: 'ann' }, '1 day');
  // @ts-expect-error -- an id is a string
  await logins.get(1);
  await newLogins.touch('sid', 60_000);
  await newLogins.destroy('sid', { ctx: {} });

  const removed: number = await bare.gc();
  const count: number = (await bare.length()) + removed;
  await bare.clear();
  await bare.waitForSync();
  await bare.ready();
  const ended: void = await bare.close();
  // @ts-expect-error -- there is no such method
  bare.all();

  const table: string = bare.options.tableName + String(count) + String(ended);
  // @ts-expect-error -- options are read-only
  bare.options.tableName = table;
  // @ts-expect-error -- the Knex instance is read-only
  bare.knex = db;
  await bare.knex.raw('SELECT 1');
};

bare.on('connect', () => undefined).once('error', ({ code }) => {
  // @ts-expect-error -- errors have the codes that are documented, and no other
  if (code === 'ENOTHING') return;
  if (code === 'EDECODE') return;
});

// @ts-expect-error -- a mistyped option
createKnexStore(db, { tablename: 'Sessions' });
// @ts-expect-error -- a mistyped option, with new
new createKnexStore(db, { gcFrequence: 1 });
// @ts-expect-error -- a value of the wrong type
createKnexStore(db, { syncTimeout: '3s' });
// @ts-expect-error -- a codec needs both ways
createKnexStore(db, { codec: { encode: () => '' } });
// @ts-expect-error -- no Knex instance
createKnexStore({ client: 'pg' });
// @ts-expect-error -- nothing at all
createKnexStore();
// @ts-expect-error -- sessions are objects
createKnexStore<string>(db);
`;

const byDefault = `
import { knex } from 'knex';
import createKnexStore from 'koa-generic-session-knex';

const db = knex({ client: 'pg' });
${uses}`;

const byName = `
import { knex, type Knex } from 'knex';
import {
  createKnexStore,
  createSessionTable,
  dropSessionTable,
  SessionStoreError,
  type BatchTrace,
  type Codec,
  type CreateKnexStore,
  type CreateKnexStoreOptions,
  type EventMessage,
  type OperationTrace,
  type SessionStore,
  type SessionStoreErrorCode,
  type SessionStoreOperation,
  type SessionTableOptions,
  type StoreOptions,
  type StoreStats,
  type SweepTrace,
  type Ttl,
} from 'koa-generic-session-knex';

const db = knex({ client: 'pg' });
${uses}

export const make: CreateKnexStore = createKnexStore;
export const codec: Codec<Login> = { encode: ({ user }) => user, decode: (user) => ({ user }) };
export const options: CreateKnexStoreOptions<Login> = { codec };
export const store: SessionStore<Login> = make(db, options);
export const effective: Readonly<StoreOptions<Login>> = store.options;
export const ttls: Ttl[] = [1, 'session', null, undefined];

export const table: SessionTableOptions = { tableName: 'Logins', timestamps: true };
export const up = (trx: Knex.Transaction): Promise<void> => createSessionTable(trx, table);
export const down = (trx: Knex.Transaction): Promise<void> => dropSessionTable(trx, table);

export const stats: StoreStats = store.stats();
export const largest: number = stats.batches.reads.largest + stats.calls.destroyByHandle + stats.waiting;
// @ts-expect-error -- a snapshot is read-only
stats.hits = 1;
export const told = (call: OperationTrace, batch: BatchTrace, sweep: SweepTrace, event: EventMessage): unknown[] => [
  call.operation === 'get' ? call.found : call.rows,
  [call.session, batch.kind, batch.rows / batch.calls, sweep.rows ?? 0],
  call.error ?? sweep.error ?? event.error ?? event.tableName,
];

export const codeOf = (error: unknown): SessionStoreErrorCode | undefined =>
  error instanceof SessionStoreError ? error.code : undefined;
export const operationOf = (error: SessionStoreError): SessionStoreOperation => error.operation;
`;

const asNamespace = `
import { knex } from 'knex';
import * as sessions from 'koa-generic-session-knex';

const db = knex({ client: 'pg' });
const { createKnexStore } = sessions;
${uses}
export const failure: sessions.SessionStoreError = new sessions.SessionStoreError('EGC', 'gc', 'text');
export const settings: sessions.CreateKnexStoreOptions = { tableName: 'Logins' };
export const store: sessions.SessionStore<Login> = sessions.default<Login>(db);
`;

/** As apps of the original package, whose export was a class, have it in their code. */
const byRequire = `
import Knex = require('knex');
import createKnexStore = require('koa-generic-session-knex');
import KnexStore = require('koa-generic-session-knex');

const db = Knex({ client: 'pg' });
${uses}

export let store: KnexStore;
const settings: KnexStore.Settings = { tableName: 'Logins', modelName: 'Login' };
store = new KnexStore(db, settings);
store = KnexStore(db, settings);
store = KnexStore.default(db);
store = KnexStore.createKnexStore(db);
export const ofLogins: KnexStore<Login> = new KnexStore<Login>(db);
export const sameType: KnexStore.SessionStore<Login> = ofLogins;

// @ts-expect-error -- a mistyped option
export const mistyped: KnexStore.Settings = { tablename: 'Logins' };

export const up = (): Promise<void> => KnexStore.createSessionTable(db, settings);
export const down = (): Promise<void> => KnexStore.dropSessionTable(db, settings);
export const failure: KnexStore.SessionStoreError = new KnexStore.SessionStoreError('EGC', 'gc', 'text');
export const code: KnexStore.SessionStoreErrorCode = failure.code;
export const codec: KnexStore.Codec<Login> = { encode: ({ user }) => user, decode: (user) => ({ user }) };
export const make: KnexStore.CreateKnexStore = KnexStore;
export const ttl: KnexStore.Ttl = 'session';
`;

/** koa-session ships its own types; the other middlewares have none. */
const inKoaSession = `
import { knex } from 'knex';
import { createSession, type CreateSessionOptions } from 'koa-session';
import { createKnexStore } from 'koa-generic-session-knex';

const db = knex({ client: 'pg' });
export const options: CreateSessionOptions = { store: createKnexStore(db), maxAge: 'session' };
export const middleware = createSession({ store: createKnexStore<{ user: string }>(db) }, {});
export const withNew: CreateSessionOptions = { store: new createKnexStore(db) };
// @ts-expect-error -- this is no store
export const none: CreateSessionOptions = { store: db };
`;

/** Both have types of their own for sessions, to which apps add theirs. */
const inExpressSession = `
import { knex } from 'knex';
import * as session from 'express-session';
import { createKnexStore } from 'koa-generic-session-knex';
import { createExpressStore, type ExpressStore } from 'koa-generic-session-knex/express';

declare module 'express-session' {
  interface SessionData { user: string }
}

const db = knex({ client: 'pg' });
export const adapter: ExpressStore = createExpressStore(createKnexStore(db));
export const options: session.SessionOptions = { store: adapter, secret: 'a secret' };
export const typed: session.Store = createExpressStore(createKnexStore<{ user: string }>(db));
adapter.get('sid', (error: unknown, found?: session.SessionData | null) => [error, found?.user]);
adapter.destroy('sid');
adapter.on('error', (error) => error).once('connect', () => undefined);
// @ts-expect-error -- a Knex instance is no store
createExpressStore(db);
// @ts-expect-error -- what get finds is told to a callback
adapter.get('sid');
// @ts-expect-error -- this is no store for express-session
export const none: session.SessionOptions = { store: createKnexStore(db), secret: 'a secret' };
`;

const inFastifySession = `
import { knex } from 'knex';
import type { FastifySessionOptions, SessionStore } from '@fastify/session';
import { createKnexStore } from 'koa-generic-session-knex';
import { createExpressStore } from 'koa-generic-session-knex/express';

declare module 'fastify' {
  interface Session { user: string }
}

const db = knex({ client: 'pg' });
export const store: SessionStore = createExpressStore(createKnexStore<{ user: string }>(db));
export const options: FastifySessionOptions = { store, secret: 'a secret' };
// @ts-expect-error -- this is no store for @fastify/session
export const none: SessionStore = createKnexStore(db);
`;

const asExpressNamespace = `
import Knex = require('knex');
import createKnexStore = require('koa-generic-session-knex');
import adapters = require('koa-generic-session-knex/express');

export const adapter: adapters.ExpressStore = adapters.createExpressStore(createKnexStore(Knex({ client: 'pg' })));
`;

const interop = { esModuleInterop: true };
const noInterop = { esModuleInterop: false, allowSyntheticDefaultImports: false };
const node10 = { module: 'CommonJS', moduleResolution: 'Node10' };
const node16 = { module: 'Node16', moduleResolution: 'Node16' };
const nodeNext = { module: 'NodeNext', moduleResolution: 'NodeNext' };
const bundler = { module: 'ESNext', moduleResolution: 'Bundler' };

/** Files of all the ways to get at the package, with this extension. */
const importing = (extension: string): Record<string, string> => ({
  [`by-default.${extension}`]: byDefault,
  [`by-name.${extension}`]: byName,
  [`as-namespace.${extension}`]: asNamespace,
  [`in-koa-session.${extension}`]: inKoaSession,
  [`in-express-session.${extension}`]: inExpressSession,
  [`in-fastify-session.${extension}`]: inFastifySession,
});
const requiring = (extension: string): Record<string, string> => ({
  [`by-require.${extension}`]: byRequire,
  [`express-by-require.${extension}`]: asExpressNamespace,
});

describe('the types of the packed package', () => {
  it.each([
    ['node10', { ...node10, ...interop }, { ...importing('ts'), ...requiring('ts') }],
    [
      'node10 without esModuleInterop',
      { ...node10, ...noInterop },
      { ...importing('ts'), ...requiring('ts') },
    ],
    ['node16 from CommonJS', { ...node16, ...interop }, { ...importing('cts'), ...requiring('cts') }],
    [
      'node16 from CommonJS without esModuleInterop',
      { ...node16, ...noInterop },
      { ...importing('cts'), ...requiring('cts') },
    ],
    ['node16 from an ES module', node16, { ...importing('mts'), ...requiring('mts') }],
    [
      'nodenext from both at once',
      nodeNext,
      { ...importing('mts'), ...importing('cts'), ...requiring('cts') },
    ],
    ['bundler', bundler, importing('ts')],
    ['bundler without esModuleInterop', { ...bundler, ...noInterop }, importing('ts')],
    [
      'bundler with verbatimModuleSyntax and isolatedModules',
      { ...bundler, verbatimModuleSyntax: true, isolatedModules: true },
      importing('mts'),
    ],
  ])('fit under %s', async (_resolution, options, files) => {
    expect(await compile(options, files)).toEqual([]);
  });

  it('are what the compiler looks at: it reports what does not fit them', async () => {
    const wrong = `${byName}\nexport const oops: number = createKnexStore(db);`;

    expect(await compile(node16, { 'wrong.mts': wrong })).toEqual([
      expect.stringMatching(/^wrong\.mts.*error TS2322.*SessionStore.*not assignable to type 'number'/),
    ]);
  });
});
