/** `get`, `set`, `destroy`, `touch` and `update`, and which sessions a request has loaded. */

import type { RowStore } from '../batch/batcher';
import { addressOf, checkSid, type RowKeys, type RowKeysOf } from '../crypto/row-key';
import { isForward, type Change, type Content, type Row } from '../database/rows';
import { isObject, type SessionStoreOperation } from '../errors';
import type { Work } from '../resilience/limit';
import { expiresAt, ttlOf } from '../ttl';
import type { StoreOptions } from '../types';
import { checkMergeable, createCheckedSaves, type ConflictOutcome } from './conflicts';
import { createRotate } from './rotate';
import type { createRotation, RotationContext } from './rotation';
import { createPlainSaves, type Known, type Loaded, type Stored } from './saves';
import type { Deserialized, Serializer } from './serializer';
import { createUpdate } from './update';

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

/** How long a request may take, in ms, after its session got another key. */
const longestRequest = 3_600_000;

/** How many keys of a session are known, besides the one that it has. */
const mostFormerKeys = 8;

/** A request is recognised by the object that it got from `get` and passes to `set`, or by its `ctx`. */
export const createLoadedSessions = () => {
  const bySession = new WeakMap<object, Loaded>();
  const byCtx = new WeakMap<object, Map<string, Loaded>>();
  /** Of sessions that `rotate` has given another key: the one before, the oldest first. */
  const formerKeys = new Map<string, { readonly key: string; readonly since: number }>();

  /** The keys that a session had before this one. */
  const keysBefore = function* (key: string): Generator<string> {
    let former = formerKeys.get(key);
    // An app may go to and fro between two ids.
    for (let n = 0; former !== undefined && n < mostFormerKeys; n += 1) {
      yield former.key;
      former = formerKeys.get(former.key);
    }
  };

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
      const sessions = ctx && byCtx.get(ctx);
      const found = sessions?.get(key);
      if (found !== undefined || !formerKeys.has(key)) return found;
      for (const former of keysBefore(key)) {
        if (loaded?.key === former) return loaded;
        const before = sessions?.get(former);
        if (before !== undefined) return before;
      }
      return undefined;
    },

    /** Whether this session was loaded, or stored, under this key, or one that it had before. */
    isFrom: (session: object, key: string): boolean => {
      const loaded = bySelfOrCookie(session);
      return loaded !== undefined && (loaded.key === key || [...keysBefore(key)].includes(loaded.key));
    },

    /** What requests have loaded under the one key has the other now. */
    rename: (from: string, to: string): void => {
      const now = performance.now();
      for (const [key, { since }] of formerKeys) {
        if (since > now - longestRequest) break;
        formerKeys.delete(key);
      }
      formerKeys.delete(to);
      formerKeys.set(to, { key: from, since: now });
    },

    /** The request has ended the session: what it saves under this key is a new one. */
    forget: (context: unknown, key: string, session?: object): void => {
      for (const object of session === undefined ? [] : [session, cookieOf(session)]) {
        if (object !== undefined) bySession.delete(object);
      }
      const ctx = ctxOf(context);
      if (ctx === undefined) return;
      for (const one of [key, ...keysBefore(key)]) byCtx.get(ctx)?.delete(one);
    },
  };
};

interface MethodDependencies<S extends object> {
  readonly rows: RowStore<Row, Change>;
  /** Above these rows. */
  readonly rotation: ReturnType<typeof createRotation>;
  readonly serializer: Pick<Serializer<S>, 'serialize' | 'decode' | 'isUnique' | 'isPlain' | 'encodeForward'>;
  /** Undefined if the row cannot be read as a session, which has been reported. */
  deserialize(
    this: void,
    operation: SessionStoreOperation,
    row: Row,
    key: string,
  ): Deserialized<S> | undefined;
  /** Undefined likewise, for what `rotate` reads. */
  rewrite(this: void, row: Row, from: string, to: string): Content | undefined;
  /** Whether the table can hold forwards. */
  readonly forwards: boolean;
  readonly keysOf: RowKeysOf;
  /** Called on every `get` and `set`; triggers the next sweep. */
  countCall(this: void): void;
  /** Called when a `set` or `touch` had nothing to write. */
  onUnchanged(this: void): void;
  onConflict(this: void, outcome: ConflictOutcome): void;
}

/** Each method checks and encodes its arguments at once, and returns the work that is left. */
export const createSessionMethods = <S extends object>(
  {
    rows,
    rotation,
    serializer,
    deserialize,
    rewrite,
    forwards,
    keysOf,
    countCall,
    onUnchanged,
    onConflict,
  }: MethodDependencies<S>,
  {
    browserSessionLifetime,
    absoluteLifetime = Infinity,
    conflicts,
  }: Pick<StoreOptions, 'browserSessionLifetime' | 'absoluteLifetime' | 'conflicts'>,
) => {
  const loaded = createLoadedSessions();
  /** How many saves of new sessions are under way under each key, if conflicts are looked for. */
  const storing = new Map<string, number>();
  const current = (): RowStore<Row, Change> => (rotation.arrivals.size === 0 ? rows : rotation.moving);
  const letGo = (): void => {
    if (rotation.latest.ending !== undefined) rotation.letGo();
  };

  const write =
    (keys: RowKeys, change: Change): Work<void> =>
    (deadline) =>
      current().write(addressOf(keys), change, deadline);

  const saves =
    conflicts === 'last'
      ? createPlainSaves({ write, onUnchanged })
      : createCheckedSaves<S>({
          conflicts,
          write,
          ...serializer,
          deserialize: (row, key) => deserialize('set', row, key),
          onUnchanged,
          onConflict,
        });

  const knownOf = (stored: Stored, expires: number, stale?: string): Known => ({
    text: stored.text,
    expires,
    stale,
    stored: conflicts === 'last' ? undefined : stored,
  });

  const checkText = (text: string): void => {
    if (conflicts === 'merge' && !serializer.isPlain(text)) checkMergeable(serializer.decode(text));
  };

  const get = (sid: string, _ttl?: unknown, context?: unknown): Work<S | null> => {
    letGo();
    const keys = keysOf(sid);
    const { key } = keys;
    return async (deadline) => {
      countCall();
      const first = await current().read(addressOf(keys), deadline);
      if (first === undefined) return null;
      // The key of the session's row; what this request saves stays under the key that it asked for.
      const at = isForward(first) ? await rotation.follow(first, key, deadline) : { row: first, key };
      if (at === undefined) return null;
      const { row } = at;
      const found = deserialize('get', row, at.key);
      if (found === undefined) return null;
      const { session, text, isCurrent } = found;
      if (conflicts === 'merge') checkMergeable(session);
      const { data, expires } = row;
      loaded.remember(session, context, {
        key,
        known: knownOf({ data, text }, expires, isCurrent ? undefined : data),
        writes: 0,
      });
      return session;
    };
  };

  const end = (keys: RowKeys, context: unknown, session?: S): Work<void> => {
    loaded.forget(context, keys.key, session);
    return rotation.endNow(keys);
  };

  const store = (keys: RowKeys, session: S, expires: number, context: unknown): Work<void> => {
    const { key } = keys;
    const serialized = serializer.serialize(session, key);
    checkText(serialized.text);
    const before = loaded.recall(session, context, key);
    if (before !== undefined) return saves.save(keys, before, serialized, expires);
    const { text, content } = serialized;
    const row = { ...content(), expires };
    const claim = rotation.claimOf(ctxOf(context), key, (from) => loaded.isFrom(session, from));
    const work =
      claim === undefined ? write(keys, { kind: 'upsert', ...row }) : rotation.rename(claim, key, row);
    // From then on, what this request saves of it are changes.
    const remember = (): void => {
      const now = conflicts === 'last' ? undefined : knownOf({ data: row.data, text }, expires);
      const earlier = loaded.recall(session, context, key);
      if (earlier === undefined) {
        // A later save of it that is under way changes the row.
        const known = storing.get(key) === 1 ? now : undefined;
        loaded.remember(session, context, { key, known, isStored: true, writes: 0 });
      } else if (earlier.sent === undefined) {
        earlier.known ??= now;
      }
    };
    if (conflicts === 'last') return (deadline) => work(deadline).then(remember);
    return async (deadline) => {
      storing.set(key, (storing.get(key) ?? 0) + 1);
      try {
        await work(deadline);
        remember();
      } finally {
        const others = (storing.get(key) ?? 1) - 1;
        if (others === 0) storing.delete(key);
        else storing.set(key, others);
      }
    };
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
    if (ctx === undefined) return rotation.end(keys);
    const { rotates } = context as RotationContext;
    const isLoaded = loaded.recall(undefined, context, keys.key) !== undefined;
    loaded.forget(context, keys.key);
    // For a logout, koa-session sets `ctx.session` to null.
    const { session } = ctx as { session?: unknown };
    if (rotates === true || (isLoaded && session !== null)) {
      return rotation.claim(keys, context as RotationContext);
    }
    // It gives a session that it has not loaded another id before anything lies under the first, let alone a forward.
    const isNew = !isLoaded && isObject(session);
    return isNew ? write(keys, { kind: 'remove' }) : rotation.endNow(keys);
  };

  const touch = (sid: string, ttl?: unknown, context?: unknown): Work<void> => {
    letGo();
    const keys = keysOf(checkSid(sid));
    const now = Date.now();
    const lifetime = lifetimeOf(ttl, undefined, now);
    if (lifetime < 0) return end(keys, context);
    const expires = expiresAt(lifetime, now);
    const before = loaded.recall(undefined, context, keys.key);
    return before === undefined
      ? write(keys, { kind: 'touch', expires })
      : saves.touch(keys, before, expires);
  };

  const updateNow = createUpdate<S>(
    {
      rows: current,
      serializer,
      deserialize: (row, key) => deserialize('update', row, key),
      keysOf,
      remember: (session, key, now) => {
        loaded.remember(session, undefined, { key, known: now, writes: 0 });
      },
      checkText,
      onConflict,
    },
    { absoluteLifetime },
  );
  const update: typeof updateNow = (...args) => {
    letGo();
    return updateNow(...args);
  };

  const rotateNow = createRotate({
    rows: current,
    keysOf,
    rewrite,
    encodeForward: serializer.encodeForward,
    onRotate: loaded.rename,
    forwards,
  });
  const rotate: typeof rotateNow = (...args) => {
    letGo();
    return rotateNow(...args);
  };

  return { get, set, destroy, touch, update, rotate };
};
