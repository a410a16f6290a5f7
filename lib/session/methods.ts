/** `get`, `set`, `destroy` and `touch`: what each does to which rows. */

import { randomUUID } from 'node:crypto';
import type { RowStore } from '../batch/batcher';
import { digest, isSessionId, type RowKeys, type RowKeysOf } from '../crypto/row-key';
import type { Change, ChangeOf, Content, Row } from '../database/rows';
import { kindOf } from '../errors';
import type { Work } from '../resilience/limit';
import { claimedAt, expiresAt, ttlOf } from '../ttl';
import type { StoreOptions } from '../types';
import { createLoadedSessions, ctxOf, type Claim, type Loaded } from './loaded';
import type { Deserialized, Serializer } from './serializer';

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
  readonly serialize: Serializer<S>['serialize'];
  /** Undefined if the row cannot be read as a session, which has been reported. */
  deserialize(this: void, row: Row, key: string): Deserialized<S> | undefined;
  readonly keysOf: RowKeysOf;
  /** Called on every `get` and `set`; triggers the next sweep. */
  countCall(this: void): void;
  /** Called when a `set` or `touch` had nothing to write. */
  onUnchanged(this: void): void;
  /** Does work that no caller waits for, and that may fail. */
  inBackground(this: void, work: Work<void>): void;
}

/** A `destroy` that has not sent its statement yet. */
interface Ending {
  /** The row's key. */
  readonly from: string;
  /** Set by a `set` that saves the session under another key. */
  claim: Claim | undefined;
  /** Undefined before its work begins, and after its statement was sent. */
  begin: (() => void) | undefined;
}

/** How long a claimed row waits for its new key, in ms. */
const claimTime = 1_000;

const checkSid = (sid: unknown): string => {
  if (isSessionId(sid)) return sid;
  throw new TypeError(
    `sid must be a string of at least one character, but is ${sid === '' ? 'empty' : kindOf(sid)}`,
  );
};

/** Where the row store finds a row: with `hashIds: 'migrate'`, the id migration takes it from the plain id. */
const addressOf = ({ key, formerKey }: RowKeys): string => formerKey ?? key;

export const createSessionMethods = <S extends object>(
  { rows, serialize, deserialize, keysOf, countCall, onUnchanged, inBackground }: MethodDependencies<S>,
  {
    browserSessionLifetime,
    absoluteLifetime = Infinity,
  }: Pick<StoreOptions, 'browserSessionLifetime' | 'absoluteLifetime'>,
) => {
  const loaded = createLoadedSessions();

  const write =
    (keys: RowKeys, ...changes: Change[]): Work<void> =>
    async (deadline) => {
      const address = addressOf(keys);
      await Promise.all(changes.map((change) => rows.write(address, change, deadline)));
    };

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
    const writeAll = write(keys, ...changes);
    return async (deadline) => {
      await writeAll(deadline);
      if (before.writes === writes && before.isStored !== true) before.known = next;
    };
  };

  const get = (sid: string, _ttl?: unknown, context?: unknown): Work<S | null> => {
    letGo();
    const keys = keysOf(sid);
    const { key } = keys;
    return async (deadline) => {
      countCall();
      const row = await rows.read(addressOf(keys), deadline);
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

  /*
   * A request changes the id of its session by destroying it and saving it under another id. The row itself moves, in
   * two steps: `destroy` claims it, under a key that no client can name and as one that has ended, and `set` gives it
   * the new key. What ends the session in between, `destroyAllOf` too, ends it for good.
   */

  /** The last `destroy` without a context, until the next call or the end of this turn. */
  let ending: Ending | undefined;
  const letGo = (): void => {
    const last = ending;
    ending = undefined;
    last?.begin?.();
  };

  /**
   * koa-session-minimal does not await its `destroy`, and calls `set` right after it, with the object that it has loaded.
   * Whether that comes is known before the statement is sent.
   */
  const endOrClaim = (keys: RowKeys): Work<void> => {
    const mine: Ending = { from: keys.key, claim: undefined, begin: undefined };
    ending = mine;
    return (deadline) =>
      new Promise((resolve, reject) => {
        mine.begin = () => {
          mine.begin = undefined;
          if (ending === mine) ending = undefined;
          const { claim } = mine;
          const work = claim === undefined ? write(keys, { kind: 'remove' }) : take(keys, claim);
          work(deadline).then(resolve, reject);
        };
        if (ending === mine) queueMicrotask(() => mine.begin?.());
        else mine.begin();
      });
  };

  /** No client can name this key: an id that looks like a digest is hashed. */
  const newClaim = (from: string): Claim => ({ from, key: digest(randomUUID()) });
  const take = (keys: RowKeys, claim: Claim): Work<void> =>
    write(keys, { kind: 'claim', to: claim.key, expires: claimedAt(Date.now()) });

  /** koa-session awaits its `destroy`, and may then call `set` with the same `ctx`. */
  const claimFor = (keys: RowKeys, ctx: object): Work<void> => {
    const claim = newClaim(keys.key);
    loaded.claim(ctx, claim);
    const work = take(keys, claim);
    const giveUp = (): void => {
      if (loaded.takeClaim({ ctx }, claim) === undefined) return;
      inBackground((deadline) => rows.write(claim.key, { kind: 'remove' }, deadline));
    };
    return async (deadline) => {
      await work(deadline);
      setTimeout(giveUp, claimTime).unref();
    };
  };

  /** The row that this request has taken away, to save it under another key. */
  const claimOf = (session: S, context: unknown, key: string): Claim | undefined => {
    const claim = loaded.takeClaim(context);
    if (claim !== undefined) return claim.from === key ? undefined : claim;
    if (ending === undefined || !loaded.isFrom(session, ending.from)) return undefined;
    const own = (ending.claim = newClaim(ending.from));
    letGo();
    return own;
  };

  /** Saves a session that its request has neither loaded nor stored under this key. */
  const storeNew = (keys: RowKeys, session: S, change: ChangeOf<'upsert'>, context: unknown): Work<void> => {
    const claim = claimOf(session, context, keys.key);
    if (claim === undefined) return write(keys, change);
    return (deadline) => rows.write(claim.key, { ...change, kind: 'rename', to: keys.key }, deadline);
  };

  const store = (keys: RowKeys, session: S, expires: number, context: unknown): Work<void> => {
    const { key } = keys;
    const { text, content } = serialize(session, key);
    const before = loaded.recall(session, context, key);
    if (before !== undefined) {
      return save(keys, before, changesOf(before.known, key, text, expires, content), { text, expires });
    }
    const work = storeNew(keys, session, { kind: 'upsert', ...content(), expires }, context);
    return async (deadline) => {
      await work(deadline);
      // From now on, what this request saves of it are changes.
      loaded.remember(session, context, { key, known: undefined, isStored: true, writes: 0 });
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
    if (ctx === undefined) return endOrClaim(keys);
    // The adapter for Express and Fastify says so; koa-session sets `ctx.session` to null for a logout.
    const { rotates } = context as { rotates?: unknown };
    const isLoaded = loaded.recall(undefined, context, keys.key) !== undefined;
    const mayRotate = rotates ?? (isLoaded && (ctx as { session?: unknown }).session !== null);
    loaded.forget(context, keys.key);
    return mayRotate === true ? claimFor(keys, ctx) : write(keys, { kind: 'remove' });
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
