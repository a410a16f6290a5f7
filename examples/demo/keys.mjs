/** The demo's secrets: random, and stored in files, to keep users logged in after a restart. */

import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/** Characters of a random key: 32 bytes in base64url. */
const keyLength = 43;

/**
 * @param variable an environment variable with keys, separated by commas, the newest first
 * @param file stores a key if the variable is empty; created if it is missing, readable by its owner only
 * @returns the keys
 * @throws Error if the file cannot be read or written, or does not contain a key
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
  // An empty or truncated file would be a guessable key.
  if (kept.length < keyLength) throw new Error(`${file} holds no key: delete it, and a new one will be made`);
  return [kept];
};
