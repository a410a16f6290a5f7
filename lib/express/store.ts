/** `createExpressStore`: a store as express-session and @fastify/session call theirs. */

import { EventEmitter } from 'node:events';
import { callbackify } from 'node:util';
import { isObject, kindOf, messageOf } from '../errors';
import { SessionStoreError, type SessionStore, type SessionStoreOperation } from '../index';
import { ttlOf } from '../ttl';
import { createInstances, type Generate } from './instances';
import { createLoaders } from './loaders';
import type { ExpressStore } from './types';

/** What express-session adds to a store that it is given. */
type UsedStore = ExpressStore & { generate?: Generate };

type Callback = (error?: unknown) => void;

const methods = ['get', 'set', 'destroy', 'touch', 'length', 'clear', 'entries', 'on', 'emit'] as const;

const checkStore = (store: unknown): void => {
  const candidate = (store ?? {}) as Partial<Record<string, unknown>>;
  if (typeof store === 'object' && methods.every((name) => typeof candidate[name] === 'function')) return;
  const came = typeof store === 'function' ? 'a function (a Knex instance?)' : kindOf(store);
  throw new TypeError(
    `createExpressStore: the first argument must be a store, but is ${came}; ` +
      'make one with createKnexStore(knex, opts) and pass it',
  );
};

/** The session in plain objects, which any codec can encode, whatever the middleware has made of it. */
const plain = (session: unknown): object => {
  // The store refuses what is no session at all.
  if (!isObject(session)) return session as object;
  const data = Object.fromEntries(Object.entries(session)) as { cookie?: { toJSON?: () => unknown } };
  return typeof data.cookie?.toJSON === 'function' ? { ...data, cookie: data.cookie.toJSON() } : data;
};

/**
 * Makes a store for express-session and @fastify/session of one that is there. It keeps nothing itself; `close`,
 * `sessionsOf` and the like are still called on the other.
 *
 * Its events are those of the store. There is no `disconnect`: express-session would answer requests as if there were
 * no sessions until the next `connect`, while the store waits for its database.
 *
 * @param store of `createKnexStore`
 * @throws TypeError if that is no store
 *
 * @example
 * const store = createKnexStore(knex, { tableName: 'Sessions' });
 * app.use(session({ store: createExpressStore(store), secret, resave: false, saveUninitialized: false }));
 */
export const createExpressStore = (store: SessionStore<any>): ExpressStore => {
  checkStore(store);
  const emitter = new EventEmitter();
  for (const event of ['connect', 'error', 'unavailable', 'available']) {
    store.on(event, (...args: unknown[]) => {
      // The emitter would throw an 'error' without listeners.
      if (emitter.listenerCount(event) > 0) emitter.emit(event, ...args);
    });
  }
  const loaders = createLoaders();
  const createInstance = createInstances();

  /** Without a callback, a failure must neither stay unseen nor end the process. */
  const answer = (
    operation: SessionStoreOperation,
    callback: Callback | null | undefined,
    work: () => Promise<void>,
  ): void => {
    const report: Callback = (cause) => {
      if (cause === null || cause === undefined) return;
      const isOurs = cause instanceof SessionStoreError;
      const message = `${operation} failed: ${messageOf(cause)}`;
      store.emit('error', isOurs ? cause : new SessionStoreError('EWRITE', operation, message, cause));
    };
    callbackify(work)(callback ?? report);
  };

  const adapter: UsedStore = Object.assign(emitter, {
    get: callbackify(async (sid: string) => {
      const context = { ctx: {} };
      const session = (await store.get(sid, undefined, context)) as object | null;
      if (session !== null) loaders.remember(session, context);
      return session;
    }),
    set: (sid: string, session: unknown, callback?: Callback) => {
      answer('set', callback, async () =>
        store.set(sid, plain(session), undefined, loaders.contextOf(session)),
      );
    },
    destroy: (sid: string, callback?: Callback) => {
      answer('destroy', callback, () => store.destroy(sid));
    },
    touch: (sid: string, session: unknown, callback?: Callback) => {
      answer('touch', callback, async () =>
        store.touch(sid, ttlOf(undefined, session, 0, Date.now()), loaders.contextOf(session)),
      );
    },
    all: callbackify(async () => {
      const sessions: unknown[] = [];
      for await (const { session } of store.entries()) sessions.push(session);
      return sessions;
    }),
    length: callbackify(() => store.length()),
    clear: (callback?: Callback) => {
      answer('clear', callback, () => store.clear());
    },

    regenerate: (req: { sessionID: string }, callback: Callback) => {
      adapter.destroy(req.sessionID, (error) => {
        adapter.generate?.(req);
        callback(error);
      });
    },

    load: (sid: string, callback: (error: unknown, session?: object) => void) => {
      adapter.get(sid, (error, session: object | null) => {
        if (error !== null || session === null) {
          callback(error);
          return;
        }
        let instance: object;
        try {
          // What express-session asks every request for, a proxied one for its headers.
          instance = adapter.createSession(
            { sessionID: sid, sessionStore: adapter, headers: {} },
            session,
          ) as object;
        } catch (thrown) {
          callback(thrown);
          return;
        }
        callback(null, instance);
      });
    },

    createSession: (req: { session?: object }, session: object) => {
      if (adapter.generate === undefined) {
        throw new Error(
          'createSession: no session({ store }) of express-session has been given this store yet',
        );
      }
      req.session = createInstance(adapter.generate, req, session);
      loaders.pass(session, req.session);
      return req.session;
    },
  });
  return adapter;
};
