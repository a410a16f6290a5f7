/** Every code block of every document is run, or says why not; and so are the examples of doc comments. */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInstalledProject, type Project } from '../package/support';
import { createPlace, runBlock, type Place } from './blocks';
import { blocksOf, documents, read, tokensOf, type Block } from './documents';

/** What users have beside the package. Old versions have names of their own here, which only preambles use. */
const packages = [
  ...['better-sqlite3', 'knex', 'mysql2', 'pg', '@types/node', 'koa', 'koa-2', 'koa-1', 'koa-session'],
  ...['koa-session-minimal', 'koa-generic-session', 'koa-generic-session-1', 'koa-redis'],
  ...['express', 'express-session', '@opentelemetry/api'],
];

let project: Project;

beforeAll(async () => {
  project = await createInstalledProject(packages);
});

afterAll(() => {
  project.remove();
});

/** In the reference, examples of doc comments; what else it shows are signatures. */
const blocksIn = (file: string): Block[] => {
  if (!file.startsWith('docs/reference/')) return blocksOf(read(file));
  const examples = blocksOf(read(file)).filter(({ heading }) => heading === 'Example');
  return examples.map((block) => ({
    ...block,
    verb: 'run',
    value: file.endsWith('express.md') ? 'express' : 'example',
  }));
};

const nameOf = ({ line, language, verb, value }: Block): string =>
  `line ${line}: ${language} ${verb} ${value}`.trim();

const withBlocks = [...documents, '__tests__/docs/mistakes.md']
  .map((file): [string, Block[]] => [file, blocksIn(file)])
  .filter(([, blocks]) => blocks.length > 0);

describe.each(withBlocks)('%s', (file, blocks) => {
  let place: Place;

  beforeAll(() => {
    place = createPlace(project);
  });

  test.each(blocks.map((block): [string, Block] => [nameOf(block), block]))('%s', async (_name, block) => {
    if (file.endsWith('mistakes.md')) {
      // The heading is part of the error.
      await expect(runBlock(block, place)).rejects.toHaveProperty(
        'message',
        expect.stringContaining(block.heading),
      );
      return;
    }
    const why = await runBlock(block, place);
    if (why !== undefined) process.stderr.write(`not run: ${file}:${block.line}: ${why}\n`);
  });
});

test.each(documents)('the pictures that %s shows by HTML are there', (file) => {
  const html = tokensOf(read(file)).filter(({ type }) => type === 'html_block');
  const pictures = html.flatMap(({ content }) => [...content.matchAll(/(?:src|srcset)="([^":]+)"/g)]);
  expect(pictures.filter(([, path = '']) => !existsSync(join(dirname(file), path)))).toEqual([]);
});
