/** Loads every entry point of the package in both module formats, and checks that both export the same names. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { name, exports } = require('koa-generic-session-knex/package.json');

const entries = Object.keys(exports).filter((entry) => entry !== './package.json');
assert.ok(entries.includes('.'));

/** Ignores the name that Node adds when it imports CommonJS. */
const namesOf = (loaded) =>
  Object.keys(loaded)
    .filter((key) => key !== 'module.exports')
    .sort();

assert.equal(typeof require(name), 'function');

for (const entry of entries) {
  const specifier = name + entry.slice(1);
  const imported = await import(specifier);
  const required = require(specifier);
  const functions = Object.values(required).filter((exported) => typeof exported === 'function');
  assert.notEqual(functions.length, 0, specifier);
  assert.deepEqual(namesOf(required), namesOf(imported), specifier);
}
