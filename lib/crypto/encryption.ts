/** Encrypts stored text: a stolen table reveals nothing, and a row that was changed or moved does not decrypt. */

import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { kindOf } from '../errors';
import type { Secret } from '../types';

/** Begins every encrypted text, and tells this format from later ones. */
const version = 'v1';

const algorithm = 'aes-256-gcm';
const keyLength = 32;
/** In bytes: what NIST SP 800-38D recommends for GCM. */
const nonceLength = 12;
const tagLength = 16;

const format = /^v1\.([\w-]{8})\.([\w-]{38,})$/;

/** Whether a stored text is encrypted at all. */
export const isEncrypted = (stored: string): boolean => format.test(stored);

/** The bytes of a secret. White space at either end does not count: a file may end with a newline. */
const bytesOf = (secret: Secret): Buffer =>
  typeof secret === 'string' ? Buffer.from(secret.trim()) : secret.export();

/** Derives one of many independent values from a secret (RFC 5869). @param purpose tells them apart */
export const derive = (secret: Secret, purpose: string, length: number): Buffer =>
  Buffer.from(
    hkdfSync('sha256', bytesOf(secret), '', `koa-generic-session-knex ${version} ${purpose}`, length),
  );

/**
 * Each row has a key of its own (one more step of HKDF's expansion). Random nonces are safe for about 2^32 texts per key:
 * one session never writes that many, all sessions of a busy app would in weeks.
 */
const keyOfRow = (root: Buffer, rowKey: string): Buffer =>
  createHmac('sha256', root).update(`row ${rowKey}\x01`).digest();

/**
 * AES-256-GCM with a random nonce. The row key is authenticated with the text: a text does not decrypt in another row.
 *
 * `v1.<key id>.<nonce, tag and ciphertext in base64url>`: ASCII, a third longer than the text and 60 characters.
 *
 * @param secrets the first encrypts, all decrypt
 */
export const createEncryption = ([current, ...older]: readonly [Secret, ...Secret[]]) => {
  const keyOf = (secret: Secret) => ({
    /** Names the key in front of the text; reveals nothing of the secret. */
    id: derive(secret, 'key id', 6).toString('base64url'),
    root: derive(secret, 'root', keyLength),
  });
  const first = keyOf(current);
  const keys = [first, ...older.map(keyOf)];

  const authenticated = (id: string, rowKey: string): Buffer => Buffer.from(`${version}.${id}.${rowKey}`);

  return {
    /** Whether it is encrypted with the first secret. */
    isCurrent: (stored: string): boolean => stored.startsWith(`${version}.${first.id}.`),

    /** @param rowKey the text decrypts in the row with this key alone */
    encrypt: (text: string, rowKey: string): string => {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv(algorithm, keyOfRow(first.root, rowKey), nonce, {
        authTagLength: tagLength,
      });
      cipher.setAAD(authenticated(first.id, rowKey));
      const ciphertext = [cipher.update(text, 'utf8'), cipher.final()];
      return `${version}.${first.id}.${Buffer.concat([nonce, cipher.getAuthTag(), ...ciphertext]).toString('base64url')}`;
    },

    /** @throws Error that says why the text does not decrypt */
    decrypt: (encrypted: string, rowKey: string): string => {
      const [writtenAs, id, payload, ...others] = encrypted.split('.');
      if (writtenAs !== version || payload === undefined || others.length > 0) {
        throw new Error('it is not encrypted, or in an unknown format');
      }
      const key = keys.find((one) => one.id === id);
      if (key === undefined) {
        throw new Error(`it is encrypted with a secret (key id ${String(id)}) that is not among the options`);
      }
      const bytes = Buffer.from(payload, 'base64url');
      // Node decodes several texts to the same bytes; only one of them was written.
      if (bytes.toString('base64url') !== payload) throw new Error('it is not what was written');
      const decipher = createDecipheriv(
        algorithm,
        keyOfRow(key.root, rowKey),
        bytes.subarray(0, nonceLength),
        {
          authTagLength: tagLength,
        },
      );
      decipher.setAAD(authenticated(key.id, rowKey));
      decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
      const text = decipher.update(bytes.subarray(nonceLength + tagLength), undefined, 'utf8');
      return text + decipher.final('utf8');
    },
  };
};

/** Fewer different bytes than this are a pattern, not a secret. */
const fewestDifferent = 8;

/** After how many bytes they repeat; their number if they never do. */
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
  if (new Set(bytes).size < fewestDifferent) return `${what} of a few characters, repeated`;
  const period = periodOf(bytes);
  return period < keyLength ? `${what} of the same ${period} bytes, repeated` : undefined;
};
