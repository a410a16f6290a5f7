/** Before commands: an app that does a little of everything, and whose second database is away. */

import createKnex from 'knex';
import { createKnexStore } from 'koa-generic-session-knex';

const knex = createKnex({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true });
const store = createKnexStore(knex);
await Promise.all([store.set('a', { n: 1 }), store.set('b', { n: 2 })]);
await store.get('none');
await store.close();
await knex.destroy();

const nowhere = createKnex({ client: 'pg', connection: { host: '127.0.0.1', port: 1 } });
const away = createKnexStore(nowhere);
await new Promise((resolve) => away.once('unavailable', resolve));
await away.close();
await nowhere.destroy();
