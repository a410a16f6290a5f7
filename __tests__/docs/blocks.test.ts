/** Every code block of every document is run, or says why not. */

import { runBlock } from './blocks';
import { allDocuments, blocksOf, documents, readDocument, type Block } from './documents';
import { copyExamples, createSandbox, type Sandbox } from './sandbox';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});

afterAll(() => {
  sandbox.remove();
});

const nameOf = ({ line, language, directive }: Block): string =>
  `line ${line}: ${language}${directive === undefined ? '' : ` (${directive.verb}: ${directive.value})`}`;

const withBlocks = documents
  .map((file) => ({ file, blocks: blocksOf(file, readDocument(file)) }))
  .filter(({ blocks }) => blocks.length > 0);

describe.each(withBlocks)('$file', ({ file, blocks }) => {
  let shared: string;

  beforeAll(() => {
    shared = sandbox.folder();
    copyExamples(shared);
  });

  test.each(blocks.map((block): [string, Block] => [nameOf(block), block]))('%s', async (_name, block) => {
    const why = await runBlock(block, { sandbox, shared });
    if (why !== undefined) process.stderr.write(`not run: ${file}:${block.line}: ${why}\n`);
  });
});

/** Of doc comments; what else the reference shows are signatures. */
const examples = allDocuments
  .filter((file) => !documents.includes(file))
  .flatMap((file) => blocksOf(file, readDocument(file)))
  .filter(({ heading }) => heading === 'Example')
  .map((block): [string, Block] => [
    `${block.file}, line ${block.line}`,
    {
      ...block,
      directive: { verb: 'run', value: block.file.endsWith('express.md') ? 'express' : 'example' },
    },
  ]);

test.each(examples)('the example of %s', async (_name, block) => {
  await runBlock(block, { sandbox, shared: sandbox.folder() });
});

/** What a document would say if it said this. */
const run = async (document: string): Promise<unknown> => {
  const shared = sandbox.folder();
  for (const block of blocksOf('wrong.md', document)) await runBlock(block, { sandbox, shared });
  return 'all is well';
};

const fence = (language: string, text: string, comment = ''): string =>
  `${comment}\n\n\`\`\`${language}\n${text}\n\`\`\`\n`;

const store = '<!-- run: store -->';

describe('a block with a mistake fails', () => {
  test.each([
    [
      'an option that does not exist',
      fence('js', 'const store = createKnexStore(knex, { table: "S" });', store),
      'unknown option "table"',
    ],
    ['a syntax error', fence('js', 'const store = createKnexStore(knex;', store), 'SyntaxError'],
    [
      'an export that does not exist',
      fence('js', "import { nothing } from 'koa-generic-session-knex';", store),
      'nothing',
    ],
    [
      'an app that forgets',
      fence('js', 'console.log("http://127.0.0.1:3000")', '<!-- app: app.mjs -->'),
      'fetch failed',
    ],
    [
      'a type that does not fit',
      fence('ts', 'createKnexStore<{ n: number }>(knex).get(1);', '<!-- run: typed -->'),
      "not assignable to parameter of type 'string'",
    ],
    ['SQL that is none', fence('sql', 'ALTER TABEL Sessions', '<!-- run: sqlite -->'), 'syntax error'],
    [
      'another table',
      fence('sql', 'CREATE TABLE "Sessions" ("id" text)', '<!-- table: pg -->'),
      'fillfactor',
    ],
    ['a script that does not exist', fence('sh', 'npm run nothing'), 'no script nothing'],
    ['a section that does not exist', fence('sh', 'npm run bench -- nothing'), 'no section nothing'],
    ['a package that nobody knows', fence('sh', 'npm install knex koa-sessions'), 'what is koa-sessions'],
    ['a command that does not exist', fence('sh', 'npx koa-generic-session-knex nothing'), 'unknown command'],
    ['a program that nobody knows', fence('sh', 'rm -rf sessions'), 'no test knows how to run'],
    [
      'output that does not come',
      fence('console', '$ npx koa-generic-session-knex gc\nall is well'),
      "did not print 'all is well'",
    ],
    ['JSON that is none', fence('json', '{ a: 1 }'), 'JSON'],
    ['no way to run it', fence('js', 'const one = 1;'), 'nobody knows how'],
    ['no language', fence('', 'anything'), 'nobody knows how'],
    ['a preamble that does not exist', fence('js', 'const one = 1;', '<!-- run: nothing -->'), 'no preamble'],
  ])('%s', async (_what, document, why) => {
    await expect(run(document)).rejects.toHaveProperty('message', expect.stringContaining(why) as string);
  });
});

test('blocks without one do not', async () => {
  const right = fence('js', 'const store = createKnexStore(knex, { hashIds: true });', store);
  await expect(run(right + fence('sh', 'npm test # all of them'))).resolves.toBe('all is well');
});
