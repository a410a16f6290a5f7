/** `get`, `set`, `destroy` and `touch`, and which sessions a request has loaded. */

import type { RowStore } from '../batch/batcher';
import { isSessionId, type RowKeys, type RowKeysOf } from '../crypto/row-key';
import type { Change, Content, Row } from '../database/rows';
import { isObject, kindOf } from '../errors';
import type { Work } from '../resilience/limit';
import { expiresAt, ttlOf } from '../ttl';
import type { StoreOptions } from '../types';
import type { createRotation, RotationContext } from './rotation';
import type { Deserialized, Serializer } from './serializer';

/* Loaded sessions: what their requests save later are changes of them, not new sessions. */

/** What a row holds of a loaded session. */
interface Known {
  readonly text: string;
  /** Undefined if unknown. */
  readonly expires: number | undefined;
  /** The row's data, if the session would be stored in another way today. */
  readonly stale?: string | undefined;
}

export interface Loaded {
  readonly key: string;
  /**
   * As it was loaded or last saved; undefined while a write is under way, after one that failed, and for a session that
   * was stored and not loaded: its callers may store others under the same id.
   */
  known: Known | undefined;
  readonly isStored?: boolean;
  /** How often it has been written: of several writes under way, only the last one tells what the row holds. */
  writes: number;
}

/** koa-session passes `{ ctx, ... }` as the last argument of every call. */
const ctxOf = (context: unknown): object | undefined => {
  const ctx = (context as { ctx?: unknown } | null | undefined)?.ctx;
  return isObject(ctx) ? ctx : undefined;
};

/** The object that a copy of the session shares with it: koa-generic-session puts a cookie into each. */
const cookieOf = (session: unknown): object | undefined => {
  try {
    const cookie = isObject(session) ? session['cookie'] : undefined;
    return isObject(cookie) ? cookie : undefined;
  } catch {
    // The app's object: reading it may throw.
    return undefined;
  }
};

/** A request is recognised by the object that it got from `get` and passes to `set`, or by its `ctx`. */
export const createLoadedSessions = () => {
  const bySession = new WeakMap<object, Loaded>();
  const byCtx = new WeakMap<object, Map<string, Loaded>>();

  const bySelfOrCookie = (session: object): Loaded | undefined => {
    const cookie = cookieOf(session);
    return bySession.get(session) ?? (cookie && bySession.get(cookie));
  };

  return {
    /** @param context `{ ctx }`, as koa-session passes it, or any other value */
    remember: (session: object, context: unknown, loaded: Loaded): void => {
      bySession.set(session, loaded);
      const cookie = cookieOf(session);
      if (cookie !== undefined) bySession.set(cookie, loaded);
      const ctx = ctxOf(context);
      if (ctx === undefined) return;
      const sessions = byCtx.get(ctx) ?? new Map<string, Loaded>();
      byCtx.set(ctx, sessions.set(loaded.key, loaded));
    },

    /** @param session undefined if the call has none */
    recall: (session: object | undefined, context: unknown, key: string): Loaded | undefined => {
      const loaded = session && bySelfOrCookie(session);
      if (loaded?.key === key) return loaded;
      const ctx = ctxOf(context);
      return ctx && byCtx.get(ctx)?.get(key);
    },

    /** Whether this session was loaded, or stored, under this key. */
    isFrom: (session: object, key: string): boolean => bySelfOrCookie(session)?.key === key,

    /** The request has ended the session: what it saves under this key is a new one. */
    forget: (context: unknown, key: string, session?: object): void => {
      for (const object of session === undefined ? [] : [session, cookieOf(session)]) {
        if (object !== undefined) bySession.delete(object);
      }
      const ctx = ctxOf(context);
      if (ctx !== undefined) byCtx.get(ctx)?.delete(key);
    },
  };
};

/**
 * What is left to write of a loaded session.
 *
 * @param known what its row holds, as far as that is known
 * @param text of the session as it is now
 * @param content what the row would hold of it
 */
const changesOf = (
  known: Loaded['known'],
  key: string,
  text: string,
  expires: number,
  content: () => Content,
): Change[] => {
  if (known?.text !== text) return [{ kind: 'update', ...content(), expires }];
  // An unchanged session that would be stored in another way today is rewritten, unless another request changes it.
  const renewal: Change[] =
    known.stale === undefined ? [] : [{ kind: 'move', to: key, before: known.stale, ...content() }];
  return known.expires === expires ? renewal : [...renewal, { kind: 'touch', expires }];
};

/* The methods: each checks and encodes its arguments at once, and returns the work that is left. */

interface MethodDependencies<S extends object> {
  readonly rows: RowStore<Row, Change>;
  /** Above these rows. */
  readonly rotation: ReturnType<typeof createRotation>;
  readonly serialize: Serializer<S>['serialize'];
  /** Undefined if the row cannot be read as a session, which has been reported. */
  deserialize(this: void, row: Row, key: string): Deserialized<S> | undefined;
  readonly keysOf: RowKeysOf;
  /** Called on every `get` and `set`; triggers the next sweep. */
  countCall(this: void): void;
  /** Called when a `set` or `touch` had nothing to write. */
  onUnchanged(this: void): void;
}

const checkSid = (sid: unknown): string => {
  if (isSessionId(sid)) return sid;
  throw new TypeError(
    `sid must be a string of at least one character, but is ${sid === '' ? 'empty' : kindOf(sid)}`,
  );
};

/** Where the row store finds a row: with `hashIds: 'migrate'`, the id migration takes it from the plain id. */
const addressOf = ({ key, formerKey }: RowKeys): string => formerKey ?? key;

export const createSessionMethods = <S extends object>(
  { rows, rotation, serialize, deserialize, keysOf, countCall, onUnchanged }: MethodDependencies<S>,
  {
    browserSessionLifetime,
    absoluteLifetime = Infinity,
  }: Pick<StoreOptions, 'browserSessionLifetime' | 'absoluteLifetime'>,
) => {
  const loaded = createLoadedSessions();
  const current = (): RowStore<Row, Change> => (rotation.arrivals.size === 0 ? rows : rotation.moving);
  const letGo = (): void => {
    if (rotation.latest.ending !== undefined) rotation.letGo();
  };

  const write =
    (keys: RowKeys, change: Change): Work<void> =>
    (deadline) =>
      current().write(addressOf(keys), change, deadline);

  /** Writes what is left of a loaded session. @param next what its row holds if that succeeds, as far as known */
  const save = (keys: RowKeys, before: Loaded, changes: Change[], next: Loaded['known']): Work<void> => {
    if (changes.length === 0) {
      return () => {
        onUnchanged();
        return Promise.resolve();
      };
    }
    const { known } = before;
    before.known =
      known !== undefined && known.text === next?.text ? { ...known, expires: undefined } : undefined;
    before.writes += 1;
    const { writes } = before;
    return async (deadline) => {
      await Promise.all(changes.map((change) => write(keys, change)(deadline)));
      if (before.writes === writes && before.isStored !== true) before.known = next;
    };
  };

  const get = (sid: string, _ttl?: unknown, context?: unknown): Work<S | null> => {
    letGo();
    const keys = keysOf(sid);
    const { key } = keys;
    return async (deadline) => {
      countCall();
      const row = await current().read(addressOf(keys), deadline);
      if (row === undefined) return null;
      const found = deserialize(row, key);
      if (found === undefined) return null;
      const { session, text, isCurrent } = found;
      const known = { text, expires: row.expires, stale: isCurrent ? undefined : row.data };
      loaded.remember(session, context, { key, known, writes: 0 });
      return session;
    };
  };

  const end = (keys: RowKeys, context: unknown, session?: S): Work<void> => {
    loaded.forget(context, keys.key, session);
    return write(keys, { kind: 'remove' });
  };

  const store = (keys: RowKeys, session: S, expires: number, context: unknown): Work<void> => {
    const { key } = keys;
    const { text, content } = serialize(session, key);
    const before = loaded.recall(session, context, key);
    if (before !== undefined) {
      return save(keys, before, changesOf(before.known, key, text, expires, content), { text, expires });
    }
    const row = { ...content(), expires };
    const claim = rotation.claimOf(ctxOf(context), key, (from) => loaded.isFrom(session, from));
    const work =
      claim === undefined ? write(keys, { kind: 'upsert', ...row }) : rotation.rename(claim, key, row);
    // From then on, what this request saves of it are changes.
    const remember = (): void => {
      loaded.remember(session, context, { key, known: undefined, isStored: true, writes: 0 });
    };
    return (deadline) => work(deadline).then(remember);
  };

  const lifetimeOf = (ttl: unknown, session: unknown, now: number): number =>
    Math.min(ttlOf(ttl, session, browserSessionLifetime, now), absoluteLifetime);

  const set = (sid: string, session: S, ttl?: unknown, context?: unknown): Work<void> => {
    const keys = keysOf(checkSid(sid));
    const now = Date.now();
    const lifetime = lifetimeOf(ttl, session, now);
    const work =
      lifetime < 0 ? end(keys, context, session) : store(keys, session, expiresAt(lifetime, now), context);
    letGo();
    return (deadline) => {
      countCall();
      return work(deadline);
    };
  };

  const destroy = (sid: string, context?: unknown): Work<void> => {
    const keys = keysOf(checkSid(sid));
    letGo();
    const ctx = ctxOf(context);
    if (ctx === undefined) return rotation.end(addressOf(keys), keys.key);
    const { rotates } = context as RotationContext;
    const isLoaded = loaded.recall(undefined, context, keys.key) !== undefined;
    loaded.forget(context, keys.key);
    // For a logout, koa-session sets `ctx.session` to null.
    const mayRotate = rotates === true || (isLoaded && (ctx as { session?: unknown }).session !== null);
    return mayRotate
      ? rotation.claim(addressOf(keys), keys.key, context as RotationContext)
      : write(keys, { kind: 'remove' });
  };

  const touch = (sid: string, ttl?: unknown, context?: unknown): Work<void> => {
    letGo();
    const keys = keysOf(checkSid(sid));
    const now = Date.now();
    const lifetime = lifetimeOf(ttl, undefined, now);
    if (lifetime < 0) return end(keys, context);
    const expires = expiresAt(lifetime, now);
    const change: Change = { kind: 'touch', expires };
    const before = loaded.recall(undefined, context, keys.key);
    if (before === undefined) return write(keys, change);
    const { known } = before;
    return save(keys, before, known?.expires === expires ? [] : [change], known && { ...known, expires });
  };

  return { get, set, destroy, touch };
};
