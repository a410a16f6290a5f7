/** What users see: the store, its options, and what it returns. */

/* eslint-disable @typescript-eslint/no-explicit-any -- sessions have keys and values of the app, events their own arguments */

import type { KeyObject } from 'node:crypto';
import type { Knex } from 'knex';
import type { SessionStoreError, SessionStoreOperation } from './errors';

/** Of any event: middlewares may listen to events of their own. */
type Listener = (...args: any[]) => void;

/* Options */

/** A ttl as middlewares pass it: milliseconds, or koa-session's `'session'` for 'until the browser closes'. */
export type Ttl = number | 'session' | null | undefined;

/** How sessions become text. Both functions are synchronous; both may throw. */
export interface Codec<S extends object = Record<string, any>> {
  /**
   * The text to store: any string without NUL characters and lone surrogates. Plain ASCII (base64, say) is safe in
   * every table and over every connection; anything else needs a Unicode column, and on MySQL a utf8mb4 connection.
   */
  encode(this: void, session: S): string;
  /** The session again: a new object on every call. If it throws, the row reads as 'no session'. */
  decode(this: void, text: string): S;
}

/** Turns text into other text, such as compressed or encrypted text: one more step after a codec. */
export interface TextCodec {
  encode(this: void, text: string): string;
  /** If it throws, the row reads as 'no session'. */
  decode(this: void, text: string): string;
}

/** Whether rows lie under session ids or under digests of them; `'migrate'`: under either, new ones under digests. */
export type HashIds = boolean | 'migrate';

/** Encrypts sessions: at least 32 bytes that cannot be guessed. */
export type Secret = string | KeyObject;

/** A user's id, as the app names its users. */
export type UserId = string | number;

/** The option `userId`: the user of a session; undefined, null and the empty string mean that it has none. */
export type UserIdOf<S extends object> = (session: S) => UserId | null | undefined;

/** Options of `createKnexStore`; every one has a default. */
export interface StoreOptions<S extends object = Record<string, any>> {
  /**
   * The table that holds the sessions, optionally with its schema: `'Sessions'`, `'app.Sessions'`.
   * @defaultValue 'Sessions'
   */
  tableName: string;
  /**
   * Create the table if it is missing, and add the columns that other options need. When false, the store reports a
   * missing table or column by name, and changes nothing.
   * @defaultValue true
   */
  sync: boolean;
  /**
   * How long a call waits for the table to be ready before it rejects, in ms.
   * @defaultValue 3000
   */
  syncTimeout: number;
  /**
   * How long a call of `get`, `set`, `destroy` or `touch` may take, in ms, once the table is ready. Until then the
   * store retries transient failures (a database restart, a deadlock); after that the call rejects with `ETIMEDOUT`.
   * A read that gets no answer within a quarter of it is sent again, on another connection. 0: no retries and no
   * time limit.
   * @defaultValue 10000
   */
  retryTimeout: number;
  /**
   * How many calls may be pending. One more rejects at once with `EOVERLOADED`, which bounds the memory that an
   * outage costs.
   * @defaultValue 10000
   */
  maxPending: number;
  /**
   * What a failed `set`, `destroy` or `touch` does: `'reject'`; or `'emit'` an `error` event and resolve, for
   * koa-session-minimal, which awaits no write: there, a rejection would end the process.
   * @defaultValue 'reject'
   */
  writeErrors: 'reject' | 'emit';
  /**
   * What a `set` of a loaded session does if another request has changed its row since:
   * - `'last'`: it replaces the row. What the other request changed is lost, as with every other session store.
   * - `'merge'`: what this request has changed, added or removed since it loaded (or last saved) the session is applied
   *   to what the row now holds, by top-level key. A key that both changed is the later save's. Needs a codec whose
   *   `decode` returns plain objects.
   * - `'reject'`: it rejects with `ECONFLICT`, and nothing is written.
   *
   * In all three, a session that has ended stays ended, and one that this request has not changed is at most prolonged.
   * @defaultValue 'last'
   */
  conflicts: 'last' | 'merge' | 'reject';
  /**
   * Sweep expired rows after about this many calls of `get` and `set`, counted by each store and jittered by half of
   * it either way, which keeps processes from sweeping together. 0 never sweeps: call `gc()` yourself.
   * @defaultValue 10000
   */
  gcFrequency: number;
  /**
   * Keep `created_at` and `updated_at` columns.
   * @defaultValue false; true with `userId` or `absoluteLifetime`
   */
  timestamps: boolean;
  /**
   * Lifetime of sessions without an expiry of their own, in ms.
   * @defaultValue 86400000, one day
   */
  browserSessionLifetime: number;
  /**
   * How sessions become text and back.
   * @defaultValue JSON
   */
  codec: Codec<S>;
  /**
   * Keep rows under SHA-256 digests of session ids: a stolen table, or a backup of it, logs no one in. For a table that
   * holds plain ids, use `'migrate'`: the store also finds a row under its id, and moves it to its digest on first use.
   * @defaultValue false
   */
  hashIds: HashIds;
  /**
   * Encrypt session data with AES-256-GCM: a stolen table reveals nothing, and a row that was changed or moved is no
   * session. A string or a `KeyObject` of at least 32 bytes that cannot be guessed. In a list, the first encrypts and
   * all decrypt, which allows to replace a secret without logging users out. Not shown in `store.options`.
   * @defaultValue undefined: no encryption
   */
  secret?: Secret | readonly Secret[] | undefined;
  /**
   * With `secret`: also read rows that are not encrypted, until all are.
   * @defaultValue false
   */
  readPlain: boolean;
  /**
   * The largest encoded session, in bytes; `set` rejects a larger one with `E2BIG`. On MySQL and MariaDB, where JSON is
   * stored as ASCII, a character outside ASCII takes six or twelve bytes.
   * @defaultValue 1048576, 1 MiB
   */
  maxBytes: number;
  /**
   * Returns the user's id of a session, or undefined, null or the empty string if it has none. Stored in an indexed
   * column `user_id` for `sessionsOf`, `destroyAllOf` and `destroyByHandle`; with `secret`, as a keyed digest.
   * @defaultValue undefined: these methods reject
   */
  userId?: UserIdOf<S> | undefined;
  /**
   * How long after its creation a session ends, in ms, however often it is prolonged. Needs the column `created_at`; a
   * row without a value there counts from its next write.
   * @defaultValue undefined: no limit
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

/** The options that shape the table; other options are accepted, and one object can serve store and migration. */
export type SessionTableOptions = CreateKnexStoreOptions<any>;

/* What the store returns */

/** What koa-session passes with each call; the store reads only `ctx`. */
export interface CallContext {
  ctx?: object;
  [other: string]: unknown;
}

export interface UpdateOptions {
  /** How long the session lives from now on, in ms, above 0; without it (as for {@link Ttl}), its expiry stays. */
  ttl?: Ttl;
}

export interface RotateOptions {
  /**
   * How long the old id still reads the session, in ms, 0 or above: for requests that were sent with the old cookie. What
   * they save is not stored. Leave it out at a login: an attacker who knows the old id would be logged in for as long.
   * Other Knex clients than those with a dialect of their own have none.
   * @defaultValue 0
   */
  grace?: number | undefined;
}

/** A live session, as `entries` reads it. */
export interface SessionEntry<S extends object = Record<string, any>> {
  /** The row's id: the session's id if it can be a key and is not hashed, else `sha256:` and its digest. */
  readonly id: string;
  readonly session: S;
  /** Null if the row does not say. */
  readonly created: Date | null;
  readonly updated: Date | null;
  readonly expires: Date;
}

export interface EntriesOptions {
  /**
   * How many rows to read, and hold in memory, at a time.
   * @defaultValue 100
   */
  batchSize?: number;
}

/** A live session of a user, as {@link SessionStore.sessionsOf} lists it. */
export interface UserSession<S extends object = Record<string, any>> {
  /**
   * Names the session for `destroyByHandle`. It is safe to show, in a form say: it cannot be used to log in. It stays
   * the same as long as the session keeps its id and its user, and reveals the user's id.
   */
  readonly handle: string;
  /** Whether it is the session whose id was passed as `current`. */
  readonly current: boolean;
  /** Null if the row does not say. */
  readonly created: Date | null;
  /** The last write, prolongations included; null if the row does not say. */
  readonly updated: Date | null;
  readonly expires: Date;
  readonly session: S;
}

/** Statements that read, or that write, and how many calls shared them. */
export interface BatchStats {
  /** Statements, without those that were sent again, whole or in halves. */
  readonly statements: number;
  /**
   * Calls of `get`, or of `set`, `destroy` and `touch`, that they answered. A call that needs several statements counts
   * in each: with `hashIds: 'migrate'`, nearly every call does.
   */
  readonly calls: number;
  /** Rows in them: fewer than calls, if several calls for one session shared a row. */
  readonly rows: number;
  /** Rows of the largest statement. */
  readonly largest: number;
  /** How many statements had 1 row, 2-3, 4-7, 8-15 and so on, up to the largest. */
  readonly sizes: readonly number[];
}

/** A snapshot of a store: counts since it was created, and how many calls are pending now. */
export interface StoreStats {
  /** Calls of each method; of `entries`, its pages. */
  readonly calls: Readonly<Record<SessionStoreOperation, number>>;
  /** Calls that failed: that rejected or, with `writeErrors: 'emit'`, would have. */
  readonly failures: number;
  /** Calls of `get` that found a session. */
  readonly hits: number;
  /** Calls of `get` that found none. */
  readonly misses: number;
  readonly batches: { readonly reads: BatchStats; readonly writes: BatchStats };
  /** Writes that were not sent. */
  readonly savedWrites: {
    /** Calls of `set` and `touch` with a loaded session whose data had not changed and whose expiry had not moved. */
    readonly unchanged: number;
    /** Writes merged into a later one of the same session. */
    readonly merged: number;
  };
  /** How often two changed the same session at once, as far as it was noticed: see the option `conflicts`, and `update`. */
  readonly conflicts: {
    /** Calls of `set` that kept what another request had changed. */
    readonly merged: number;
    /** Calls of `set` that rejected with `ECONFLICT`. */
    readonly rejected: number;
    /** Further calls of the function that `update` was given. */
    readonly retried: number;
  };
  /** Statements sent again after a transient failure. */
  readonly retries: number;
  /** Outages that began, including the current one. */
  readonly outages: number;
  readonly sweeps: {
    /** Sweeps begun, by the store itself or by `gc`. */
    readonly runs: number;
    /** Expired rows that they deleted. */
    readonly rows: number;
    /** Sweeps that failed. */
    readonly failures: number;
  };
  /** Calls pending now, `maxPending` at most. */
  readonly waiting: number;
}

/* Diagnostics channels */

interface Traced {
  /** Set before the stages that report the end, if the operation failed. */
  error?: unknown;
}

/** The message of the tracing channel `koa-generic-session-knex:OPERATION`: the same object at every stage of a call. */
export interface OperationTrace extends Traced {
  readonly operation: SessionStoreOperation;
  readonly tableName: string;
  /**
   * For `get`, `set`, `destroy`, `touch`, `update` and `rotate` (the old id): names the session without revealing its id,
   * by 16 characters that are the same for the same id. Computed when first read.
   */
  readonly session?: string | undefined;
  /** For `get`, `update`, `rotate` and `destroyByHandle`, once they succeeded: whether there was such a session. */
  found?: boolean;
  /** For `gc`, `length`, `entries`, `sessionsOf` and `destroyAllOf`, once they succeeded: how many rows or sessions. */
  rows?: number;
}

/**
 * The message of the tracing channel `koa-generic-session-knex:batch`: a statement that calls share, retries included.
 * The calls report its failure.
 */
export interface BatchTrace {
  readonly tableName: string;
  readonly kind: 'read' | 'write';
  /** Rows in it. */
  readonly rows: number;
  /** Calls that it answers. */
  readonly calls: number;
}

/** The message of the tracing channel `koa-generic-session-knex:sweep`: a sweep of expired rows. */
export interface SweepTrace extends Traced {
  readonly tableName: string;
  /** Rows deleted, once it succeeded. */
  rows?: number;
}

/**
 * The message of the channels `koa-generic-session-knex:connect`, `unavailable`, `available`, `error`, `retry` and
 * `conflict`.
 */
export interface EventMessage {
  readonly tableName: string;
  /** Of a conflict: how it ended, as `stats` counts it. */
  readonly outcome?: keyof StoreStats['conflicts'];
  /** The failure, if there is one. */
  readonly error?: unknown;
}

/* The store */

/**
 * Sessions in a SQL table. Every method is bound and can be passed on alone; every asynchronous one returns a native
 * promise and ignores the further arguments that middlewares pass.
 *
 * The store retries transient failures. After that, calls reject with a {@link SessionStoreError}: `ETIMEDOUT` after
 * `retryTimeout`, `EOVERLOADED` at once if `maxPending` calls are already pending, `ESYNC` if the table is not ready
 * within `syncTimeout`, `ESCHEMA` if it is missing or lacks columns and `sync` is off, `ECLOSED` after `close()`. If the
 * database refuses a statement, they reject with the driver's own error.
 *
 * Calls of one kind made in one turn of the event loop share a statement. For one session, `get`, `set`, `touch` and
 * `destroy` take effect in the order of the calls, awaited or not.
 *
 * A session returned by `get` is a loaded session. Setting it again updates its row and never inserts one: a session
 * that another request has ended, or that has expired since, stays gone. If it is unchanged, at most its expiry is
 * written. The store recognises the object itself, or the `ctx` that koa-session passes with each call.
 *
 * @typeParam S the shape of a session
 */
export interface SessionStore<S extends object = Record<string, any>> {
  /**
   * Reads a session.
   *
   * @param sid the session's id; an impossible one (empty, not a string) reads as null
   * @param ttl ignored; koa-session passes it
   * @param context `ctx` is the request that loads the session, as koa-session passes it
   * @returns a new object on every call; null if there is no such session, if it has expired, or if its row cannot be
   * decoded (which also emits an `error` event)
   */
  get(this: void, sid: string, ttl?: Ttl, context?: CallContext, ...ignored: unknown[]): Promise<S | null>;

  /**
   * Stores a session: inserts it, or replaces it. A loaded session is only ever replaced, and only if it has changed.
   *
   * @param sid the session's id: any non-empty string
   * @param session encoded before `set` returns; later changes to the object are not stored
   * @param ttl ms. Without one (missing, null, 0, NaN, `'session'`), `session.cookie.expires` counts, then
   * `session.cookie.maxAge`, then `browserSessionLifetime`. Negative: the session ends now.
   * @param context `ctx` is the request that loaded the session, if one did
   * @throws TypeError for a bad sid, session or ttl; then nothing is written
   */
  set(
    this: void,
    sid: string,
    session: S,
    ttl?: Ttl,
    context?: CallContext,
    ...ignored: unknown[]
  ): Promise<void>;

  /**
   * Ends a session. Does nothing if there is none.
   *
   * @param context `ctx` is the request that ends it. What the same `ctx` sets afterwards under the same id is a new
   * session. If it has loaded or stored the session and sets another id within a second, that moves the row, as it was
   * when `destroy` took it away; if another request has ended the session, nothing is stored.
   * @throws TypeError for a bad sid
   */
  destroy(this: void, sid: string, context?: CallContext, ...ignored: unknown[]): Promise<void>;

  /**
   * Moves the expiry of a live session, and leaves its data alone.
   *
   * @param ttl ms, from now; without one, `browserSessionLifetime`. Negative: the session ends now.
   * @param context `ctx` is the request that loaded the session, if one did: if its expiry stays, nothing is written
   * @throws TypeError for a bad sid or ttl
   */
  touch(this: void, sid: string, ttl?: Ttl, context?: CallContext, ...ignored: unknown[]): Promise<void>;

  /**
   * Changes a session as it is now: reads it, calls `change` with it, and saves it only if nothing else was saved
   * meanwhile; else it begins again. For jobs, websockets, webhooks and admin pages, beside the requests of the session.
   *
   * Does not wait for earlier calls that were not awaited, except that it sees what they have changed.
   *
   * @param change changes the session in place, or returns another; may be asynchronous, within `retryTimeout`. It may be
   * called several times: it should have no other effects. What it throws rejects the call, and nothing is written.
   * @returns the session as it is stored; null if there is none, which `update` does not create. To `set` it later is to
   * change a loaded session.
   * @throws TypeError for a bad sid, function or options; SessionStoreError `ECONFLICT` if the database's answer to the
   * save was lost and the session has changed since: the update may have been made
   *
   * @example
   * await store.update(sid, (session) => {
   *   session.unread += 1;
   * });
   */
  update(
    this: void,
    sid: string,
    // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a function that returns nothing changes it in place
    change: (session: S) => S | void | Promise<S | void>,
    options?: UpdateOptions,
  ): Promise<S | null>;

  /**
   * Gives a session another id, as one act: the session lies under the new id only if it was there, and not ended, when
   * it was taken from the old one. It keeps its expiry and its age.
   *
   * The old id then reads no session, or the same one during `grace`. For a minute at least, and all of `grace`, to
   * `destroy` the old id is to end the session. What a request has loaded under the old id can be saved under the new
   * one: it counts as loaded.
   *
   * @param from the old id
   * @param to the new id, which an attacker must not guess; a session under it is replaced
   * @returns whether there was such a session; if not, nothing has changed
   * @throws TypeError for a bad id or options, or if both ids are the same
   *
   * @example
   * const hasMoved = await store.rotate(sid, 'a-new-random-id', { grace: 10_000 });
   */
  rotate(this: void, from: string, to: string, options?: RotateOptions): Promise<boolean>;

  /**
   * Deletes all expired rows, in chunks; joins a running sweep. `retryTimeout` applies to each chunk.
   *
   * @returns how many rows it deleted; after a lost connection it may be more
   */
  gc(this: void): Promise<number>;

  /** Does not wait for earlier calls that were not awaited. @returns the number of live sessions */
  length(this: void): Promise<number>;

  /**
   * Lists a user's live sessions, last changed first. Requires the option `userId`.
   *
   * @param userId as the option returns it; 7 and '7' are the same user
   * @param options.current the id of the caller's own session, as the middleware passes it to `get` and `set`; it is
   * marked in the list
   * @throws TypeError for a bad userId or options, or without the option `userId`
   */
  sessionsOf(
    this: void,
    userId: UserId,
    options?: { current?: string | undefined },
  ): Promise<UserSession<S>[]>;

  /**
   * Ends a user's sessions, in one statement, repeated until it finds none left. Does not wait for earlier calls that
   * were not awaited. Requires the option `userId`; sessions stored without it, and not saved since, are not known to
   * belong to a user.
   *
   * An `except` that is not one of the user's sessions is ignored: an id without the prefix that the middleware adds
   * (koa-generic-session, `koa:sess:`) ends the session that should stay.
   *
   * @param userId as the option returns it
   * @param options.except the id of the one session to keep, as the middleware passes it to `get` and `set`
   * @returns how many rows it deleted, expired ones included; after a lost connection it may be more
   * @throws TypeError for a bad userId or options, also for an `except` without a value; without the option `userId`
   */
  destroyAllOf(this: void, userId: UserId, options?: { except?: string }): Promise<number>;

  /**
   * Ends the session with this handle, as `sessionsOf` returns it. A handle ends this session and gives no other access;
   * to be sure that it belongs to the user who sends it, look for it in `sessionsOf(userId)` first. Requires the
   * option `userId`.
   *
   * @param handle untrusted input: a string that is not a handle names no session
   * @returns whether there was such a session
   * @throws TypeError without the option `userId`
   */
  destroyByHandle(this: void, handle: string): Promise<boolean>;

  /**
   * Reads all live sessions by ranges of their keys, `batchSize` at a time, in constant memory; for reports and
   * migrations. A session that begins meanwhile, or moves with `hashIds: 'migrate'`, may be left out or come twice. A
   * row that cannot be decoded is left out and emits an `error` event.
   *
   * @throws TypeError at once for bad options; the iteration rejects as other calls do
   *
   * @example
   * for await (const { id, session, expires } of store.entries({ batchSize: 500 })) console.log(id, expires);
   */
  entries(this: void, options?: EntriesOptions): AsyncIterableIterator<SessionEntry<S>>;

  /** Ends all sessions, except what earlier calls that were not awaited may still write. */
  clear(this: void): Promise<void>;

  /**
   * Waits for pending calls and stops all background work. Ends within `retryTimeout` (or `syncTimeout`, if longer), when
   * calls that could not finish have rejected. Knex stays open: it belongs to the app. Later calls of the store reject
   * with `ECLOSED`.
   */
  close(this: void): Promise<void>;

  /** Counts of what the store has done in this process since it was created. */
  stats(this: void): StoreStats;

  /** Resolves when the table is ready; rejects if it is not within `syncTimeout`. */
  ready(this: void): Promise<void>;

  /** The original package's name of `ready`. */
  waitForSync(this: void): Promise<void>;

  /** Listens for `connect`: the table is ready. */
  on(this: void, event: 'connect', listener: () => void): SessionStore<S>;
  /** Listens for `error`: a failure that no caller gets as a rejection. */
  on(this: void, event: 'error', listener: (error: SessionStoreError) => void): SessionStore<S>;
  /**
   * Listens for `unavailable`: an outage begins; the argument is the failure that showed it. A deadlock, a locked row, a
   * full pool or a read-only server is not an outage; the store waits for these, too.
   */
  on(this: void, event: 'unavailable', listener: (cause: unknown) => void): SessionStore<S>;
  /** Listens for `available`: the outage is over, a statement has worked again. Once for each `unavailable`. */
  on(this: void, event: 'available', listener: () => void): SessionStore<S>;
  on(this: void, event: string, listener: Listener): SessionStore<S>;
  /** As `on`, for the next event only. */
  once(this: void, event: 'connect', listener: () => void): SessionStore<S>;
  once(this: void, event: 'error', listener: (error: SessionStoreError) => void): SessionStore<S>;
  once(this: void, event: 'unavailable', listener: (cause: unknown) => void): SessionStore<S>;
  once(this: void, event: 'available', listener: () => void): SessionStore<S>;
  once(this: void, event: string, listener: Listener): SessionStore<S>;
  /** Removes a listener. */
  off(this: void, event: string, listener: Listener): SessionStore<S>;
  /** Emits an event; an `error` without listeners is dropped. @returns whether there were listeners */
  emit(this: void, event: string, ...args: unknown[]): boolean;

  /** The options in effect, defaults included, without the secret; frozen. */
  readonly options: Readonly<Omit<StoreOptions<S>, 'secret'>>;
  /** The Knex instance that the store was created with. */
  readonly knex: Knex;
}

/**
 * Creates a session store on a table of a SQL database. Also works with `new`, as apps of the original package call it.
 *
 * @param knex the app's Knex instance; the store uses its pool, and never destroys it
 * @param opts see {@link StoreOptions}
 * @returns the store, at once: the table is made ready in the background, and calls wait for it
 * @throws TypeError for a bad argument, saying what was expected and what came
 *
 * @example
 * app.use(session({ store: createKnexStore(knex, { tableName: 'Sessions' }) }));
 */
export interface CreateKnexStore {
  <S extends object = Record<string, any>>(
    knex: Knex,
    opts?: CreateKnexStoreOptions<S> | null,
  ): SessionStore<S>;
  new <S extends object = Record<string, any>>(
    knex: Knex,
    opts?: CreateKnexStoreOptions<S> | null,
  ): SessionStore<S>;
}
