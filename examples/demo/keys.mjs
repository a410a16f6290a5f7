/** The demo's secrets: random, and kept in files, so that a restart logs nobody out. */

import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/** Characters of a random key: 32 bytes in base64url. */
const keyLength = 43;

/**
 * @param variable of the environment that may hold keys, with commas between them, the newest first
 * @param file where a key is kept otherwise; made, readable by its owner only, if it is missing
 * @returns the keys
 * @throws Error if the file cannot be read or written, or holds something else
 */
export const keysFrom = async (variable, file) => {
  const given = (process.env[variable] ?? '').split(',').filter((key) => key !== '');
  if (given.length > 0) return given;

  const fresh = randomBytes(32).toString('base64url');
  try {
    await writeFile(file, fresh, { mode: 0o600, flag: 'wx' });
    return [fresh];
  } catch (error) {
    if (error.code !== 'EEXIST') throw new Error(`Cannot write ${file}: ${error.message}`, { cause: error });
  }
  const kept = (await readFile(file, 'utf8')).trim();
  // An empty or cut file would be a key that anybody can guess.
  if (kept.length < keyLength) throw new Error(`${file} holds no key: delete it, and a new one will be made`);
  return [kept];
};
