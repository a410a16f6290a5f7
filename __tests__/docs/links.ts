/** The links of a document within the repository, and whether they lead somewhere. */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDocument, root, tokensOf } from './documents';

/** What a heading is called in a link, as GitHub does it. */
const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');

/** Every place of a document that a link may name. */
const anchorsOf = (text: string): ReadonlySet<string> => {
  const anchors = new Set<string>();
  const tokens = tokensOf(text);
  tokens.forEach(({ type }, index) => {
    const inline = tokens[index + 1];
    if (type !== 'heading_open' || inline === undefined) return;
    const heading = (inline.children ?? [])
      .filter((child) => ['text', 'code_inline', 'softbreak'].includes(child.type))
      .map(({ content }) => content)
      .join('');
    const slug = slugOf(heading);
    const next = [slug, ...Array.from({ length: 100 }, (_, n) => `${slug}-${n + 1}`)];
    anchors.add(next.find((one) => !anchors.has(one)) ?? slug);
  });
  for (const [, id = ''] of text.matchAll(/<a id="([^"]+)">/g)) anchors.add(id);
  return anchors;
};

const targetsOf = (text: string): string[] =>
  tokensOf(text)
    .flatMap(({ children }) => children ?? [])
    .flatMap((token) => [token.attrGet('href'), token.attrGet('src')])
    .concat([...text.matchAll(/(?:src|srcset|href)="([^"]+)"/g)].map(([, target = '']) => target))
    .filter((target): target is string => target !== null);

/** @returns links that lead nowhere, each with what is wrong */
export const brokenLinks = (file: string, text: string): string[] =>
  targetsOf(text)
    .filter((target) => !/^(?:https?|mailto):/.test(target))
    .flatMap((target) => {
      const [path = '', anchor] = decodeURIComponent(target).split('#');
      const there = path === '' ? file : join(dirname(file), path);
      if (path !== '' && (there.startsWith('..') || !existsSync(join(root, there))))
        return [`${target}: there is no ${there}`];
      if (anchor === undefined || !there.endsWith('.md')) return [];
      const other = there === file ? text : readDocument(there);
      return anchorsOf(other).has(anchor) ? [] : [`${target}: ${there} has no heading '${anchor}'`];
    });
