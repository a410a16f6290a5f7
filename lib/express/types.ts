/** The store that express-session and @fastify/session see. */

/* eslint-disable @typescript-eslint/no-explicit-any -- sessions and requests have the types of their middleware */

import type { EventEmitter } from 'node:events';
import type { SessionStore } from '../index';

/**
 * A session store with callbacks, as express-session and @fastify/session call it. Every method is bound.
 *
 * Callbacks are called once, error first, never before the method has returned. If a callback throws, that is an uncaught
 * exception, as with any callback of Node. Without a callback, a failure emits an `error` event of the store. The errors
 * are those of the store.
 *
 * Sessions have type `any` here: each middleware has its own type for them.
 */
export interface ExpressStore extends EventEmitter {
  /** Reads a session; null if there is none. */
  get(this: void, sid: string, callback: (error: any, session?: any) => void): void;

  /**
   * Stores a session until its `cookie.expires`, or for `browserSessionLifetime` if it has none. A loaded session is
   * only ever replaced: if another request has ended it, it stays ended.
   */
  set(this: void, sid: string, session: any, callback?: (error?: any) => void): void;

  /** Ends a session. Does nothing if there is none. */
  destroy(this: void, sid: string, callback?: (error?: any) => void): void;

  /** Prolongs a session until its `cookie.expires`, and leaves its data alone. */
  touch(this: void, sid: string, session: any, callback?: (error?: any) => void): void;

  /** The store's own `update`: resolves, and takes no callback. `change` gets plain data, with a plain cookie. */
  update: SessionStore<any>['update'];

  /** The store's own `rotate`: resolves, and takes no callback. Then set `req.sessionID`, and call `createSession`. */
  rotate: SessionStore<any>['rotate'];

  /** Reads all live sessions into memory at once; the store's `entries` reads them in pages. */
  all(this: void, callback: (error: any, sessions?: any[]) => void): void;

  /** Counts the live sessions. */
  length(this: void, callback: (error: any, length?: number) => void): void;

  /** Ends all sessions. */
  clear(this: void, callback?: (error?: any) => void): void;

  /** For express-session: ends a request's session and begins a new one. */
  regenerate(this: void, req: any, callback: (error?: any) => any): void;

  /** For express-session: a session as its own object, without a request; undefined if there is none. */
  load(this: void, sid: string, callback: (error: any, session?: any) => any): void;

  /** For express-session: makes a session that `get` has read, or that the request has, the session of a request. */
  createSession(this: void, req: any, session: any): any;
}
