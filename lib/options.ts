/** The options of a store: their defaults, and what is wrong with those that came. */

import { jsonCodec, type Codec } from './codec';
import { kindOf } from './errors';

/** Options of `createKnexStore`; every one has a default. */
export interface StoreOptions<S extends object = Record<string, any>> {
  /**
   * The table that holds the sessions, optionally with its schema: `'Sessions'`, `'app.Sessions'`.
   * @defaultValue 'Sessions'
   */
  tableName: string;
  /**
   * Create the table if it is missing, and add the columns that other options need. When false, a missing
   * table or column is reported by name, and nothing is changed.
   * @defaultValue true
   */
  sync: boolean;
  /**
   * How long a call waits for the table to be ready before it rejects, in ms.
   * @defaultValue 3000
   */
  syncTimeout: number;
  /**
   * How long a call of `get`, `set`, `destroy` or `touch` may take, in ms, from when the table is ready. Until then,
   * what fails for a reason that passes by itself (the database restarts, a deadlock) is tried again; then the call
   * rejects with `ETIMEDOUT`. A statement that is not answered within half of it is sent once more, on another
   * connection. 0: nothing is tried again, and nothing is timed.
   * @defaultValue 10000
   */
  retryTimeout: number;
  /**
   * How many calls may be under way: one more rejects at once with `EOVERLOADED`, so that a database that is away
   * costs no more memory than these.
   * @defaultValue 10000
   */
  maxPending: number;
  /**
   * What a `set`, `destroy` or `touch` does that fails: `'reject'`; or `'emit'` an `error` event and resolve, for a
   * middleware that awaits no write, koa-session-minimal: there, a rejection would end the process.
   * @defaultValue 'reject'
   */
  writeErrors: 'reject' | 'emit';
  /**
   * Sweep expired rows after about this many calls of `get` and `set`, counted by each store and jittered by
   * half of it either way, so that processes do not sweep together. 0 never sweeps: call `gc()` yourself.
   * @defaultValue 10000
   */
  gcFrequency: number;
  /**
   * Keep `created_at` and `updated_at` columns.
   * @defaultValue false
   */
  timestamps: boolean;
  /**
   * How long sessions that name no expiry of their own are remembered, in ms.
   * @defaultValue 86400000 (one day)
   */
  browserSessionLifetime: number;
  /**
   * How sessions become text and back.
   * @defaultValue JSON
   */
  codec: Codec<S>;
}

/** What `createKnexStore` takes: any of {@link StoreOptions}. */
export interface CreateKnexStoreOptions<S extends object = Record<string, any>> extends Partial<
  StoreOptions<S>
> {
  /** @deprecated The original package documented it and never used it; it has no effect here either. */
  modelName?: string;
}

/** The options that shape the table; other options are accepted, so that one object can serve store and migration. */
export type SessionTableOptions = CreateKnexStoreOptions;

const defaults: Readonly<StoreOptions> = {
  tableName: 'Sessions',
  sync: true,
  syncTimeout: 3_000,
  retryTimeout: 10_000,
  maxPending: 10_000,
  writeErrors: 'reject',
  gcFrequency: 10_000,
  timestamps: false,
  browserSessionLifetime: 86_400_000,
  codec: jsonCodec,
};

/** The longest delay that Node's timers take, in ms; longer ones fire at once. */
const longestTimer = 2_147_483_647;

/** A statement may go unanswered for up to twice `retryTimeout`. */
const longestRetry = Math.floor(longestTimer / 2);

interface Rule {
  expected: string;
  accepts: (value: unknown) => boolean;
}

const isNumber = (value: unknown, from: number, to: number): boolean =>
  typeof value === 'number' && value >= from && value <= to;

const boolean: Rule = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };

const rules: Readonly<Record<keyof StoreOptions | 'modelName', Rule>> = {
  tableName: {
    expected:
      "a table name such as 'Sessions' or 'schema.table': parts of 1-63 bytes without control characters, " +
      "'?', '\\', ' as ' and white space at either end",
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
      typeof value === 'object' &&
      value !== null &&
      typeof (value as Partial<Codec>).encode === 'function' &&
      typeof (value as Partial<Codec>).decode === 'function',
  },
  modelName: { expected: 'a string', accepts: (value) => typeof value === 'string' },
};

const validNames = Object.keys(defaults).join(', ');

/**
 * Whether Knex would take a name for one table and for nothing else: it reads `a as b` as an alias and `*` as
 * all columns, trims names, and takes `?` for a binding. 63 bytes is the shortest limit of the databases here
 * (PostgreSQL's, which silently cuts longer names).
 */
const isTableName = (name: string): boolean => {
  const parts = name.split('.');
  return parts.length <= 3 && parts.every(isTableNamePart);
};

// eslint-disable-next-line no-control-regex -- control characters are what it refuses
const unnameable = /[\0-\x1f\x7f?\\]|\p{Surrogate}|\sas\s/iu;

const isTableNamePart = (part: string): boolean =>
  part !== '' &&
  part !== '*' &&
  part.trim() === part &&
  Buffer.byteLength(part) <= 63 &&
  !unnameable.test(part);

/**
 * Every option with its value: the caller's, or the default where the caller's is missing or undefined.
 *
 * @throws TypeError that names the first option that is unknown or of a wrong kind, and says what is valid
 */
export const resolveOptions = <S extends object>(
  opts: CreateKnexStoreOptions<S> | null | undefined,
): Readonly<StoreOptions<S>> => {
  if (typeof (opts ?? {}) !== 'object' || Array.isArray(opts)) {
    throw new TypeError(`options must be an object, but are ${kindOf(opts)}; valid options: ${validNames}`);
  }
  const given = Object.entries(opts ?? {}).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) check(name, value);
  const { modelName: _ignored, ...resolved } = {
    ...defaults,
    ...Object.fromEntries(given),
  } as StoreOptions<S> & {
    modelName?: string;
  };
  return Object.freeze(resolved);
};

const check = (name: string, value: unknown): void => {
  if (!Object.keys(rules).includes(name)) {
    throw new TypeError(`unknown option ${JSON.stringify(name)}; valid options: ${validNames}`);
  }
  const rule = rules[name as keyof typeof rules];
  if (!rule.accepts(value)) {
    const came = ['string', 'number', 'boolean'].includes(typeof value)
      ? JSON.stringify(String(value).slice(0, 100)) + ` (${kindOf(value)})`
      : kindOf(value);
    throw new TypeError(
      `option ${name} must be ${rule.expected}, but is ${came}; valid options: ${validNames}`,
    );
  }
};
