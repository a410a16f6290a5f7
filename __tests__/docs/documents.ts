/** The documents of the repository, and the code blocks in them. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import MarkdownIt from 'markdown-it';

export const root = resolve(__dirname, '../..');

export const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Every document, by its path in the repository. */
export const documents = ['.', 'bench', 'docs', 'examples'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
    .map((file) => join(folder, file))
    .sort(),
);

/** A fenced code block. */
export interface Block {
  /** Of its first fence, from 1. */
  line: number;
  /** Behind the fence: `js`, `sh`, ... or nothing. */
  language: string;
  text: string;
  /** The heading above it, if nothing else stands between. */
  heading: string;
  /** `run` and `store` of the HTML comment `<!-- run: store -->` right above it; or nothing. */
  verb: string;
  value: string;
}

export const tokensOf = (text: string) => new MarkdownIt({ html: true }).parse(text, {});

export const blocksOf = (text: string): Block[] => {
  const tokens = tokensOf(text);
  return tokens.flatMap(({ type, content, info, map }, index) => {
    if (type === 'code_block')
      throw new Error(`expected a fence around the code, but got spaces:\n${content}`);
    if (type !== 'fence') return [];
    const comment = tokens[index - 1]?.type === 'html_block' ? (tokens[index - 1]?.content ?? '') : '';
    const [, verb = '', value = ''] = /^<!-- ([a-z ]+): ([^]+?) -->\s*$/.exec(comment) ?? [];
    const above = verb === '' ? index - 1 : index - 2;
    const heading = tokens[above]?.type === 'heading_close' ? (tokens[above - 1]?.content ?? '') : '';
    return [{ line: (map?.[0] ?? 0) + 1, language: info.trim(), text: content, heading, verb, value }];
  });
};
