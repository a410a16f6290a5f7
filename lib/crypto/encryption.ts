/** Seals stored text, so that a stolen table tells nothing, and a changed or moved row is no session. */

import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { kindOf } from '../errors';

/** What sessions are sealed with: at least 32 bytes that nobody can guess. */
export type Secret = string | KeyObject;

/** In front of sealed text: a version, so that another way can be told from this one. */
const version = 'v1';

const algorithm = 'aes-256-gcm';
const keyLength = 32;
/** In bytes: what NIST SP 800-38D recommends for GCM. */
const nonceLength = 12;
const tagLength = 16;

interface Key {
  /** Names the key in front of what it sealed; says nothing of the secret. */
  readonly id: string;
  /** What the keys of rows are derived from. */
  readonly root: Buffer;
}

/** White space around a secret is none of it: a file may end with a newline, and a variable not. */
const bytesOf = (secret: Secret): Buffer =>
  typeof secret === 'string' ? Buffer.from(secret.trim()) : secret.export();

/** One secret, many independent values (RFC 5869). @param purpose tells them apart */
export const derive = (secret: Secret, purpose: string, length: number): Buffer =>
  Buffer.from(
    hkdfSync('sha256', bytesOf(secret), '', `koa-generic-session-knex ${version} ${purpose}`, length),
  );

/** The root of the keys of all rows, and its name. */
const deriveKey = (secret: Secret): Key => ({
  id: derive(secret, 'key id', 6).toString('base64url'),
  root: derive(secret, 'root', keyLength),
});

/**
 * Each row has a key of its own (one more step of HKDF's expansion). Random nonces are safe for some 2^32 texts per
 * key: for one session that is for ever, for all sessions of a busy app it would be weeks.
 */
const keyOfRow = ({ root }: Key, rowKey: string): Buffer =>
  createHmac('sha256', root).update(`row ${rowKey}\x01`).digest();

export interface Seal {
  /** @param key of the row that the text is for: it opens in no other */
  encode(this: void, text: string, key: string): string;
  /** @throws what says why it does not open */
  decode(this: void, sealed: string, key: string): string;
  /** Whether a stored text is sealed at all. */
  isSealed(this: void, stored: string): boolean;
  /** Whether it is sealed with the first secret. */
  isCurrent(this: void, stored: string): boolean;
}

const format = /^v1\.([\w-]{8})\.([\w-]{38,})$/;

/**
 * AES-256-GCM with a random nonce. The row key is authenticated with the text: what was sealed for one row does not
 * open in another.
 *
 * `v1.<key id>.<nonce, tag and ciphertext in base64url>`: ASCII, a third longer than the text and 60 characters.
 *
 * @param secrets the first one seals, all of them open
 */
export const createSeal = (secrets: readonly Secret[]): Seal => {
  const keys = secrets.map(deriveKey);
  const [first] = keys;
  if (first === undefined) throw new TypeError('at least one secret is needed');

  const context = (id: string, rowKey: string): Buffer => Buffer.from(`${version}.${id}.${rowKey}`);

  return {
    isSealed: (stored) => format.test(stored),
    isCurrent: (stored) => stored.startsWith(`${version}.${first.id}.`),

    encode: (text, rowKey) => {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv(algorithm, keyOfRow(first, rowKey), nonce, { authTagLength: tagLength });
      cipher.setAAD(context(first.id, rowKey));
      const sealed = [cipher.update(text, 'utf8'), cipher.final()];
      return `${version}.${first.id}.${Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64url')}`;
    },

    decode: (sealed, rowKey) => {
      const [writtenAs, id, payload, ...others] = sealed.split('.');
      if (writtenAs !== version || payload === undefined || others.length > 0) {
        throw new Error('it is not sealed, or in a way that is not known here');
      }
      const key = keys.find((one) => one.id === id);
      if (key === undefined)
        throw new Error(`it is sealed with a secret (key id ${String(id)}) that is not given`);
      const bytes = Buffer.from(payload, 'base64url');
      // Node takes several texts for the same bytes; one of them was written.
      if (bytes.toString('base64url') !== payload) throw new Error('it is not what was written');
      const decipher = createDecipheriv(algorithm, keyOfRow(key, rowKey), bytes.subarray(0, nonceLength), {
        authTagLength: tagLength,
      });
      decipher.setAAD(context(key.id, rowKey));
      decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
      const text = decipher.update(bytes.subarray(nonceLength + tagLength), undefined, 'utf8');
      return text + decipher.final('utf8');
    },
  };
};

/** Fewer different bytes than this are a pattern, not a secret. */
const fewestDifferent = 8;

/** After how many bytes they begin again; their number if they never do. */
const periodOf = (bytes: Buffer): number => {
  const repeats = (period: number): boolean => bytes.subarray(period).equals(bytes.subarray(0, -period));
  return Array.from(bytes.keys()).find((period) => period > 0 && repeats(period)) ?? bytes.length;
};

/** Why a value cannot be a secret; undefined if it can. */
export const faultOfSecret = (secret: unknown): string | undefined => {
  const isString = typeof secret === 'string';
  if (!isString && (secret as Partial<KeyObject> | null | undefined)?.type !== 'secret')
    return kindOf(secret);
  const what = isString ? 'a string' : 'a key';
  const bytes = bytesOf(secret as Secret);
  if (bytes.length < keyLength) return `${what} of ${bytes.length} bytes`;
  if (new Set(bytes).size < fewestDifferent) return `${what} of a few characters again and again`;
  const period = periodOf(bytes);
  return period < keyLength ? `${what} of the same ${period} bytes again and again` : undefined;
};
