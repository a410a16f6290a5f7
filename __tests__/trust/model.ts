/** What a store must hold after calls with hostile values, kept beside it and compared with it. */

import { deepStrictEqual, ok, rejects } from 'node:assert';
import { createRowKeys } from '../../lib/crypto/row-key';
import type { SessionStore } from '../../lib';
import { asJson, checkExpiry, lifetimeOf } from './values/expected';

/** A session that is in the table, as far as it has not expired. */
interface Kept {
  /** As JSON makes it. */
  session: object;
  /** In ms. */
  lifetime: number;
  /** Between these moments its life began, in ms since the epoch. */
  from: number;
  to: number;
  /** Whether it may have ended before it was last written. */
  mayBeGone: boolean;
}

interface Settings {
  store: SessionStore<any>;
  /** Bytes of a session, as this database gets it. */
  sizeOf: (session: object) => number;
}

interface Row {
  id: string;
  expires: number | string;
}

/** So long a run may take, in ms: what lives for less may end meanwhile. */
const longestRun = 60_000;

export const createModel = ({ store, sizeOf }: Settings) => {
  const { browserSessionLifetime, hashIds, maxBytes } = store.options;
  const keysOf = createRowKeys(hashIds);
  const kept = new Map<string, Kept>();

  const mayEnd = ({ from, lifetime, mayBeGone }: Kept): boolean =>
    mayBeGone || from + lifetime < Date.now() + longestRun;

  /** @returns whether it was kept; any other session of that id must be as it was */
  const set = async (sid: string, session: unknown, ttl: unknown, isLoaded = false): Promise<boolean> => {
    const from = Date.now();
    const call = store.set(sid, session, ttl as number);
    const to = Date.now();
    const lifetime = lifetimeOf(ttl, session, browserSessionLifetime, from);
    const json = asJson(session);
    if (lifetime !== undefined && lifetime < 0) {
      await call;
      kept.delete(sid);
    } else if (lifetime === undefined || json === undefined) {
      await rejects(call, TypeError);
    } else if (sizeOf(json) > maxBytes) {
      await rejects(call, { code: 'E2BIG', operation: 'set' });
    } else {
      await call;
      const before = kept.get(sid);
      const mayBeGone = isLoaded && (before === undefined || mayEnd(before));
      kept.set(sid, { session: json, lifetime, from, to, mayBeGone });
      return true;
    }
    return false;
  };

  const touch = async (sid: string, ttl: unknown): Promise<void> => {
    const from = Date.now();
    const call = store.touch(sid, ttl as number);
    const to = Date.now();
    const lifetime = lifetimeOf(ttl, undefined, browserSessionLifetime, from);
    if (lifetime === undefined) return rejects(call, TypeError);
    await call;
    const before = kept.get(sid);
    if (lifetime < 0) kept.delete(sid);
    else if (before !== undefined)
      kept.set(sid, { ...before, lifetime, from, to, mayBeGone: mayEnd(before) });
  };

  const destroy = async (sid: string): Promise<void> => {
    await store.destroy(sid);
    kept.delete(sid);
  };

  /** Reads a session, which must be this id's own, and there as long as it lives. */
  const get = async (sid: string): Promise<object | null> => {
    const session = (await store.get(sid)) as object | null;
    const expected = kept.get(sid);
    if (session === null) {
      ok(expected === undefined || mayEnd(expected), `${JSON.stringify(sid)} has lost its session`);
    } else {
      deepStrictEqual(session, expected?.session);
    }
    return session;
  };

  /** The rows of the table must be those of the sessions that are kept, and of no others. */
  const checkRows = (rows: readonly Row[]): void => {
    const sids = new Map([...kept.keys()].map((sid) => [keysOf(sid).key, sid]));
    for (const { id, expires } of rows) {
      const sid = sids.get(id);
      const expected = kept.get(sid ?? '');
      ok(expected !== undefined, `there is a row ${JSON.stringify(id)} of nobody's`);
      if (!expected.mayBeGone) checkExpiry(Number(expires), expected.lifetime, expected.from, expected.to);
      sids.delete(id);
    }
    const lost = [...sids.values()].filter((sid) => kept.get(sid)?.mayBeGone === false);
    deepStrictEqual(lost, [], 'some rows are not there');
  };

  return { set, touch, destroy, get, checkRows };
};
