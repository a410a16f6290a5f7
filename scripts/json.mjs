/** Writes committed JSON files, formatted by Prettier. */

import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';

export const writeJson = async (path, value) => {
  const options = { ...(await resolveConfig(path)), parser: 'json' };
  await writeFile(path, await format(JSON.stringify(value, null, 2), options));
};
