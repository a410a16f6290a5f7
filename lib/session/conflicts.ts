/**
 * With `conflicts: 'merge'` or `'reject'`: saves of a loaded session that notice what others have saved since.
 *
 * Such a save replaces the row only if it still holds what the request knows. If it does not, the batcher reads it: the
 * request's changes are applied to what it holds now, or the save is rejected.
 */

import { isDeepStrictEqual } from 'node:util';
import type { Change, Row } from '../database/rows';
import { kindOf, SessionStoreError } from '../errors';
import type { StoreOptions } from '../types';
import type { Known, Stored } from './loaded';
import { nothingToWrite, type Saves, type SavesDependencies } from './saves';
import type { Deserialized, Serialized, Serializer } from './serializer';

/** How a conflict ended: the changes of both were kept, the save was rejected, or `update` ran again. */
export type ConflictOutcome = 'merged' | 'rejected' | 'retried';

/**
 * Three-way, by top-level key: what changed from `base` to `mine` is applied to `theirs`. A value is one thing: objects
 * are never merged into each other.
 */
export const mergeSessions = (base: object, mine: object, theirs: object): object => {
  const before = new Map<string, unknown>(Object.entries(base));
  const after = new Map<string, unknown>(Object.entries(mine));
  const merged = new Map<string, unknown>(Object.entries(theirs));
  for (const [key, value] of after) {
    if (!before.has(key) || !isDeepStrictEqual(before.get(key), value)) merged.set(key, value);
  }
  for (const key of before.keys()) if (!after.has(key)) merged.delete(key);
  return Object.fromEntries(merged);
};

/** @throws TypeError if sessions like this one cannot be merged by key */
export const checkMergeable = (session: object): void => {
  const prototype: unknown = Object.getPrototypeOf(session);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return;
  throw new TypeError(
    "option conflicts: 'merge' needs sessions that codec.decode returns as plain objects, " +
      `but it returned ${kindOf(session)}; use 'reject', or another codec`,
  );
};

const storedOf = ({ text, stored = { data: text, text } }: Known): Stored => stored;

interface ConflictDependencies<S extends object> extends SavesDependencies {
  readonly conflicts: Exclude<StoreOptions['conflicts'], 'last'>;
  readonly serialize: Serializer<S>['serialize'];
  readonly decode: Serializer<S>['decode'];
  /** Undefined if the row cannot be read as a session, which has been reported. */
  deserialize(this: void, row: Row, key: string): Deserialized<S> | undefined;
  onConflict(this: void, outcome: ConflictOutcome): void;
}

export const createCheckedSaves = <S extends object>({
  conflicts,
  write,
  serialize,
  decode,
  deserialize,
  onUnchanged,
  onConflict,
}: ConflictDependencies<S>): Saves => {
  const rejection = (reason: string): SessionStoreError => {
    onConflict('rejected');
    return new SessionStoreError('ECONFLICT', 'set', `set: ${reason} since this request loaded it`);
  };

  const save: Saves['save'] = (keys, loaded, session, expires) => {
    const { key } = keys;
    const { text } = session;
    let isMerged = false;
    /** What is known when the change is made; undefined if the session has ended. */
    let next: Known | undefined;

    const replace = (stored: Stored, { text: newText, content }: Serialized): Change => {
      const row = content();
      next = { text, expires, stored: { data: row.data, text: newText } };
      return { kind: 'replace', ...row, expires, before: stored.data, isExact: false, rebase };
    };

    /** @param base what this request has changed is what differs from this */
    const merged = (base: Known, { text: theirs }: Stored): Serialized =>
      theirs === base.text
        ? session
        : serialize(mergeSessions(decode(base.text), decode(text), decode(theirs)) as S, key);

    const rebase = (row: Row | undefined): Change | undefined => {
      const sent = next;
      next = undefined;
      // It has ended, and stays ended.
      if (row === undefined) return undefined;
      if (row.data === sent?.stored?.data) {
        // Only the answer was lost.
        next = sent;
        return undefined;
      }
      const found = deserialize(row, key);
      if (found === undefined) throw rejection('the row has become unreadable');
      // What the request saved before has ended: it is known what that left.
      const base = loaded.known as Known;
      const stored = { data: row.data, text: found.text };
      const isOthers = found.text !== storedOf(base).text;
      if (isOthers && conflicts === 'reject' && text !== base.text && text !== found.text) {
        throw rejection('another request has changed the session');
      }
      const session = merged(base, stored);
      if (session.text !== found.text) {
        if (isOthers && !isMerged) onConflict('merged');
        isMerged ||= isOthers;
        return replace(stored, session);
      }
      next = { text, expires, stored };
      return row.expires === expires ? undefined : { kind: 'touch', expires };
    };

    // Both `get` and the `set` that stores a session tell what its row holds.
    const { known, sent } = loaded;
    if (sent === undefined && known?.text === text && known.stale === undefined) {
      return touch(keys, loaded, expires);
    }
    const base = (sent ?? known) as Known;
    const stored = storedOf(base);
    const change = replace(stored, merged(base, stored));
    const mine = (loaded.sent = next);
    return async (deadline) => {
      try {
        await write(keys, change)(deadline);
        if (next !== undefined) loaded.known = next;
      } finally {
        if (loaded.sent === mine) loaded.sent = undefined;
      }
    };
  };

  const touch: Saves['touch'] = (keys, loaded, expires) => {
    const { known } = loaded;
    if (known?.expires === expires) return nothingToWrite(onUnchanged);
    if (known !== undefined) loaded.known = { ...known, expires: undefined };
    return async (deadline) => {
      await write(keys, { kind: 'touch', expires })(deadline);
      if (loaded.known !== undefined) loaded.known = { ...loaded.known, expires };
    };
  };

  return { save, touch };
};
