/** Runs all checks with one Knex and one driver, with the package as an ES module and as CommonJS. */

import { createRequire } from 'node:module';
import * as esm from 'koa-generic-session-knex';
import check from './checks.cjs';
import { connect } from './connect.mjs';

const cjs = createRequire(import.meta.url)('koa-generic-session-knex');
if (esm.createKnexStore === cjs.createKnexStore) throw new Error('import and require load the same module');
if (cjs !== cjs.default || esm.default !== esm.createKnexStore)
  throw new Error('the factory is not the default export');

const knex = await connect();
const name = `${process.pid}_${Date.now()}`;
await Promise.all([check(esm, knex, `esm_${name}`), check(cjs, knex, `cjs_${name}`)]);
await knex.destroy();
