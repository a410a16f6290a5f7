/** From a session id, which is anybody's input, to the key of its row. */

import { createHash } from 'node:crypto';

/** The most characters a key may have: the length of the `id` column. */
export const maxKeyLength = 100;

const digestPrefix = 'sha256:';
/** Of keys that are digests, for LIKE. */
export const hashedPattern = `${digestPrefix}%`;

const visibleAscii = /^[!-~]{1,100}$/;

/** Whether an id can be a key as it is: 1-100 visible ASCII characters that do not look like a digest. */
export const isPlainKey = (id: string): boolean => visibleAscii.test(id) && !isHashed(id);

/** Whether a row lies under a digest. */
export const isHashed = (key: string): boolean => key.startsWith(digestPrefix);

/** Hashes UTF-16 code units, not UTF-8: in UTF-8 all lone surrogates become one and the same character. */
export const digest = (id: string): string =>
  digestPrefix + createHash('sha256').update(id, 'utf16le').digest('base64url');

/** Whether rows lie under session ids or under digests of them; `'migrate'`: under either, and new ones under digests. */
export type HashIds = boolean | 'migrate';

/** Where the row of a session lies. */
export interface RowKeys {
  /** 1-100 visible ASCII characters, different for different ids. */
  readonly key: string;
  /** The key that it may still have from before ids were hashed, if it may have one. */
  readonly formerKey: string | undefined;
}

/**
 * Ids of 1-100 visible ASCII characters are their own key, as in the tables of the original package. Every other id
 * becomes a digest, so that no database can truncate, fold, pad or refuse it into somebody else's session; an id that
 * looks like a digest is digested too, so that nobody can name one: neither another's row, nor with `hashIds` what a
 * stolen table shows.
 *
 * With `hashIds`, every id becomes a digest. It needs no salt: session ids are random, and as long as the digest.
 */
export const createRowKeys =
  (hashIds: HashIds) =>
  (sid: string): RowKeys => {
    const canBePlain = hashIds !== true && isPlainKey(sid);
    return {
      key: canBePlain && hashIds === false ? sid : digest(sid),
      formerKey: canBePlain && hashIds === 'migrate' ? sid : undefined,
    };
  };

/** The keys of a session whose row has been found. @param id the row's */
export const keysOfRow = (id: string, keysOf: (sid: string) => RowKeys): RowKeys =>
  isHashed(id) ? { key: id, formerKey: undefined } : keysOf(id);

/** What a session is called where its id must not be seen: the same for its row under its id, and under its digest. */
export const aliasOf = (key: string): string =>
  (isHashed(key) ? key : digest(key)).slice(digestPrefix.length);

/** Whether a value can be the id of a session at all: a string, and not the empty one. */
export const isSessionId = (sid: unknown): sid is string => typeof sid === 'string' && sid !== '';
