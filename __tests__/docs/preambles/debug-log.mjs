/** The block is what an app may log with NODE_DEBUG: this one does, and says all of it. */

import assert from 'node:assert';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { freePort, mustPrint } from './support.mjs';

const app = `
import createKnex from 'knex';
import { createKnexStore } from 'koa-generic-session-knex';

const knex = createKnex({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
const store = createKnexStore(knex);
await Promise.all([store.set('a', { n: 1 }), store.set('b', { n: 2 })]);
await store.get('none');
await store.close();
await knex.destroy();

const nowhere = createKnex({ client: 'pg', connection: { host: '127.0.0.1', port: ${await freePort()} } });
const away = createKnexStore(nowhere);
await new Promise((resolve) => away.once('unavailable', resolve));
await away.close();
await nowhere.destroy();
`;
const env = { ...process.env, NODE_DEBUG: 'koa-generic-session-knex' };
const args = ['--input-type=module', '--eval', app];
const { stderr } = await promisify(execFile)(process.execPath, args, { env });
assert(stderr !== '');
mustPrint(process.env.BLOCK.split('\n'), stderr);
