/** From a session id, which is untrusted input, to the key of its row. */

import { createHash } from 'node:crypto';
import { kindOf } from '../errors';
import type { HashIds } from '../types';

/** The longest key, in characters: the length of the `id` column. */
export const maxKeyLength = 100;

const digestPrefix = 'sha256:';
/** Matches keys that are digests, for LIKE. */
export const hashedPattern = `${digestPrefix}%`;

const visibleAscii = /^[!-~]{1,100}$/;

/** Whether a row lies under a digest. */
export const isHashed = (key: string): boolean => key.startsWith(digestPrefix);

/** Whether an id can be a key unchanged: 1-100 visible ASCII characters that do not look like a digest. */
export const isPlainKey = (id: string): boolean => visibleAscii.test(id) && !isHashed(id);

/** Hashes UTF-16 code units, not UTF-8: in UTF-8, all lone surrogates become the same character. */
export const digest = (id: string): string =>
  digestPrefix + createHash('sha256').update(id, 'utf16le').digest('base64url');

/** The key of a row once its id is hashed. @param key a plain id, or a digest already */
export const hashedKey = (key: string): string => (isHashed(key) ? key : digest(key));

/** Where the row of a session lies. */
export interface RowKeys {
  /** 1-100 visible ASCII characters, different for different ids. */
  readonly key: string;
  /** With `hashIds: 'migrate'`, the plain id: its row may still lie there. */
  readonly formerKey: string | undefined;
}

export type RowKeysOf = (sid: string) => RowKeys;

/**
 * An id of 1-100 visible ASCII characters is its own key, as in tables of the original package. Any other id becomes a
 * digest: no database can truncate, fold, pad or refuse it, and hand out another session. So does an id that looks like
 * a digest: no client can name the key of another session, nor one read from a stolen table with `hashIds`.
 *
 * With `hashIds`, every id becomes a digest. It needs no salt: session ids are random, and as long as the digest.
 */
export const createRowKeys =
  (hashIds: HashIds): RowKeysOf =>
  (sid) => {
    const canBePlain = hashIds !== true && isPlainKey(sid);
    return {
      key: canBePlain && hashIds === false ? sid : digest(sid),
      formerKey: canBePlain && hashIds === 'migrate' ? sid : undefined,
    };
  };

/** The keys of a session whose row has been found. @param id the row's */
export const keysOfRow = (id: string, keysOf: RowKeysOf): RowKeys =>
  isHashed(id) ? { key: id, formerKey: undefined } : keysOf(id);

/** Names a session without revealing its id: the same for its row under its id, and under its digest. */
export const aliasOf = (key: string): string => hashedKey(key).slice(digestPrefix.length);

/** Whether a value can be a session id: any non-empty string. */
export const isSessionId = (sid: unknown): sid is string => typeof sid === 'string' && sid !== '';

/** @throws TypeError unless the value can be a session id. @param name what the message calls it */
export const checkSid = (sid: unknown, name = 'sid'): string => {
  if (isSessionId(sid)) return sid;
  throw new TypeError(
    `${name} must be a string of at least one character, but is ${sid === '' ? 'empty' : kindOf(sid)}`,
  );
};

/** Where the row store finds a row: with `hashIds: 'migrate'`, the id migration takes it from the plain id. */
export const addressOf = ({ key, formerKey }: RowKeys): string => formerKey ?? key;
