/** The options of a store: defaults and validation; and that of other arguments. */

import { isCodec, jsonCodec } from './codec';
import { faultOfSecret } from './crypto/encryption';
import { isObject, kindOf } from './errors';
import type { CreateKnexStoreOptions, StoreOptions } from './types';

const defaults: Readonly<StoreOptions> = {
  tableName: 'Sessions',
  sync: true,
  syncTimeout: 3_000,
  retryTimeout: 10_000,
  maxPending: 10_000,
  writeErrors: 'reject',
  conflicts: 'last',
  gcFrequency: 10_000,
  timestamps: false,
  browserSessionLifetime: 86_400_000,
  codec: jsonCodec,
  hashIds: false,
  secret: undefined,
  readPlain: false,
  maxBytes: 1_048_576,
  userId: undefined,
  absoluteLifetime: undefined,
};

/** The longest delay of Node's timers, in ms; a longer one fires at once. */
const longestTimer = 2_147_483_647;

/** The longest time that all databases here can add to another, in ms: SQL Server counts seconds in an int. */
const longestLifetime = 2_147_483_647_000;

/** A statement may go unanswered for up to twice `retryTimeout`. */
const longestRetry = Math.floor(longestTimer / 2);

/** What an option accepts, and how a wrong value is described that must not be shown. */
interface Rule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  readonly describe?: (value: unknown) => string;
}

const numberFrom = (from: number, to: number, expected: string): Rule => ({
  expected: `a number of ${expected}`,
  accepts: (value) => typeof value === 'number' && value >= from && value <= to,
});
const oneOf = (expected: string, ...values: unknown[]): Rule => ({
  expected,
  accepts: (value) => values.includes(value),
});
const boolean = oneOf('true or false', true, false);

const faultsOfSecrets = (value: unknown): string[] => {
  // Array.from, because flatMap would skip a hole.
  const secrets = Array.isArray(value) ? Array.from(value as unknown[]) : [value];
  return secrets.length === 0 ? ['an empty list'] : secrets.flatMap((secret) => faultOfSecret(secret) ?? []);
};

/**
 * Whether Knex takes a name for one table and for nothing else. Knex reads `a as b` as an alias and `*` as all columns,
 * trims names, takes `?` for a binding, drops brackets on SQL Server, and everything behind `[1]` on PostgreSQL. 63 bytes
 * is the shortest limit of the databases here: PostgreSQL's, which cuts longer names without an error.
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

const rules = {
  tableName: {
    expected:
      "a table name such as 'Sessions' or 'schema.table': parts of 1-63 bytes without control characters, " +
      "'?', '\\', '[', ']', ' as ' and white space at either end",
    accepts: (value) => typeof value === 'string' && isTableName(value),
  },
  sync: boolean,
  syncTimeout: numberFrom(1, longestTimer, `ms from 1 to ${longestTimer}`),
  retryTimeout: numberFrom(0, longestRetry, `ms from 0 to ${longestRetry} (0: no retries)`),
  maxPending: numberFrom(1, Infinity, 'calls, 1 or more'),
  writeErrors: oneOf("'reject' or 'emit'", 'reject', 'emit'),
  conflicts: oneOf("'last', 'merge' or 'reject'", 'last', 'merge', 'reject'),
  gcFrequency: numberFrom(0, Infinity, 'requests, 0 or more (0: never sweep)'),
  timestamps: boolean,
  browserSessionLifetime: numberFrom(Number.MIN_VALUE, Infinity, 'ms above 0'),
  codec: {
    expected: 'an object with the functions encode(session) and decode(text)',
    accepts: isCodec,
  },
  hashIds: oneOf("true, false or 'migrate'", true, false, 'migrate'),
  secret: {
    expected:
      'a string or a KeyObject of at least 32 bytes that cannot be guessed (e.g. from `openssl rand -base64 32`), or a list of these',
    accepts: (value) => faultsOfSecrets(value).length === 0,
    describe: (value) => String(faultsOfSecrets(value)[0]),
  },
  readPlain: boolean,
  maxBytes: numberFrom(1, Infinity, 'bytes, 1 or more'),
  userId: {
    expected: "a function from a session to its user's id",
    accepts: (value) => typeof value === 'function',
  },
  absoluteLifetime: numberFrom(1_000, longestLifetime, `ms from 1000 to ${longestLifetime}`),
  modelName: { expected: 'a string', accepts: (value) => typeof value === 'string' },
} satisfies Record<string, Rule>;

const validNames = Object.keys(rules)
  .filter((name) => name !== 'modelName')
  .join(', ');

const describe = (value: unknown): string =>
  ['string', 'number', 'boolean'].includes(typeof value)
    ? `${JSON.stringify(String(value).slice(0, 100))} (${kindOf(value)})`
    : kindOf(value);

/** @throws TypeError that names an option that is unknown or has a wrong value, and says what is valid */
const checkOption = (name: string, value: unknown): void => {
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

/**
 * Every option with its value: the caller's, or the default if the caller's is missing or undefined.
 *
 * @throws TypeError that names the first option that is unknown or has a wrong value, and says what is valid
 */
export const resolveOptions = <S extends object>(
  opts: CreateKnexStoreOptions<S> | null | undefined,
): Readonly<StoreOptions<S>> => {
  const options: unknown = opts ?? {};
  if (typeof options !== 'object' || Array.isArray(options)) {
    throw new TypeError(
      `options must be an object, but are ${kindOf(options)}; valid options: ${validNames}`,
    );
  }
  // A variable that is not set must not turn encryption off.
  const { secret } = opts ?? {};
  if (Object.keys(opts ?? {}).includes('secret') && [secret].flat().includes(undefined)) {
    throw new TypeError(
      `option secret ${secret === undefined ? 'is undefined' : 'has an element that is undefined'}: ` +
        'is its environment variable set? To disable encryption, leave the option out',
    );
  }
  const given = Object.entries(opts ?? {}).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) checkOption(name, value);
  const { modelName: _ignored, ...resolved } = {
    ...defaults,
    ...Object.fromEntries(given),
  } as StoreOptions<S> & { modelName?: string };
  const { userId, absoluteLifetime } = resolved;
  if (userId !== undefined || absoluteLifetime !== undefined) resolved.timestamps = opts?.timestamps ?? true;
  if (absoluteLifetime !== undefined && !resolved.timestamps) {
    throw new TypeError(
      'option absoluteLifetime needs the column created_at: leave timestamps to its default, or true',
    );
  }
  if (resolved.readPlain && resolved.secret === undefined) {
    throw new TypeError('option readPlain only works with secret: without one, nothing is encrypted');
  }
  return Object.freeze(resolved);
};

/** @throws TypeError unless these are options of a method: an object with no other name than this one */
export const checkNames = (method: string, options: unknown, valid: string): void => {
  if (!isObject(options) || Array.isArray(options)) {
    throw new TypeError(`${method}: options must be an object with ${valid}, but are ${kindOf(options)}`);
  }
  const unknown = Object.keys(options).find((name) => name !== valid);
  if (unknown === undefined) return;
  throw new TypeError(`${method}: unknown option ${JSON.stringify(unknown)}; valid: ${valid}`);
};

/**
 * @param caller the function that was called, for the message
 * @throws TypeError unless `value` is a Knex instance or a Knex transaction
 */
export const checkKnex = (value: unknown, caller: string): void => {
  const { raw, client } = (typeof value === 'function' ? value : {}) as Record<'raw' | 'client', unknown>;
  if (typeof raw === 'function' && isObject(client)) return;
  const came = typeof value === 'function' ? 'another function (the knex module itself?)' : kindOf(value);
  throw new TypeError(
    `${caller}: the first argument must be a Knex instance, but is ${came}; ` +
      "create one with knex({ client: 'pg', connection: ... }) and pass it first",
  );
};
