/** The keys that sign the cookies: random, and kept in a file, so that a restart logs nobody out. */

import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/** Characters of a random key: 32 bytes in base64url. */
const keyLength = 43;

/**
 * @param file where the key is kept; made, readable by its owner only, if it is missing
 * @returns the keys of `SESSION_KEYS` (with commas between them, the newest first) where that is set, else the file's
 * @throws Error if the file cannot be read or written, or holds something else
 */
export const cookieKeys = async (file) => {
  const given = (process.env.SESSION_KEYS ?? '').split(',').filter((key) => key !== '');
  if (given.length > 0) return given;

  const fresh = randomBytes(32).toString('base64url');
  try {
    await writeFile(file, fresh, { mode: 0o600, flag: 'wx' });
    return [fresh];
  } catch (error) {
    if (error.code !== 'EEXIST')
      throw new Error(`Cannot write the cookie keys: ${error.message}`, { cause: error });
  }
  const kept = (await readFile(file, 'utf8')).trim();
  // An empty or cut file would sign cookies with a key that anybody can guess.
  if (kept.length < keyLength) throw new Error(`${file} holds no key: delete it, and a new one will be made`);
  return [kept];
};
