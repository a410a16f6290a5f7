/** TypeScript as users write it, with each way to import the package and with mistakes the compiler must report. */

const uses = `
interface Login { user: string; visits?: number }

export const bare = createKnexStore(db);
export const withNew = new createKnexStore(db, { tableName: 'app.Sessions', gcFrequency: 0 });
export const logins = createKnexStore<Login>(db, {
  hashIds: true,
  userId: ({ user }) => user,
  codec: { encode: (session) => JSON.stringify(session), decode: (text) => JSON.parse(text) },
});

export const use = async (): Promise<void> => {
  const login: Login | null = await logins.get('sid');
  // @ts-expect-error -- a session may be missing
  login.user;
  // @ts-expect-error -- a session has the declared shape
  login?.nothing;
  const user: string | undefined = login?.user;
  await logins.set('sid', { user: user ?? 'ann' }, 60_000);
  await logins.set('sid', { user: 'ann' }, 'session');
  // @ts-expect-error -- a session needs all properties of its shape
  await logins.set('sid', { visits: 1 });
  await logins.touch('sid', 60_000);
  await logins.destroy('sid', { ctx: {} });
  const [device] = await logins.sessionsOf('ann', { current: 'sid' });
  if (device !== undefined) await logins.destroyByHandle(device.handle);
  const ended: number = await logins.destroyAllOf('ann', { except: 'sid' });
  const swept: number = ended + (await bare.gc());
  for await (const { session } of logins.entries()) session.user + String(swept);
  await bare.close();
};

bare.on('connect', () => undefined).once('error', ({ code }) => {
  // @ts-expect-error -- errors have only the documented codes
  if (code === 'ENOTHING') return;
});

// @ts-expect-error -- a mistyped option
createKnexStore(db, { tablename: 'Sessions' });
// @ts-expect-error -- no Knex instance
createKnexStore({ client: 'pg' });
`;

const importing = `
import { knex, type Knex } from 'knex';
import createStore, {
  composeCodecs,
  createKnexStore,
  createSessionTable,
  SessionStoreError,
  type CreateKnexStoreOptions,
  type SessionStore,
} from 'koa-generic-session-knex';

const db: Knex = knex({ client: 'pg' });
${uses}
export const options: CreateKnexStoreOptions<Login> = { userId: ({ user }) => user };
export const store: SessionStore<Login> = createStore(db, options);
export const up = (trx: Knex.Transaction): Promise<void> => createSessionTable(trx, { tableName: 'Logins' });
export const codeOf = (error: unknown): string | undefined =>
  error instanceof SessionStoreError ? error.code : undefined;
export const compose = composeCodecs;
`;

const requiring = `
import Knex = require('knex');
import KnexStore = require('koa-generic-session-knex');

const db = Knex.knex({ client: 'pg' });
const { createKnexStore } = KnexStore;
${uses}
export let store: KnexStore;
const settings: KnexStore.Settings = { tableName: 'Logins' };
store = new KnexStore(db, settings);
store = KnexStore(db, settings);
`;

/** For the entry point `./express`. */
const expressing = `
import { knex } from 'knex';
import { createKnexStore } from 'koa-generic-session-knex';
import { createExpressStore, type ExpressStore } from 'koa-generic-session-knex/express';

export const store: ExpressStore = createExpressStore(createKnexStore(knex({ client: 'pg' })));
// @ts-expect-error -- no session store
createExpressStore({});
`;

/**
 * @param resolution the `moduleResolution`
 * @param entries the package's entry points, as in its `exports`
 * @returns compiler options, and the text of each file
 */
export const sourcesOf = (resolution, entries) => {
  const importingAs = (extension) => ({
    [`importing.${extension}`]: importing,
    ...(entries.includes('./express') ? { [`expressing.${extension}`]: expressing } : {}),
  });
  switch (resolution) {
    case 'node10':
      return {
        // TypeScript 4.7 does not know the newer name, node10.
        options: { module: 'CommonJS', moduleResolution: 'node', esModuleInterop: true },
        files: { ...importingAs('ts'), 'requiring.ts': requiring },
      };
    case 'node16':
      return {
        options: { module: 'Node16', moduleResolution: 'Node16', esModuleInterop: true },
        files: { ...importingAs('mts'), ...importingAs('cts'), 'requiring.cts': requiring },
      };
    case 'bundler':
      return { options: { module: 'ESNext', moduleResolution: 'Bundler' }, files: importingAs('ts') };
    default:
      throw new Error(`no way to resolve packages: ${resolution}`);
  }
};
