/**
 * The one owner of some sessions: it makes one call after the other, so that every acknowledged result can be told in
 * advance, and notes whatever comes out differently.
 */

import type { SessionStore } from '../../lib';

export interface Session {
  value: string;
}

/** What has happened so far; shared by many owners. */
export interface Tally {
  acknowledged: number;
  /** Calls that were given up. */
  timedOut: number;
  /** What must never be: wrong reads, lost writes, errors that are not documented. */
  wrong: string[];
}

export interface Owner {
  /** Makes one call, or a read and a write of what was read. */
  act(this: void): Promise<void>;
  /** Notes which of these, read when all calls have ended, are not as they must be. @param valueOf null for none */
  compare(this: void, when: string, valueOf: (sid: string) => string | null): void;
  sids: readonly string[];
}

/** In ms; long enough that nothing expires. */
const ttls = [3_600_000, 86_400_000];

/**
 * @param name part of the ids of its sessions
 * @param random a number from 0 up to 1, as Math.random
 */
export const createOwner = (
  store: SessionStore<Session>,
  name: string,
  random: () => number,
  tally: Tally,
): Owner => {
  const sids = [0, 1, 2].map((n) => `${name}-${n}`);
  /** What each session may be: one value, or several, until a write after a failed one is acknowledged. */
  const possible = new Map<string, readonly (string | null)[]>(sids.map((sid) => [sid, [null]]));
  let writes = 0;

  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const valuesOf = (sid: string): readonly (string | null)[] => possible.get(sid) ?? [];
  const newValue = (): string => `${name} ${(writes += 1)}`;

  const check = (what: string, sid: string, value: string | null): void => {
    if (valuesOf(sid).includes(value)) return;
    tally.wrong.push(`${what} ${sid}: ${String(value)}, not ${valuesOf(sid).join(' or ')}`);
  };

  /** @returns whether it was acknowledged */
  const acknowledged = async (call: Promise<unknown>): Promise<boolean> => {
    try {
      await call;
      tally.acknowledged += 1;
      return true;
    } catch (error) {
      const { code, name: type } = error as { code?: unknown; name?: unknown };
      if (type === 'SessionStoreError' && code === 'ETIMEDOUT') tally.timedOut += 1;
      else tally.wrong.push(String(error));
      return false;
    }
  };

  const write = async (
    sid: string,
    after: readonly (string | null)[],
    call: Promise<unknown>,
  ): Promise<void> => {
    const before = valuesOf(sid);
    possible.set(sid, (await acknowledged(call)) ? after : [...new Set([...before, ...after])]);
  };

  const load = async (sid: string): Promise<Session | null> => {
    let session: Session | null = null;
    const reading = store.get(sid).then((found) => {
      session = found;
      check('read', sid, found?.value ?? null);
    });
    await acknowledged(reading);
    return session;
  };

  const actions: ((sid: string) => Promise<unknown>)[] = [
    load,
    load,
    (sid) => {
      const value = newValue();
      return write(sid, [value], store.set(sid, { value }, pick(ttls)));
    },
    async (sid) => {
      const session = await load(sid);
      if (session === null) return;
      session.value = newValue();
      // A session that may have ended since it was read stays ended.
      const after = valuesOf(sid).includes(null) ? [session.value, null] : [session.value];
      await write(sid, after, store.set(sid, session, pick(ttls)));
    },
    (sid) => acknowledged(store.touch(sid, pick(ttls))),
    (sid) => write(sid, [null], store.destroy(sid)),
  ];

  return {
    sids,
    act: async () => {
      await pick(actions)(pick(sids));
    },
    compare: (when, valueOf) => {
      for (const sid of sids) check(when, sid, valueOf(sid));
    },
  };
};
