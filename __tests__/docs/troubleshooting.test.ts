/** docs/troubleshooting.md has an entry for every error of the library, and for none that it no longer has. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument, root, tokensOf } from './documents';
import { messages } from './messages';

/** What is said of something within the library, and never reaches anybody. */
const internal = ['nobody waits for this call any more', 'work is still under way'];

/** Errors that other modules of Node throw. */
const foreign = ['Unsupported state or unable to authenticate data', 'it waited for other calls'];

const text = readDocument('docs/troubleshooting.md');

/** A part of the document, from one heading to another. */
const between = (from: string, to: string): string =>
  text.slice(text.indexOf(`\n${from}\n`), text.indexOf(`\n${to}\n`));

/** The pieces of code in a text that read as messages: they have words. */
const saidIn = (part: string): string[] =>
  tokensOf(part)
    .flatMap(({ children }) => children ?? [])
    .filter(({ type }) => type === 'code_inline')
    .map(({ content }) => content);

const asPattern = (said: string): RegExp =>
  new RegExp(
    `^${said
      .split('…')
      .map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^]*')}$`,
  );

const described = saidIn(
  between('## Messages of the store', '## Messages of Knex, drivers and databases'),
).filter((said) => / \w+ /.test(said) || messages.some((message) => asPattern(said).test(message.text)));

/** The message itself, or one that is of the same words, whatever is filled in. */
const isOf = (said: string, message: string): boolean => asPattern(said).test(message);

test('every error code has a row', () => {
  const codes = /type SessionStoreErrorCode =([^;]*);/.exec(
    readFileSync(join(root, 'lib/errors.ts'), 'utf8'),
  )?.[1];
  const names = [...(codes ?? '').matchAll(/'(\w+)'/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(8);
  const rows = [...between('## Error codes', '## Messages of the store').matchAll(/^\| `(E\w+)` +\|/gm)];
  expect(rows.map(([, name]) => name).sort()).toEqual(names.sort());
});

test('the messages of the library are found in its source', () => {
  const all = messages.map((message) => message.text);
  expect(all.length).toBeGreaterThan(40);
  expect(all).toContain('unknown option …; valid options: …');
  expect(all).toContain('…: the store is closed');
});

test('every message of the library has an entry', () => {
  // An entry of fewer words than this would match anything.
  const entries = described.filter((said) => said !== '… failed: …');
  const missing = messages
    .filter((message) => !internal.includes(message.text) && message.text !== '… failed: …')
    .filter((message) => !entries.some((said) => isOf(said, message.text)));
  expect(missing).toEqual([]);
});

test('every entry is of a message that the library still has', () => {
  const stale = described
    .filter((said) => said.includes('…') || / \w+ \w+ /.test(said))
    .filter((said) => !foreign.includes(said) && !/^[\w.]+\(|=>|^{|^npx /.test(said))
    .filter((said) => !messages.some((message) => isOf(said, message.text)));
  expect(stale).toEqual([]);
});
