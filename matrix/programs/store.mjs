/** Runs all checks on one Knex and one driver, with the package as an ES module and as CommonJS has it. */

import { createRequire } from 'node:module';
import * as esm from 'koa-generic-session-knex';
import check from './checks.cjs';
import { connect } from './connect.mjs';

const cjs = createRequire(import.meta.url)('koa-generic-session-knex');
if (esm.createKnexStore === cjs.createKnexStore) throw new Error('both formats are one');
if (cjs !== cjs.default || esm.default !== esm.createKnexStore) throw new Error('the factory is no default');

const knex = await connect();
const name = `${process.pid}_${Date.now()}`;
await Promise.all([check(esm, knex, `esm_${name}`), check(cjs, knex, `cjs_${name}`)]);
await knex.destroy();
