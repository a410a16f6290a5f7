/** The block logs how long calls take that read sessions. Then one is read. */

import assert from 'node:assert';
import { createKnexStore } from 'koa-generic-session-knex';
import { knex } from './support.mjs';

const store = createKnexStore(knex);
await store.set('a', { user: 'Ada' });
const printed = [];
console.log = (line) => printed.push(line);
{
  /* block */
}
await store.get('a');
await store.get('b');
assert.match(printed[0], /: found in [\d.]+ ms$/);
assert.match(printed[1], /: not found in [\d.]+ ms$/);
await store.close();
await knex.destroy();
