/** From a session id, which is anybody's input, to the key of its row. */

import { createHash } from 'node:crypto';

/** The most characters a key may have: the length of the `id` column. */
export const maxKeyLength = 100;

const digestPrefix = 'sha256:';
const visibleAscii = /^[!-~]{1,100}$/;

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

/** @param sid any string but the empty one */
const isPlainKey = (sid: string): boolean => visibleAscii.test(sid) && !sid.startsWith(digestPrefix);

/** Hashes UTF-16 code units, not UTF-8: in UTF-8 all lone surrogates become one and the same character. */
const digest = (sid: string): string =>
  digestPrefix + createHash('sha256').update(sid, 'utf16le').digest('base64url');

/** Whether a value can be the id of a session at all: a string, and not the empty one. */
export const isSessionId = (sid: unknown): sid is string => typeof sid === 'string' && sid !== '';
