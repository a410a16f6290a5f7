/**
 * How a session gets another id.
 *
 * A request does that by destroying the session and saving it under another id. The row itself moves, in two steps:
 * `destroy` claims it, under a key that no client can name and as a row that has ended, and `set` gives it the new key.
 * What ends the session in between, `destroyAllOf` too, ends it for good, and the row keeps its age.
 */

import { randomUUID } from 'node:crypto';
import type { RowStore } from '../batch/batcher';
import { addressOf, digest, type RowKeys } from '../crypto/row-key';
import type { Change, ChangeOf, Content, Row } from '../database/rows';
import { noDeadline, type Deadline } from '../resilience/deadline';
import type { Work } from '../resilience/limit';
import { isTransient } from '../resilience/transient';
import { claimedAt } from '../ttl';
import { createForwards, type Forward } from './forwards';

/** A row that its request takes away from its key, to give it another. */
export interface Claim {
  /** The key that it had. */
  readonly from: string;
  /** The key that it has in between. */
  readonly key: string;
  /** Why it may still have the other. */
  failure?: unknown;
}

/** A `destroy` that has not sent its statement yet. */
interface Ending {
  /** The row's key. */
  readonly from: string;
  /** Set by a `set` that saves the session under another key. */
  claim: Claim | undefined;
  /** Sends its statement; undefined before its work has begun. */
  begin: (() => void) | undefined;
}

/** A context of `destroy`: from koa-session, or from the adapter for Express and Fastify. */
export interface RotationContext {
  readonly ctx: object;
  /** The adapter: a `set` with this context may follow. It calls `release` when none will. */
  readonly rotates?: unknown;
  release?: () => void;
}

/** How long a claimed row waits for its new key, in ms, if nothing tells that none will come. */
const claimTime = 1_000;

export interface RotationOptions {
  /** The key of the row that the row store takes by this one. */
  keyOf(this: void, key: string): string;
  /** Undefined if the row cannot be read as a forward, which has been reported. */
  decodeForward(this: void, row: Row, key: string): Forward | undefined;
  /** Does work that no caller waits for, and that may fail. */
  inBackground(this: void, work: Work<void>): void;
}

/** Rows get other keys: calls for these wait until the row is there, and another row that lies there makes room. */
const withArrivals = (rows: RowStore<Row, Change>, keyOf: RotationOptions['keyOf']) => {
  /** Rows on their way to a key. These promises never reject. */
  const arrivals = new Map<string, Promise<unknown>>();

  const rename = async (key: string, change: ChangeOf<'rename'>, deadline: Deadline): Promise<void> => {
    try {
      await rows.write(key, change, deadline);
    } catch (error) {
      if (deadline.expired || isTransient(error)) throw error;
      // Another row has the new key: it is replaced, as by any save of a new session.
      await rows.write(change.to, { kind: 'remove' }, deadline);
      await rows.write(key, change, deadline);
    }
  };

  const arrive = (key: string, moved: Promise<void>): Promise<void> => {
    const arrival = moved
      .catch(() => undefined)
      .finally(() => {
        if (arrivals.get(key) === arrival) arrivals.delete(key);
      });
    arrivals.set(key, arrival);
    return moved;
  };

  const moving: RowStore<Row, Change> = {
    read: (key, deadline) => {
      const arrival = arrivals.get(keyOf(key));
      // At once, if there is none: calls take effect in the order in which they were made.
      return arrival === undefined ? rows.read(key, deadline) : arrival.then(() => rows.read(key, deadline));
    },
    write: (key, change, deadline = noDeadline()) => {
      const isRename = change.kind === 'rename';
      const write = (): Promise<void> =>
        isRename ? rename(key, change, deadline) : rows.write(key, change, deadline);
      const here = arrivals.get(keyOf(key));
      const there = isRename ? arrivals.get(change.to) : undefined;
      const isFree = here === undefined && there === undefined;
      const written = isFree ? write() : Promise.all([here, there]).then(write);
      return isRename || change.kind === 'claim' ? arrive(change.to, written) : written;
    },
  };
  return { moving, arrivals };
};

export const createRotation = (
  below: RowStore<Row, Change>,
  { keyOf, decodeForward, inBackground }: RotationOptions,
) => {
  const { moving, arrivals } = withArrivals(below, keyOf);
  const { follow, end, keyIn } = createForwards(moving, decodeForward);
  /** The rows that requests of koa-session, and of the adapter, have taken away. */
  const claims = new WeakMap<object, Claim>();

  // No client can name this key: an id that looks like a digest is hashed.
  const newClaim = (from: string): Claim => ({ from, key: digest(randomUUID()) });

  /** @returns the row that lies there instead of the session */
  const take = async (address: string, claim: Claim, deadline: Deadline): Promise<Row | undefined> => {
    let left: Row | undefined;
    const rebase = (row: Row | undefined): undefined => {
      left = row ?? left;
    };
    try {
      const expires = claimedAt(Date.now());
      await moving.write(address, { kind: 'claim', to: claim.key, expires, rebase }, deadline);
      return left;
    } catch (error) {
      claim.failure = error;
      throw error;
    }
  };

  /** The claimed row gets no other key. */
  const drop = ({ key }: Claim): void => {
    inBackground((deadline) => moving.write(key, { kind: 'remove' }, deadline));
  };

  const takeClaim = (ctx: object | undefined): Claim | undefined => {
    const claim = ctx && claims.get(ctx);
    if (ctx !== undefined) claims.delete(ctx);
    return claim;
  };

  /** The last `destroy` without a context, until the next call or the end of this turn. */
  const latest: { ending: Ending | undefined } = { ending: undefined };
  const letGo = (): void => {
    const { ending } = latest;
    latest.ending = undefined;
    ending?.begin?.();
  };

  return {
    /** The keys that rows are on their way to. While there are any, statements go through `moving`. */
    arrivals: arrivals as ReadonlyMap<string, unknown>,
    moving,

    /** Its `ending` is a `destroy` whose statement waits for the end of this turn, or for `letGo`. */
    latest: latest as { readonly ending: unknown },

    /** Sends that statement: another call comes, and calls take effect in the order in which they were made. */
    letGo,

    /** The row that a session has now, if a forward was found under its key. */
    follow,

    /** Ends a session at once. */
    endNow:
      (keys: RowKeys): Work<void> =>
      (deadline) =>
        end(addressOf(keys), keys.key, deadline),

    /**
     * Ends a session, without a context. koa-session-minimal does not await this, and calls `set` right after it, with
     * the object that it has loaded: the statement waits until it is known whether that comes.
     */
    end: (keys: RowKeys): Work<void> => {
      const { key: from } = keys;
      const address = addressOf(keys);
      const mine: Ending = { from, claim: undefined, begin: undefined };
      latest.ending = mine;
      queueMicrotask(() => {
        if (latest.ending === mine) letGo();
      });
      return (deadline) =>
        new Promise((resolve, reject) => {
          const begin = (): void => {
            const { claim } = mine;
            const work: Promise<unknown> =
              claim === undefined ? end(address, from, deadline) : take(address, claim, deadline);
            work.then(() => {
              resolve();
            }, reject);
          };
          // Its work may begin later, or never: if the table is not ready, or the call is refused.
          if (latest.ending === mine) mine.begin = begin;
          else begin();
        });
    },

    /** Ends a session whose request may save it under another id. koa-session and @fastify/session await this first. */
    claim: (keys: RowKeys, context: RotationContext): Work<void> => {
      const { key: from } = keys;
      const claim = newClaim(from);
      const release = (): void => {
        // The claim stays the request's: a `set` that comes too late finds no row, and stores nothing.
        if (claims.get(context.ctx) === claim) drop(claim);
      };
      return async (deadline) => {
        // Not before: a call that is refused takes nothing away.
        claims.set(context.ctx, claim);
        const left = await take(addressOf(keys), claim, deadline);
        if (context.rotates !== true) {
          setTimeout(release, claimTime).unref();
          return;
        }
        context.release = release;
        // It may be a logout.
        const next = keyIn(left, from);
        if (next !== undefined) await end(next.address, next.key, deadline);
      };
    },

    /**
     * The row that a request has taken away and now saves under another key; undefined if there is none.
     *
     * @param isFrom whether the request has loaded the session under this key
     */
    claimOf: (ctx: object | undefined, key: string, isFrom: (key: string) => boolean): Claim | undefined => {
      const claim = takeClaim(ctx);
      if (claim?.from === key) drop(claim);
      else if (claim !== undefined) return claim;
      const { ending } = latest;
      if (ending === undefined || !isFrom(ending.from)) return undefined;
      const own = (ending.claim = newClaim(ending.from));
      letGo();
      return own;
    },

    /** Gives a claimed row its new key, and replaces it, if it was there. */
    rename:
      (claim: Claim, to: string, row: Content & { readonly expires: number }): Work<void> =>
      async (deadline) => {
        await moving.write(claim.key, { ...row, kind: 'rename', to }, deadline);
        // The request must not take the new id for one that works.
        if (claim.failure !== undefined) throw claim.failure as Error;
      },
  };
};
