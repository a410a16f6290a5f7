/** The documents of the repository, their code blocks, and how each block says that it is to be run. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import MarkdownIt from 'markdown-it';

export const root = resolve(__dirname, '../..');

const markdownIn = (folder: string, recursive = true): string[] =>
  readdirSync(join(root, folder), { recursive, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
    .map((file) => join(folder, file));

/** Every document, by its path in the repository. */
export const allDocuments = [
  ...markdownIn('.', false),
  ...['bench', 'docs', 'examples'].flatMap((folder) => markdownIn(folder)),
].sort();

/** Those that somebody wrote: docs/reference comes from doc comments. */
export const documents = allDocuments.filter((file) => !file.startsWith(join('docs', 'reference')));

export const readDocument = (file: string): string => readFileSync(join(root, file), 'utf8');

/** A fenced code block. */
export interface Block {
  file: string;
  /** Of its first fence, from 1. */
  line: number;
  /** Behind the fence: `js`, `sh`, ... or nothing. */
  language: string;
  text: string;
  /** The heading right above it, if nothing stands between. */
  heading: string;
  /** What the HTML comment above it says: `<!-- run: store -->` is `{ verb: 'run', value: 'store' }`. */
  directive: { verb: string; value: string } | undefined;
}

const markdown = new MarkdownIt({ html: true });

export const tokensOf = (text: string) => markdown.parse(text, {});

const directiveIn = (html: string): Block['directive'] => {
  const [, verb = '', value = ''] = /^<!-- ([a-z ]+): ([^]+?) -->\s*$/.exec(html) ?? [];
  return verb === '' ? undefined : { verb, value };
};

export const blocksOf = (file: string, text: string): Block[] => {
  const tokens = tokensOf(text);
  return tokens.flatMap((token, index) => {
    if (token.type === 'code_block')
      throw new Error(`${file}: use a fence instead of spaces:\n${token.content}`);
    if (token.type !== 'fence') return [];
    const before = tokens[index - 1];
    return [
      {
        file,
        line: (token.map?.[0] ?? 0) + 1,
        language: token.info.trim(),
        text: token.content,
        heading: before?.type === 'heading_close' ? (tokens[index - 2]?.content ?? '') : '',
        directive: before?.type === 'html_block' ? directiveIn(before.content) : undefined,
      },
    ];
  });
};
