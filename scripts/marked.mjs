/** Text in a Markdown file that a program writes: it lies between two comments, `<!-- name -->` and `<!-- /name -->`. */

import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';

/** @returns the text as it was written between the comments; undefined where the file has none of that name */
const textBetween = (file, name) => {
  const [, after] = file.split(`<!-- ${name} -->\n`);
  return after?.split(`<!-- /${name} -->`)[0];
};

/** As Prettier would leave it in the file, and with its lines wrapped. */
const formatted = async (path, text) => {
  const options = { ...(await resolveConfig(path)), parser: 'markdown', proseWrap: 'always' };
  return `\n${(await format(text, options)).trim()}\n\n`;
};

const known = (between, path, name) => {
  if (between === undefined)
    throw new Error(`${path} has no place for this: add the lines <!-- ${name} --> and <!-- /${name} -->`);
  return between;
};

/** Replaces the text of a name. @throws Error if the file has no such comments */
export const writeMarked = async (path, name, text) => {
  const file = await readFile(path, 'utf8');
  const between = known(textBetween(file, name), path, name);
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const next = await formatted(path, text);
  // As a function: `$` means nothing in it.
  await writeFile(
    path,
    file.replace(`${begin}${between}${end}`, () => `${begin}${next}${end}`),
  );
};

/** @returns whether the file has just this text under the name. @throws Error if it has no such comments */
export const isMarked = async (path, name, text) => {
  const between = known(textBetween(await readFile(path, 'utf8'), name), path, name);
  return between === (await formatted(path, text));
};
