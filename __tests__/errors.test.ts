/** docs/troubleshooting.md has an entry for every error of the library, and for none that it no longer has. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import ts from 'typescript';

const read = (file: string): string => readFileSync(file, 'utf8');

/** What an expression says, with `…` for what is filled in. */
const textsOf = (node: ts.Expression): string[] => {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    return [node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')];
  }
  if (ts.isParenthesizedExpression(node)) return textsOf(node.expression);
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(textsOf);
  if (!ts.isBinaryExpression(node)) return ['…'];
  return textsOf(node.left).flatMap((left) => textsOf(node.right).map((right) => left + right));
};

/** The messages of errors: the argument of `new TypeError`, `schemaError` and the like, or a constant `message`. */
const messagesIn = (node: ts.Node): string[] => {
  const found: string[] = [];
  let message: ts.Expression | undefined;
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    const name = node.expression.getText();
    if (name.endsWith('Error')) message = node.arguments?.[name === 'SessionStoreError' ? 2 : 0];
  } else if (ts.isVariableDeclaration(node) && node.name.getText() === 'message') {
    message = node.initializer;
  }
  if (message !== undefined) found.push(...textsOf(message));
  ts.forEachChild(node, (child) => {
    found.push(...messagesIn(child));
  });
  return found;
};

/** Those that only pass another error on are none, and those of the command are its own matter. */
const messages = readdirSync('lib', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('cli'))
  .map((file) => ts.createSourceFile(file, read(join('lib', file)), ts.ScriptTarget.Latest, true))
  .flatMap(messagesIn)
  .filter((message) => message !== '…');

const [, codes = '', entries = ''] = read('docs/troubleshooting.md').split(
  /^## (?:Error codes|Messages of .*)$/m,
);

/** What the document quotes as code. */
const quoted = new MarkdownIt()
  .parse(entries, {})
  .flatMap(({ children }) => children ?? [])
  .filter(({ type }) => type === 'code_inline')
  .map(({ content }) => content);

/** Whether an entry is that of a message, whatever is filled in. */
const isOf = (entry: string, message: string): boolean => {
  const pieces = entry.split('…').map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('[^]*')}$`).test(message);
};

test('every error code has a row, and no other', () => {
  const names = [...read('lib/errors.ts').matchAll(/^ {2}\| '(E\w+)'/gm)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(8);
  const rows = [...codes.matchAll(/^\| `(E\w+)` +\|/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual(names.sort());
});

test('messages are found in the source', () => {
  expect(messages.length).toBeGreaterThan(40);
  expect(messages).toContain('unknown option …; valid options: …');
  expect(messages).toContain('…: the store is closed');
});

test('every message has an entry', () => {
  // It would be that of any message.
  const catchAll = '… failed: …';
  const internal = ['the deadline of this call has passed', 'work is still under way', catchAll];
  const described = quoted.filter((entry) => entry !== catchAll);
  const missing = messages.filter(
    (message) => !internal.includes(message) && !described.some((entry) => isOf(entry, message)),
  );
  expect(missing).toEqual([]);
});

test('every entry is of a message that there still is', () => {
  /** Said by Node, or part of a message. */
  const foreign = ['Unsupported state or unable to authenticate data', 'it waited for other calls'];
  const isCode = (entry: string): boolean => /^[\w.]+\(|=>|^{|^npx /.test(entry);
  const stale = quoted
    .filter((entry) => entry.includes('…') || / \w+ \w+ /.test(entry))
    .filter((entry) => !foreign.includes(entry) && !isCode(entry))
    .filter((entry) => !messages.some((message) => isOf(entry, message)));
  expect(stale).toEqual([]);
});
