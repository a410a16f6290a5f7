/**
 * Prints the changelog section of a tag's version, for its release: `node release-notes.mjs v2.0.0`.
 * Fails if tag, package.json and changelog disagree.
 */

import { readFileSync } from 'node:fs';
import MarkdownIt from 'markdown-it';

/** @returns the section under the heading `## version` or `## version (date)`, without the heading */
const sectionOf = (changelog, version) => {
  const tokens = new MarkdownIt().parse(changelog, {});
  const headings = tokens.flatMap(({ type, tag, level, map }, index) =>
    type === 'heading_open' && tag <= 'h2' && level === 0
      ? [{ title: tokens[index + 1].content, begin: map[0], end: map[1] }]
      : [],
  );
  const index = headings.findIndex(({ title }) => title.split(' ')[0] === version);
  if (index === -1) throw new Error(`CHANGELOG.md has no section '## ${version}'`);
  const { title, end } = headings[index];
  if (title.includes('unreleased')) {
    throw new Error(`CHANGELOG.md says '## ${title}': give it the date of the release`);
  }
  const lines = changelog.split('\n').slice(end, headings[index + 1]?.begin);
  const section = lines.join('\n').trim();
  if (section === '') throw new Error(`the section '## ${title}' of CHANGELOG.md is empty`);
  return section;
};

const read = (file) => readFileSync(file, 'utf8');

try {
  const [tag] = process.argv.slice(2);
  const { version } = JSON.parse(read('package.json'));
  if (tag !== `v${version}`) {
    throw new Error(`the tag is '${tag}', but package.json has version ${version}: expected 'v${version}'`);
  }
  console.log(sectionOf(read('CHANGELOG.md'), version));
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}
