/** `update`: changes a session as it is now, whichever request or job changes it at the same time. */

import type { RowStore } from '../batch/batcher';
import { addressOf, checkSid, type RowKeysOf } from '../crypto/row-key';
import type { Change, Content, Row } from '../database/rows';
import { kindOf, SessionStoreError } from '../errors';
import { checkNames } from '../options';
import type { Deadline } from '../resilience/deadline';
import type { Work } from '../resilience/limit';
import { expiresAt, ttlOf } from '../ttl';
import type { SessionStore, StoreOptions } from '../types';
import type { ConflictOutcome } from './conflicts';
import { createKeyedQueue } from './id-migration';
import type { Known } from './loaded';
import type { Deserialized, Serializer } from './serializer';

interface UpdateDependencies<S extends object> {
  rows(this: void): RowStore<Row, Change>;
  readonly serializer: Pick<Serializer<S>, 'serialize' | 'decode' | 'isUnique'>;
  /** Undefined if the row cannot be read as a session, which has been reported. */
  deserialize(this: void, row: Row, key: string): Deserialized<S> | undefined;
  readonly keysOf: RowKeysOf;
  /** What is set of this object later is a change of a loaded session. */
  remember(this: void, session: S, key: string, known: Known): void;
  onConflict(this: void, outcome: ConflictOutcome): void;
}

/** How an attempt ended. What the app's function throws is not a failure of the store, which it could retry. */
type Outcome<S> = { readonly session: S | null } | { readonly thrown: unknown };

const changedMeanwhile = (): Error => new Error('others saved the session each time, before this call could');

export const createUpdate = <S extends object>(
  { rows, serializer, deserialize, keysOf, remember, onConflict }: UpdateDependencies<S>,
  { absoluteLifetime = Infinity }: Pick<StoreOptions, 'absoluteLifetime'>,
) => {
  const { serialize, decode, isUnique } = serializer;
  /** Updates of one session that have met a conflict: those of this process do not disturb each other any more. */
  const inOrder = createKeyedQueue();

  /** @returns undefined to keep the expiry */
  const expiryOf = (ttl: unknown): number | undefined => {
    const now = Date.now();
    const lifetime = ttlOf(ttl, undefined, 0, now);
    if (lifetime < 0) throw new TypeError('update: ttl must be above 0; to end a session, call destroy(sid)');
    return lifetime === 0 ? undefined : expiresAt(Math.min(lifetime, absoluteLifetime), now);
  };

  return (...[sid, change, options = {}]: Parameters<SessionStore<S>['update']>): Work<Outcome<S>> => {
    const keys = keysOf(checkSid(sid));
    const { key } = keys;
    const address = addressOf(keys);
    if (typeof change !== 'function') {
      throw new TypeError(`update: change must be a function, but is ${kindOf(change)}`);
    }
    checkNames('update', options, 'ttl');
    const newExpiry = expiryOf(options.ttl);

    /** Writes only if the row is what was read. @returns whether it was */
    const replace = async (
      row: Row,
      content: Content,
      expires: number,
      deadline: Deadline,
    ): Promise<boolean> => {
      let isReplaced = true;
      const rebase = (now: Row | undefined): undefined => {
        if (isUnique && now?.data === content.data) return;
        if (now !== undefined && deadline.unanswered !== undefined) {
          throw new SessionStoreError(
            'ECONFLICT',
            'update',
            "update: the database's answer was lost, and the session has changed since: the update may have taken effect, or not",
            deadline.unanswered,
          );
        }
        isReplaced = false;
      };
      deadline.unanswered = undefined;
      const before = row.data;
      await rows().write(
        address,
        { kind: 'replace', ...content, before, expires, isExact: !isUnique, rebase },
        deadline,
      );
      return isReplaced;
    };

    const attempt = async (deadline: Deadline): Promise<Outcome<S> | 'conflict'> => {
      const row = await rows().read(address, deadline);
      const found = row && deserialize(row, key);
      if (row === undefined || found === undefined) return { session: null };
      let session: S;
      try {
        const returned: unknown = await change(found.session);
        session = returned === undefined ? found.session : (returned as S);
      } catch (thrown) {
        return { thrown };
      }
      const { text, content } = serialize(session, key, 'update');
      const expires = newExpiry ?? row.expires;
      let { data } = row;
      if (text !== found.text) {
        const changed = content();
        ({ data } = changed);
        if (!(await replace(row, changed, expires, deadline))) return 'conflict';
      } else if (expires !== row.expires) {
        await rows().write(address, { kind: 'touch', expires }, deadline);
      }
      const stored = decode(text);
      remember(stored, key, { text, expires, stored: { data, text } });
      return { session: stored };
    };

    return async (deadline: Deadline): Promise<Outcome<S>> => {
      const first = await attempt(deadline);
      if (first !== 'conflict') return first;
      return inOrder(key, deadline, async () => {
        for (;;) {
          onConflict('retried');
          deadline.cause = changedMeanwhile();
          const next = await attempt(deadline);
          if (next !== 'conflict') return next;
        }
      });
    };
  };
};

/** @throws what the app's function threw */
export const resultOf = <S>(outcome: Outcome<S>): S | null => {
  if ('thrown' in outcome) throw outcome.thrown;
  return outcome.session;
};
