/** Code blocks in JavaScript and TypeScript as whole programs: each within the preamble that its directive names. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export const preambles = join(__dirname, 'preambles');

/** A preamble has this line where the block goes. */
const place = '/* block */';

export interface Program {
  /** `mjs`, `cjs` or `mts`. */
  extension: string;
  text: string;
}

/** @throws Error if there is no such preamble */
const readPreamble = (name: string): Program => {
  const found = ['mjs', 'cjs', 'mts']
    .map((extension) => ({ extension, file: join(preambles, `${name}.${extension}`) }))
    .find(({ file }) => existsSync(file));
  if (found === undefined) throw new Error(`there is no preamble '${name}' in __tests__/docs/preambles`);
  return { extension: found.extension, text: readFileSync(found.file, 'utf8') };
};

interface Import {
  text: string;
  names: readonly string[];
}

/** The import statements of a text, and the rest of it. */
const split = (text: string): { imports: Import[]; rest: string } => {
  const source = ts.createSourceFile('block.mts', text, ts.ScriptTarget.Latest, true);
  const imports = source.statements.filter(ts.isImportDeclaration);
  const rest = imports.reduceRight(
    (left, statement) => left.slice(0, statement.getStart()) + left.slice(statement.getEnd()),
    text,
  );
  return {
    imports: imports.map((statement) => ({ text: statement.getText(), names: namesIn(statement) })),
    rest,
  };
};

const namesIn = ({ importClause }: ts.ImportDeclaration): string[] => {
  const bindings = importClause?.namedBindings;
  return [
    ...(importClause?.name === undefined ? [] : [importClause.name.text]),
    ...(bindings === undefined
      ? []
      : ts.isNamespaceImport(bindings)
        ? [bindings.name.text]
        : bindings.elements.map(({ name }) => name.text)),
  ];
};

/**
 * The program of a block. What both import, the block imports: it is the one that is tested.
 *
 * @param name of the preamble; one without a place for the block gets it in `process.env.BLOCK`
 */
export const programOf = (name: string, block: string): Program => {
  const { extension, text } = readPreamble(name);
  if (!text.includes(place)) return { extension, text };
  const own = split(block);
  const frame = split(text);
  const taken = own.imports.flatMap(({ names }) => names);
  const imports = [
    ...own.imports,
    ...frame.imports.filter(({ names }) => !names.some((one) => taken.includes(one))),
  ];
  const body = frame.rest.replace(place, () => own.rest);
  return { extension, text: `${imports.map((one) => one.text).join('\n')}\n${body}` };
};

/** What the compiler says of a TypeScript file, and its JavaScript. */
export const compile = (file: string): { problems: string[]; javascript: string } => {
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(__dirname, '../../node_modules/@types')],
  });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return { problems, javascript: outputText };
};
