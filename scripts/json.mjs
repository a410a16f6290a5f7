/** Writes JSON that is checked in: as Prettier would leave it. */

import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';

export const writeJson = async (path, value) => {
  const options = { ...(await resolveConfig(path)), parser: 'json' };
  await writeFile(path, await format(JSON.stringify(value, null, 2), options));
};
