/** Results as files. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Enough digits for every figure, and few enough to read. */
const rounded = (_key, value) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value);

/** @param files contents by name; objects become JSON, and what is undefined no file */
export const writeResults = async (folder, files) => {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) continue;
    const text = typeof content === 'string' ? content : JSON.stringify(content, rounded, 2);
    await writeFile(join(folder, name), `${text}\n`);
  }
};
