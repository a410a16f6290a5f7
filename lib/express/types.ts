/** What express-session and @fastify/session see of a store. */

import type { EventEmitter } from 'node:events';

/**
 * A session store with callbacks, as express-session and @fastify/session call it. Every method is bound.
 *
 * Callbacks are called once, error first, never before the method has returned; what they throw is an uncaught
 * exception, as with any callback of Node. Where a callback may be left out, a failure is an `error` event of the
 * store then. The errors are those of the store.
 *
 * Sessions are of any type here, for the middlewares have types of their own for them.
 */
export interface ExpressStore extends EventEmitter {
  /** Reads a session; null if there is none. */
  get(this: void, sid: string, callback: (error: any, session?: any) => void): void;

  /**
   * Stores a session until its `cookie.expires`; for `browserSessionLifetime` if it has none. One that was loaded is
   * only replaced: what another request has ended stays ended.
   */
  set(this: void, sid: string, session: any, callback?: (error?: any) => void): void;

  /** Ends a session; one that does not exist is fine. */
  destroy(this: void, sid: string, callback?: (error?: any) => void): void;

  /** Prolongs a session until its `cookie.expires`, and leaves its data alone. */
  touch(this: void, sid: string, session: any, callback?: (error?: any) => void): void;

  /** Reads all live sessions, and holds them in memory at once; `entries` of the store does not. */
  all(this: void, callback: (error: any, sessions?: any[]) => void): void;

  /** Counts the live sessions. */
  length(this: void, callback: (error: any, length?: number) => void): void;

  /** Ends all sessions. */
  clear(this: void, callback?: (error?: any) => void): void;

  /** For express-session: ends the session of a request, and begins a new one. */
  regenerate(this: void, req: any, callback: (error?: any) => any): void;

  /** For express-session: a session as its own object, without a request; nothing if there is none. */
  load(this: void, sid: string, callback: (error: any, session?: any) => any): void;

  /** For express-session: what `get` has read becomes the session of a request. */
  createSession(this: void, req: any, session: any): any;
}
