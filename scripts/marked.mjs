/** Generated text in a Markdown file, between the comments `<!-- name -->` and `<!-- /name -->`. */

import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

/** @returns the text between the comments; undefined if the file has no such comments */
const textBetween = (file, name) => {
  const [, after] = file.split(`<!-- ${name} -->\n`);
  return after?.split(`<!-- /${name} -->`)[0];
};

/** Formatted by Prettier, with wrapped lines. */
const formatted = async (text) => {
  const config = await resolveConfig(fileURLToPath(import.meta.url));
  const options = { ...config, parser: 'markdown', proseWrap: 'always' };
  return `\n${(await format(text, options)).trim()}\n\n`;
};

const known = (between, path, name) => {
  if (between === undefined)
    throw new Error(`${path} has no place for this: add the lines <!-- ${name} --> and <!-- /${name} -->`);
  return between;
};

/** Replaces the text between the comments. @throws Error if the file has no such comments */
export const writeMarked = async (path, name, text) => {
  const file = await readFile(path, 'utf8');
  const between = known(textBetween(file, name), path, name);
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const next = await formatted(text);
  // A function, because `$` is special in replacement strings.
  await writeFile(
    path,
    file.replace(`${begin}${between}${end}`, () => `${begin}${next}${end}`),
  );
};

/** @returns whether this is the text between the comments. @throws Error if it has no such comments */
export const isMarked = async (path, name, text) => {
  const between = known(textBetween(await readFile(path, 'utf8'), name), path, name);
  return between === (await formatted(text));
};
