/** Loads every entry point of the package in both module formats: both export the same names. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { name, exports } = require('koa-generic-session-knex/package.json');

const entries = Object.keys(exports).filter((entry) => entry !== './package.json');
assert.ok(entries.includes('.'));

/** An ES module that Node makes of CommonJS would have these as well. */
const namesOf = (loaded) =>
  Object.keys(loaded)
    .filter((key) => key !== 'module.exports')
    .sort();

for (const entry of entries) {
  const specifier = name + entry.slice(1);
  const imported = await import(specifier);
  const required = require(specifier);
  assert.equal(typeof imported.default, 'function', specifier);
  assert.equal(typeof required, 'function', specifier);
  assert.deepEqual(namesOf(required), namesOf(imported), specifier);
}
