/** `createExpressStore`: a store with the methods that express-session and @fastify/session call. */

import { EventEmitter } from 'node:events';
import { callbackify } from 'node:util';
import { isObject, kindOf, messageOf } from '../errors';
import { SessionStoreError, type CallContext, type SessionStore, type SessionStoreOperation } from '../index';
import { ttlOf } from '../ttl';
import { createInstances, type Generate } from './instances';
import { createLoaders } from './loaders';
import type { ExpressStore } from './types';

/** What express-session adds to a store that it is given. */
type UsedStore = ExpressStore & { generate?: Generate };

type Callback = (error?: unknown) => void;

const methods = [
  'get',
  'set',
  'destroy',
  'touch',
  'update',
  'rotate',
  'length',
  'clear',
  'entries',
  'on',
  'emit',
] as const;

const checkStore = (store: unknown): void => {
  const candidate = (store ?? {}) as Partial<Record<string, unknown>>;
  if (typeof store === 'object' && methods.every((name) => typeof candidate[name] === 'function')) return;
  const came = typeof store === 'function' ? 'a function (a Knex instance?)' : kindOf(store);
  throw new TypeError(
    `createExpressStore: the first argument must be a store, but is ${came}; ` +
      'create one with createKnexStore(knex, opts) and pass it',
  );
};

/** The session as a plain object, which any codec can encode. */
const plain = (session: unknown): object => {
  // The store refuses any other value.
  if (!isObject(session)) return session as object;
  const data = Object.fromEntries(Object.entries(session)) as { cookie?: { toJSON?: () => unknown } };
  return typeof data.cookie?.toJSON === 'function' ? { ...data, cookie: data.cookie.toJSON() } : data;
};

/**
 * Adapts a store to express-session and @fastify/session. The adapter has no state: call `close`, `sessionsOf` and so on
 * on the store itself.
 *
 * It emits the store's events. There is no `disconnect`: after one, express-session treats every request as if it had no
 * session until the next `connect`, while the store would wait for its database.
 *
 * @param store from `createKnexStore`
 * @throws TypeError if it is not a store
 *
 * @example
 * const store = createKnexStore(knex, { tableName: 'Sessions' });
 * app.use(session({ store: createExpressStore(store), secret, resave: false, saveUninitialized: false }));
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a store with sessions of any type
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

  /** Without a callback, a failure is an `error` event: it is neither lost nor ends the process. */
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

  /**
   * `regenerate` of @fastify/session calls `destroy`, and `set` with a new session from its callback: the store moves the
   * row, as for koa-session.
   */
  let rotating: CallContext | undefined;

  const contextFor = (session: unknown): CallContext | undefined => {
    if (!isObject(session)) return undefined;
    const loader = loaders.contextOf(session);
    const context = (loader && rotating) ?? loader ?? { ctx: {} };
    rotating = undefined;
    // What a request has stored is known as what it has loaded.
    loaders.become(session, context);
    return context;
  };

  const adapter: UsedStore = Object.assign(emitter, {
    get: callbackify(async (sid: string) => {
      const context = { ctx: {} };
      const session = (await store.get(sid, undefined, context)) as object | null;
      if (session !== null) loaders.remember(session, context);
      return session;
    }),
    set: (sid: string, session: unknown, callback?: Callback) => {
      const context = contextFor(session);
      answer('set', callback, async () => store.set(sid, plain(session), undefined, context));
    },
    destroy: (sid: string, callback?: Callback) => {
      // express-session has given the store `generate`, and keeps no data when it gives a session another id.
      const mayRotate = adapter.generate === undefined && typeof callback === 'function';
      if (!mayRotate) {
        answer('destroy', callback, () => store.destroy(sid));
        return;
      }
      const context: CallContext & { release?: () => void } = { ctx: {}, rotates: true };
      const done: Callback = (error) => {
        rotating = context;
        try {
          callback(error);
        } finally {
          rotating = undefined;
          context.release?.();
        }
      };
      answer('destroy', done, () => store.destroy(sid, context));
    },
    touch: (sid: string, session: unknown, callback?: Callback) => {
      answer('touch', callback, async () =>
        store.touch(sid, ttlOf(undefined, session, 0, Date.now()), loaders.contextOf(session)),
      );
    },
    update: store.update,
    rotate: store.rotate,
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
          // All that express-session reads of a request; behind a proxy, it reads headers.
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
