/** What the errors of the library say, read from its source: each with `…` for what is filled in. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './documents';

/** An error that the library makes. */
export interface Message {
  /** Where: `lib/calls.ts:45`. */
  place: string;
  text: string;
}

/** What makes an error, and which of its arguments is the message. */
const makers: Readonly<Record<string, number>> = {
  Error: 0,
  TypeError: 0,
  SyntaxError: 0,
  SessionStoreError: 2,
};

const anything = '…';

/** Every combination of these, one after the other. */
const joined = (parts: readonly string[][]): string[] =>
  parts.reduce((done, next) => done.flatMap((start) => next.map((end) => start + end)), ['']);

/** What an expression can come to, as text; a constant is what it was set to. */
const textsOf = (node: ts.Node, source: ts.SourceFile): string[] => {
  const of = (part: ts.Node): string[] => textsOf(part, source);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return of(node.expression);
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map(({ literal }) => [anything + literal.text]);
    return joined([[node.head.text], ...spans]);
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return joined([of(node.left), of(node.right)]);
  }
  if (ts.isConditionalExpression(node)) return [...of(node.whenTrue), ...of(node.whenFalse)];
  if (ts.isIdentifier(node)) {
    const initializer = constantNear(node);
    if (initializer !== undefined) return of(initializer);
  }
  return [anything];
};

/** What the constant of this name is set to, in the nearest block around. */
const constantNear = (identifier: ts.Identifier): ts.Expression | undefined => {
  for (let around: ts.Node = identifier.parent; !ts.isSourceFile(around); around = around.parent) {
    if (!ts.isBlock(around)) continue;
    const found = around.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => [...declarationList.declarations])
      .find(({ name }) => ts.isIdentifier(name) && name.text === identifier.text);
    if (found?.initializer !== undefined) return found.initializer;
  }
  return undefined;
};

const messagesIn = (file: string): Message[] => {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: Message[] = [];
  const visit = (node: ts.Node): void => {
    const maker =
      ts.isNewExpression(node) && ts.isIdentifier(node.expression)
        ? makers[node.expression.text]
        : ts.isCallExpression(node) && node.expression.getText() === 'schemaError'
          ? 0
          : undefined;
    const message = maker === undefined ? undefined : (node as ts.NewExpression).arguments?.[maker];
    if (message !== undefined) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      for (const text of textsOf(message, source)) found.push({ place: `${file}:${line}`, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

/** All of them, but for those of the command, and those that only pass another error on. */
export const messages: readonly Message[] = readdirSync(join(root, 'lib'), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => file.endsWith('.ts') && !file.startsWith('cli'))
  .flatMap((file) => messagesIn(join('lib', file)))
  .filter(({ text }) => text !== anything);
