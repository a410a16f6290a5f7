/** What each option accepts, and what is said when it is something else. */

import { kindOf } from './errors';
import { isObject } from './is-object';
import { faultOfSecret } from './crypto/encryption';

/** The longest delay that Node's timers take, in ms; longer ones fire at once. */
const longestTimer = 2_147_483_647;

/** The longest that all databases here can add to a time, in ms: SQL Server counts seconds in an int. */
const longestLifetime = 2_147_483_647_000;

/** A statement may go unanswered for up to twice `retryTimeout`. */
const longestRetry = Math.floor(longestTimer / 2);

interface Rule {
  expected: string;
  accepts: (value: unknown) => boolean;
  /** What came, in words: for what must not be shown as it is. */
  describe?: (value: unknown) => string;
}

const isNumber = (value: unknown, from: number, to: number): boolean =>
  typeof value === 'number' && value >= from && value <= to;

const boolean: Rule = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };

const rules = {
  tableName: {
    expected:
      "a table name such as 'Sessions' or 'schema.table': parts of 1-63 bytes without control characters, " +
      "'?', '\\', '[', ']', ' as ' and white space at either end",
    accepts: (value) => typeof value === 'string' && isTableName(value),
  },
  sync: boolean,
  syncTimeout: {
    expected: `a number of ms from 1 to ${longestTimer}`,
    accepts: (value) => isNumber(value, 1, longestTimer),
  },
  retryTimeout: {
    expected: `a number of ms from 0 to ${longestRetry} (0: try nothing again)`,
    accepts: (value) => isNumber(value, 0, longestRetry),
  },
  maxPending: {
    expected: 'a number of calls, 1 or more',
    accepts: (value) => isNumber(value, 1, Infinity),
  },
  writeErrors: {
    expected: "'reject' or 'emit'",
    accepts: (value) => value === 'reject' || value === 'emit',
  },
  gcFrequency: {
    expected: 'a number of requests, 0 or more (0: never sweep)',
    accepts: (value) => isNumber(value, 0, Infinity),
  },
  timestamps: boolean,
  browserSessionLifetime: {
    expected: 'a number of ms above 0',
    accepts: (value) => isNumber(value, Number.MIN_VALUE, Infinity),
  },
  codec: {
    expected: 'an object with the functions encode(session) and decode(text)',
    accepts: (value) =>
      isObject(value) && typeof value['encode'] === 'function' && typeof value['decode'] === 'function',
  },
  hashIds: {
    expected: "true, false or 'migrate'",
    accepts: (value) => typeof value === 'boolean' || value === 'migrate',
  },
  secret: {
    expected:
      'a string or a KeyObject of at least 32 bytes that nobody can guess (as of `openssl rand -base64 32`), or a list of such',
    accepts: (value) => faultsOfSecrets(value).length === 0,
    describe: (value) => String(faultsOfSecrets(value)[0]),
  },
  readPlain: boolean,
  maxBytes: {
    expected: 'a number of bytes, 1 or more',
    accepts: (value) => isNumber(value, 1, Infinity),
  },
  userId: {
    expected: "a function from a session to its user's id",
    accepts: (value) => typeof value === 'function',
  },
  absoluteLifetime: {
    expected: `a number of ms from 1000 to ${longestLifetime}`,
    accepts: (value) => isNumber(value, 1_000, longestLifetime),
  },
  modelName: { expected: 'a string', accepts: (value) => typeof value === 'string' },
} satisfies Record<string, Rule>;

const faultsOfSecrets = (value: unknown): string[] => {
  // Array.from, so that an empty place is not passed over.
  const secrets = Array.isArray(value) ? Array.from(value as unknown[]) : [value];
  return secrets.length === 0 ? ['an empty list'] : secrets.flatMap((secret) => faultOfSecret(secret) ?? []);
};

const validNames = Object.keys(rules)
  .filter((name) => name !== 'modelName')
  .join(', ');

/**
 * Whether Knex would take a name for one table and for nothing else: it reads `a as b` as an alias and `*` as
 * all columns, trims names, takes `?` for a binding, drops brackets on SQL Server, and all behind `[1]` on PostgreSQL.
 * 63 bytes is the shortest limit of the databases here (PostgreSQL's, which silently cuts longer names).
 */
const isTableName = (name: string): boolean => {
  const parts = name.split('.');
  return parts.length <= 3 && parts.every(isTableNamePart);
};

// eslint-disable-next-line no-control-regex -- control characters are what it refuses
const unnameable = /[\0-\x1f\x7f?\\[\]]|\p{Surrogate}|\sas\s/iu;

const isTableNamePart = (part: string): boolean =>
  part !== '' &&
  part !== '*' &&
  part.trim() === part &&
  Buffer.byteLength(part) <= 63 &&
  !unnameable.test(part);

/** @throws TypeError unless there are options, as an object */
export const checkObject = (opts: unknown): void => {
  if (typeof opts === 'object' && !Array.isArray(opts)) return;
  throw new TypeError(`options must be an object, but are ${kindOf(opts)}; valid options: ${validNames}`);
};

/** @throws TypeError unless these are options of a method, as an object, with no other name than this one */
export const checkNames = (method: string, options: unknown, valid: string): void => {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${method}: options must be an object with ${valid}, but are ${kindOf(options)}`);
  }
  const unknown = Object.keys(options).find((name) => name !== valid);
  if (unknown === undefined) return;
  throw new TypeError(`${method}: unknown option ${JSON.stringify(unknown)}; valid: ${valid}`);
};

/** @throws TypeError that names an option that is unknown or of a wrong kind, and says what is valid */
export const checkOption = (name: string, value: unknown): void => {
  if (!Object.keys(rules).includes(name)) {
    throw new TypeError(`unknown option ${JSON.stringify(name)}; valid options: ${validNames}`);
  }
  const rule: Rule = rules[name as keyof typeof rules];
  if (rule.accepts(value)) return;
  const came = rule.describe?.(value) ?? describe(value);
  throw new TypeError(
    `option ${name} must be ${rule.expected}, but is ${came}; valid options: ${validNames}`,
  );
};

const describe = (value: unknown): string =>
  ['string', 'number', 'boolean'].includes(typeof value)
    ? `${JSON.stringify(String(value).slice(0, 100))} (${kindOf(value)})`
    : kindOf(value);
