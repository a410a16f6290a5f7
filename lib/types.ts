/** What users of the store see: its methods, and the function that makes it. */

import type { Knex } from 'knex';
import type { EntriesOptions, SessionEntry } from './session/entries';
import type { SessionStoreError } from './errors';
import type { CreateKnexStoreOptions, StoreOptions } from './options';
import type { UserId } from './crypto/user-key';
import type { StoreStats } from './observability/stats';
import type { Ttl } from './ttl';
import type { UserSession } from './session/users';

/** What koa-session passes with each call; nothing but `ctx` matters here. */
export interface CallContext {
  ctx?: object;
  [other: string]: unknown;
}

/**
 * Sessions in a SQL table. Every method is bound, so that it can be passed on alone; every asynchronous one
 * returns a native promise and takes, and ignores, the further arguments that middlewares pass.
 *
 * What fails for a reason that passes by itself is tried again; then calls reject with a {@link SessionStoreError}:
 * `ETIMEDOUT` when `retryTimeout` is over, `EOVERLOADED` at once when `maxPending` calls are waiting already. They
 * reject with `ESYNC` when the table is not ready within `syncTimeout`, `ESCHEMA` when it is missing or lacks columns
 * and `sync` is off, `ECLOSED` after `close()`; and with the driver's own error when the database refuses a statement.
 *
 * Calls of one kind that are made in one turn of the event loop share a statement. For one session, `get`, `set`,
 * `touch` and `destroy` take effect in the order they were made, whether awaited or not.
 *
 * What `get` returned is known as a loaded session: when it is set again, it is updated and never inserted, so
 * that a session which another request has ended, or which has expired meanwhile, stays gone; and nothing is
 * written but a new expiry if it is unchanged. It is known by the object itself, or by the `ctx` that koa-session
 * passes to each call.
 *
 * @typeParam S the shape of a session
 */
export interface SessionStore<S extends object = Record<string, any>> {
  /**
   * Reads a session.
   *
   * @param sid the session's id; one that cannot exist (empty, no string) reads as null
   * @param ttl ignored; koa-session passes it
   * @param context `ctx` is whoever loads the session, as koa-session names it
   * @returns a new object on every call; null if there is none, if it has expired, or if its row cannot be
   * decoded (which is also an `error` event)
   */
  get(this: void, sid: string, ttl?: Ttl, context?: CallContext, ...ignored: unknown[]): Promise<S | null>;

  /**
   * Stores a session: inserts it, or replaces it. A loaded session is only replaced, and only if it has changed.
   *
   * @param sid the session's id: any string but the empty one
   * @param session encoded before `set` returns; later changes to the object are not stored
   * @param ttl ms. Without one (missing, null, 0, NaN, `'session'`) `session.cookie.expires` counts, then
   * `session.cookie.maxAge`, then `browserSessionLifetime`. Negative: the session ends now.
   * @param context `ctx` is whoever loaded the session, if anybody did
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
   * Ends a session; one that does not exist is fine.
   *
   * @param context `ctx` is whoever ends it: what the same `ctx` sets afterwards is a new session
   * @throws TypeError for a bad sid
   */
  destroy(this: void, sid: string, context?: CallContext, ...ignored: unknown[]): Promise<void>;

  /**
   * Moves the expiry of a session that is live, and leaves its data alone.
   *
   * @param ttl ms, from now; without one, `browserSessionLifetime`. Negative: the session ends now.
   * @param context `ctx` is whoever loaded the session, if anybody did: nothing is written if its expiry stays
   * @throws TypeError for a bad sid or ttl
   */
  touch(this: void, sid: string, ttl?: Ttl, context?: CallContext, ...ignored: unknown[]): Promise<void>;

  /**
   * Deletes all expired rows, in chunks; joins a sweep under way. `retryTimeout` is each chunk's.
   *
   * @returns how many rows it deleted; after a lost connection it may be more
   */
  gc(this: void): Promise<number>;

  /** Does not wait for calls that were not awaited. @returns the number of live sessions */
  length(this: void): Promise<number>;

  /**
   * Lists a user's live sessions, last used first. Needs the option `userId`.
   *
   * @param userId as the option returns it; 7 and '7' are one user
   * @param options.current the id of the session that asks, as the middleware hands it to `get` and `set`: it is
   * marked in the list
   * @throws TypeError for a bad userId or options, or without the option `userId`
   */
  sessionsOf(
    this: void,
    userId: UserId,
    options?: { current?: string | undefined },
  ): Promise<UserSession<S>[]>;

  /**
   * Ends a user's sessions, in one statement, which is sent again to see that nothing is left. Does not wait for calls
   * that were not awaited. Needs the option `userId`; sessions that were stored without it, and not saved since, are
   * not known to be of a user.
   *
   * What an `except` names that is no session of the user does not matter: an id without the prefix that the middleware
   * puts in front of it (koa-generic-session, `koa:sess:`) would let this session end with the others.
   *
   * @param userId as the option returns it
   * @param options.except the id of the one session that stays, as the middleware hands it to `get` and `set`
   * @returns how many rows it deleted, expired ones among them; after a lost connection it may be more
   * @throws TypeError for a bad userId or options, also for an `except` without a value; without the option `userId`
   */
  destroyAllOf(this: void, userId: UserId, options?: { except?: string }): Promise<number>;

  /**
   * Ends the session that `sessionsOf` has named so. Whoever knows a handle can end that session and nothing else; to
   * be sure that it is one of the user's own, look for it in `sessionsOf(userId)` first. Needs the option `userId`.
   *
   * @param handle anybody's input: what is no handle names no session
   * @returns whether there was such a session
   * @throws TypeError without the option `userId`
   */
  destroyByHandle(this: void, handle: string): Promise<boolean>;

  /**
   * Reads all live sessions by ranges of their keys, `batchSize` of them at a time, in constant memory; for reports and
   * migrations. A session that begins, or moves with `hashIds: 'migrate'`, meanwhile may be left out or come twice; a
   * row that cannot be decoded is left out, and is an `error` event.
   *
   * @throws TypeError at once for bad options; the iteration rejects as other calls do
   *
   * @example
   * for await (const { id, session, expires } of store.entries({ batchSize: 500 })) console.log(id, expires);
   */
  entries(this: void, options?: EntriesOptions): AsyncIterableIterator<SessionEntry<S>>;

  /** Ends all sessions, apart from what calls that were not awaited may still write. */
  clear(this: void): Promise<void>;

  /**
   * Waits for what is under way and stops all background work; ends within `retryTimeout` (or `syncTimeout`, if that
   * is longer), when calls that could not be carried out have rejected. Knex stays open: it is the app's. Later calls
   * of the store reject with `ECLOSED`.
   */
  close(this: void): Promise<void>;

  /** What the store has done since it was made, as numbers. They are counted in this process alone. */
  stats(this: void): StoreStats;

  /** Resolves when the table is ready; rejects when it is not within `syncTimeout`. */
  ready(this: void): Promise<void>;

  /** The original package's name of `ready`. */
  waitForSync(this: void): Promise<void>;

  /** Listens for `connect`: the table is ready. */
  on(this: void, event: 'connect', listener: () => void): SessionStore<S>;
  /** Listens for `error`: something failed that no caller waits for. */
  on(this: void, event: 'error', listener: (error: SessionStoreError) => void): SessionStore<S>;
  /**
   * Listens for `unavailable`: an outage begins, with the failure that shows it. Not for a deadlock, a lock on some
   * rows, a full pool or a read-only server, which are waited out alike.
   */
  on(this: void, event: 'unavailable', listener: (cause: unknown) => void): SessionStore<S>;
  /** Listens for `available`: the outage is over, a statement has worked again. Once for each `unavailable`. */
  on(this: void, event: 'available', listener: () => void): SessionStore<S>;
  on(this: void, event: string, listener: (...args: any[]) => void): SessionStore<S>;
  /** As `on`, for the next event only. */
  once(this: void, event: 'connect', listener: () => void): SessionStore<S>;
  once(this: void, event: 'error', listener: (error: SessionStoreError) => void): SessionStore<S>;
  once(this: void, event: 'unavailable', listener: (cause: unknown) => void): SessionStore<S>;
  once(this: void, event: 'available', listener: () => void): SessionStore<S>;
  once(this: void, event: string, listener: (...args: any[]) => void): SessionStore<S>;
  /** Takes a listener away. */
  off(this: void, event: string, listener: (...args: any[]) => void): SessionStore<S>;
  /** Emits an event; an `error` to which nobody listens is dropped. @returns whether somebody listened */
  emit(this: void, event: string, ...args: unknown[]): boolean;

  /** The options as they took effect, defaults and all, but for the secret; frozen. */
  readonly options: Readonly<Omit<StoreOptions<S>, 'secret'>>;
  /** The Knex instance that the store was made with. */
  readonly knex: Knex;
}

/**
 * Makes a session store on a table of a SQL database. Also works with `new`, as apps of the original package
 * call it.
 *
 * @param knex the Knex instance of the app; the store uses its pool, and never destroys it
 * @param opts see {@link StoreOptions}
 * @returns the store, at once: the table is made ready in the background, and calls wait for it
 * @throws TypeError for a bad argument, with what was expected and what came
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
