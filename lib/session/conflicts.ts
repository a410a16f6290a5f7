/**
 * With `conflicts: 'merge'` or `'reject'`: saves of a loaded session that notice what others have saved since.
 *
 * Such a save replaces the row only if it still holds what the request knows. If it does not, the batcher reads it: the
 * request's changes are applied to what it holds now, or the save is rejected.
 */

import { isDeepStrictEqual } from 'node:util';
import type { Change, Row } from '../database/rows';
import { kindOf, SessionStoreError } from '../errors';
import type { Deadline } from '../resilience/deadline';
import type { StoreOptions } from '../types';
import { nothingToWrite, type Known, type Saves, type SavesDependencies, type Stored } from './saves';
import type { Deserialized, Serialized, Serializer } from './serializer';

/** How a conflict ended: the changes of both were kept, the save was rejected, or `update` ran again. */
export type ConflictOutcome = 'merged' | 'rejected' | 'retried';

/** The keys whose values differ, or that one of them lacks. */
const changedKeys = (before: object, after: object): string[] => {
  const [old, now] = [before, after].map((session) => new Map<string, unknown>(Object.entries(session)));
  const keys = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  return keys.filter(
    (key) => old?.has(key) !== now?.has(key) || !isDeepStrictEqual(old?.get(key), now?.get(key)),
  );
};

/**
 * Three-way, by top-level key: what changed from `base` to `mine` is applied to `theirs`. A value is one thing: objects
 * are never merged into each other.
 */
export const mergeSessions = (base: object, mine: object, theirs: object): object => {
  const after = new Map<string, unknown>(Object.entries(mine));
  const merged = new Map<string, unknown>(Object.entries(theirs));
  for (const key of changedKeys(base, mine)) {
    if (after.has(key)) merged.set(key, after.get(key));
    else merged.delete(key);
  }
  return Object.fromEntries(merged);
};

/** Where middlewares keep the expiry within the session: it moves without a change by the app. */
const expiryKeys: ReadonlySet<string> = new Set(['cookie', '_expire', '_maxAge']);

/** Whether the app has changed something from one of these sessions to the other. */
const isChanged = (before: object, after: object): boolean =>
  !isMergeable(before) || changedKeys(before, after).some((key) => !expiryKeys.has(key));

/** Whether a session has keys to merge by. */
const isMergeable = (session: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(session);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** @throws TypeError if sessions like this one cannot be merged by key */
export const checkMergeable = (session: object): void => {
  if (isMergeable(session)) return;
  throw new TypeError(
    "option conflicts: 'merge' needs sessions that codec.decode returns as plain objects, " +
      `but it returned ${kindOf(session)}; use 'reject', or another codec`,
  );
};

/** How often the row may hold what it held before, though the condition did not hold: it may change to and fro. */
const mostIllusions = 3;

/** Notices a row that never compares equal to what was read of it: else, a save would be tried again and again. */
export const createComparison = (operation: 'set' | 'update' | 'rotate') => {
  let illusions = 0;
  /**
   * @param row as it is, though it did not compare equal to `before`
   * @throws SessionStoreError `ESCHEMA`
   */
  return (row: Row, before: string): void => {
    illusions = row.data === before ? illusions + 1 : 0;
    if (illusions <= mostIllusions) return;
    const message = `${operation}: the row does not compare equal to what is read of it; does the connection's character set change text?`;
    throw new SessionStoreError('ESCHEMA', operation, message);
  };
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
  const conflictError = (message: string, cause?: unknown): SessionStoreError => {
    onConflict('rejected');
    return new SessionStoreError('ECONFLICT', 'set', message, cause);
  };

  const save: Saves['save'] = (keys, loaded, session, expires) => {
    const { key } = keys;
    const { text } = session;
    const compare = createComparison('set');
    let deadline: Deadline | undefined;
    let isMerged = false;
    /** What is known when the change is made; undefined if the session has ended. */
    let next: Known | undefined;

    /** @param before what the row must hold for that */
    const replace = (before: string, { text: newText, content }: Serialized): Change => {
      const row = content();
      const stored = { data: row.data, text: newText };
      next = { text, expires, stored };
      const rebase = (now: Row | undefined): Change | undefined => rebaseOn(now, before, stored);
      return { kind: 'replace', ...row, expires, before, isExact: false, rebase };
    };

    /** It is not known what the row holds: several saves of a new session were under way, and one of them failed, say. */
    const overwrite = (): Change => {
      const row = session.content();
      next = { text, expires, stored: { data: row.data, text } };
      return { kind: 'update', ...row, expires };
    };

    /** The row holds the session already, but perhaps another expiry. */
    const prolong = (row: Row, stored: Stored): Change | undefined => {
      next = { text, expires, stored };
      return row.expires === expires ? undefined : { kind: 'touch', expires };
    };

    /** @param base what this request has changed is what differs from this */
    const merge = (base: Known, theirs: string): Serialized =>
      theirs === base.text
        ? session
        : serialize(mergeSessions(decode(base.text), decode(text), decode(theirs)) as S, key);

    const checkConflict = (base: Known, theirs: string): void => {
      const haveBothChanged =
        text !== theirs &&
        isChanged(decode(base.text), decode(text)) &&
        isChanged(decode(storedOf(base).text), decode(theirs));
      if (!haveBothChanged) return;
      const lost = deadline?.unanswered;
      throw lost === undefined
        ? conflictError('set: another request has changed the session since this one loaded it')
        : conflictError('set: the answer was lost, and another request has changed the session since', lost);
    };

    const rebaseOn = (row: Row | undefined, before: string, sent: Stored): Change | undefined => {
      next = undefined;
      // It has ended, and stays ended.
      if (row === undefined) return undefined;
      compare(row, before);
      // Only the answer was lost, or another request has saved the same.
      if (row.data === sent.data) return prolong(row, sent);
      const found = deserialize(row, key);
      if (found === undefined) throw conflictError('set: the row can no longer be read');
      // What the request saved before has ended: it is known what that left.
      const base = loaded.known;
      if (base === undefined) return overwrite();
      const isOthers = found.text !== storedOf(base).text;
      const stored = { data: row.data, text: found.text };
      if (text === base.text) return prolong(row, stored);
      if (isOthers && conflicts === 'reject') checkConflict(base, found.text);
      const merged = merge(base, found.text);
      if (merged.text === found.text) return prolong(row, stored);
      if (isOthers && !isMerged) onConflict('merged');
      isMerged ||= isOthers;
      return replace(row.data, merged);
    };

    const { known, sent } = loaded;
    if (sent === undefined && known?.text === text && known.stale === undefined) {
      return touch(keys, loaded, expires);
    }
    const base = sent ?? known;
    const change =
      base === undefined ? overwrite() : replace(storedOf(base).data, merge(base, storedOf(base).text));
    const mine = (loaded.sent = next);
    return async (given) => {
      deadline = given;
      try {
        await write(keys, change)(given);
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
