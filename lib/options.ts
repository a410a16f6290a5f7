/** The options of a store: their defaults, and what is wrong with those that came. */

import { jsonCodec, type Codec } from './codec';
import type { HashIds } from './crypto/row-key';
import type { UserIdOf } from './crypto/user-key';
import { checkObject, checkOption } from './rules';
import type { Secret } from './crypto/encryption';

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
   * rejects with `ETIMEDOUT`. A read that is not answered within a quarter of it is sent again, on another
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
   * @defaultValue false; true with `userId` or `absoluteLifetime`
   */
  timestamps: boolean;
  /**
   * How long sessions that name no expiry of their own are remembered, in ms.
   * @defaultValue 86400000, one day
   */
  browserSessionLifetime: number;
  /**
   * How sessions become text and back.
   * @defaultValue JSON
   */
  codec: Codec<S>;
  /**
   * Keep rows under SHA-256 digests of session ids, so that a stolen table, or its backup, logs nobody in. For a table
   * that holds ids, `'migrate'`: a row is also found under its id, and gets its digest the first time that it is used.
   * @defaultValue false
   */
  hashIds: HashIds;
  /**
   * Seal session data with AES-256-GCM, so that a stolen table tells nothing, and a row that is changed or moved is no
   * session. A string or a `KeyObject` of at least 32 bytes that nobody can guess; of several, the first one seals and
   * all of them open, so that it can be replaced without a logout. Not shown in `store.options`.
   * @defaultValue undefined: nothing is sealed
   */
  secret?: Secret | readonly Secret[] | undefined;
  /**
   * With `secret`: also read rows that are not sealed, for the time until all are.
   * @defaultValue false
   */
  readPlain: boolean;
  /**
   * The most bytes that an encoded session may have; `set` rejects a larger one with `E2BIG`. On MySQL and MariaDB,
   * where JSON is stored in ASCII, a character beyond it takes six bytes or twelve.
   * @defaultValue 1048576, 1 MiB
   */
  maxBytes: number;
  /**
   * Whose session it is: what the app calls the user, or undefined, null or the empty string for nobody's. Kept in an
   * indexed column `user_id`, for `sessionsOf`, `destroyAllOf` and `destroyByHandle`; with `secret` as a keyed digest.
   * @defaultValue undefined: these methods reject
   */
  userId?: UserIdOf<S> | undefined;
  /**
   * How long after its creation a session ends, in ms, however often it is prolonged. Needs the column `created_at`; a
   * row that has none counts from when it is next written.
   * @defaultValue undefined: a session may be prolonged for ever
   */
  absoluteLifetime?: number | undefined;
}

/** What `createKnexStore` takes: any of {@link StoreOptions}. */
export interface CreateKnexStoreOptions<S extends object = Record<string, any>> extends Partial<
  StoreOptions<S>
> {
  /** @deprecated The original package documented it and never used it; it has no effect here either. */
  modelName?: string;
}

/** The options that shape the table; other options are accepted, so that one object can serve store and migration. */
export type SessionTableOptions = CreateKnexStoreOptions<any>;

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
  hashIds: false,
  secret: undefined,
  readPlain: false,
  maxBytes: 1_048_576,
  userId: undefined,
  absoluteLifetime: undefined,
};

/**
 * Every option with its value: the caller's, or the default where the caller's is missing or undefined.
 *
 * @throws TypeError that names the first option that is unknown or of a wrong kind, and says what is valid
 */
export const resolveOptions = <S extends object>(
  opts: CreateKnexStoreOptions<S> | null | undefined,
): Readonly<StoreOptions<S>> => {
  checkObject(opts ?? {});
  // Sessions in the clear, because of a variable that is not set, are not what anybody asked for.
  if (Object.keys(opts ?? {}).includes('secret') && opts?.secret === undefined) {
    throw new TypeError(
      'option secret is undefined: is the variable set that it comes from? To do without, leave it out',
    );
  }
  const given = Object.entries(opts ?? {}).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) checkOption(name, value);
  const { modelName: _ignored, ...resolved } = {
    ...defaults,
    ...Object.fromEntries(given),
  } as StoreOptions<S> & {
    modelName?: string;
  };
  const { userId, absoluteLifetime } = resolved;
  if (userId !== undefined || absoluteLifetime !== undefined) resolved.timestamps = opts?.timestamps ?? true;
  if (absoluteLifetime !== undefined && !resolved.timestamps) {
    throw new TypeError(
      'option absoluteLifetime needs the column created_at: leave timestamps to its default, or true',
    );
  }
  if (resolved.readPlain && resolved.secret === undefined) {
    throw new TypeError('option readPlain is of use with secret alone: without one, nothing is sealed');
  }
  return Object.freeze(resolved);
};
