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
      'create one with createKnexStore(knex, opts) and pass it',
  );
};

/** The session in plain objects, whatever the middleware has made of it, so that any codec can encode it. */
const plain = (session: unknown): object => {
  // What is no session at all is for the store to refuse.
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
      // The emitter would throw an 'error' that nobody listens to.
      if (emitter.listenerCount(event) > 0) emitter.emit(event, ...args);
    });
  }
  const loaders = createLoaders();
  const createInstance = createInstances();

  /** What was not given a callback must neither fail unseen nor end the process. */
  const orReport = (operation: SessionStoreOperation, callback: Callback | null | undefined): Callback =>
    callback ??
    ((cause) => {
      if (cause === null || cause === undefined) return;
      const isOurs = cause instanceof SessionStoreError;
      const message = `${operation} failed: ${messageOf(cause)}`;
      store.emit('error', isOurs ? cause : new SessionStoreError('EWRITE', operation, message, cause));
    });

  const get = callbackify(async (sid: string) => {
    const context = { ctx: {} };
    const session = (await store.get(sid, undefined, context)) as object | null;
    if (session !== null) loaders.remember(session, context);
    return session;
  });
  const set = callbackify(async (sid: string, session: unknown) =>
    store.set(sid, plain(session), undefined, loaders.contextOf(session)),
  );
  const touch = callbackify(async (sid: string, session: unknown) =>
    store.touch(sid, ttlOf(undefined, session, 0, Date.now()), loaders.contextOf(session)),
  );
  const destroy = callbackify((sid: string) => store.destroy(sid));
  const clear = callbackify(() => store.clear());
  const all = callbackify(async () => {
    const sessions: unknown[] = [];
    for await (const { session } of store.entries()) sessions.push(session);
    return sessions;
  });

  const adapter: UsedStore = Object.assign(emitter, {
    get,
    set: (sid: string, session: unknown, callback?: Callback) => {
      set(sid, session, orReport('set', callback));
    },
    destroy: (sid: string, callback?: Callback) => {
      destroy(sid, orReport('destroy', callback));
    },
    touch: (sid: string, session: unknown, callback?: Callback) => {
      touch(sid, session, orReport('touch', callback));
    },
    all,
    length: callbackify(() => store.length()),
    clear: (callback?: Callback) => {
      clear(orReport('clear', callback));
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
