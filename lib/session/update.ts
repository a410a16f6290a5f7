/** `update`: changes a session as it is now, whichever request or job changes it at the same time. */

import type { RowStore } from '../batch/batcher';
import { addressOf, checkSid, type RowKeysOf } from '../crypto/row-key';
import { isForward, type Change, type Content, type Row } from '../database/rows';
import { isObject, kindOf, SessionStoreError } from '../errors';
import { checkNames } from '../options';
import { tooLate, type Deadline } from '../resilience/deadline';
import type { Work } from '../resilience/limit';
import { expiresAt, ttlOf } from '../ttl';
import type { SessionStore, StoreOptions } from '../types';
import { createComparison, type ConflictOutcome } from './conflicts';
import { createKeyedQueue } from './id-migration';
import type { Known } from './saves';
import type { Deserialized, Serializer } from './serializer';

interface UpdateDependencies<S extends object> {
  rows(this: void): RowStore<Row, Change>;
  readonly serializer: Pick<Serializer<S>, 'serialize' | 'decode' | 'isUnique'>;
  /** Undefined if the row cannot be read as a session, which has been reported. */
  deserialize(this: void, row: Row, key: string): Deserialized<S> | undefined;
  readonly keysOf: RowKeysOf;
  /** What is set of this object later is a change of a loaded session. */
  remember(this: void, session: S, key: string, known: Known): void;
  /** @throws TypeError if the text is that of a session which cannot be merged, and must be */
  checkText(this: void, text: string): void;
  onConflict(this: void, outcome: ConflictOutcome): void;
}

/** How an attempt ended. What the app's function throws is not a failure of the store, which it could retry. */
type Outcome<S> = { readonly session: S | null } | { readonly thrown: unknown };

export const createUpdate = <S extends object>(
  { rows, serializer, deserialize, keysOf, remember, checkText, onConflict }: UpdateDependencies<S>,
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
    const compare = createComparison('update');

    /** Writes only if the row is what was read. @returns whether it was */
    const replace = async (row: Row, content: Content, deadline: Deadline): Promise<boolean> => {
      const before = row.data;
      let isReplaced = true;
      const rebase = (now: Row | undefined): undefined => {
        if (now !== undefined) compare(now, before);
        if (isUnique && now?.data === content.data) return;
        if (now !== undefined && deadline.unanswered !== undefined) {
          const message =
            "update: the database's answer was lost, and the session has changed since: the update may have taken effect, or not";
          throw new SessionStoreError('ECONFLICT', 'update', message, deadline.unanswered);
        }
        isReplaced = false;
      };
      const change: Change = {
        ...{ kind: 'replace', ...content, before, expires: newExpiry ?? null },
        ...{ isExact: true, rebase },
      };
      await rows().write(address, change, deadline);
      return isReplaced;
    };

    /** Rejects when the deadline expires: others do not wait for a function that never ends. */
    const runChange = (session: S, deadline: Deadline): Promise<{ value: unknown } | { thrown: unknown }> =>
      new Promise((resolve, reject) => {
        deadline.onExpired?.(() => {
          reject(tooLate());
        });
        const run = async (): Promise<unknown> => change(session);
        run().then(
          (value) => {
            resolve({ value });
          },
          (thrown: unknown) => {
            resolve({ thrown });
          },
        );
      });

    const attempt = async (deadline: Deadline): Promise<Outcome<S> | 'conflict'> => {
      const row = await rows().read(address, deadline);
      const found = row && !isForward(row) ? deserialize(row, key) : undefined;
      if (row === undefined || found === undefined) return { session: null };
      const ran = await runChange(found.session, deadline);
      if ('thrown' in ran) return ran;
      if (ran.value !== undefined && !isObject(ran.value)) {
        throw new TypeError(
          `update: change must return an object, or nothing, but returned ${kindOf(ran.value)}; to end a session, call destroy(sid)`,
        );
      }
      const changed = ran.value === undefined ? found.session : (ran.value as S);
      const { text, content } = serialize(changed, key, 'update');
      checkText(text);
      let { data } = row;
      if (text !== found.text) {
        const newContent = content();
        ({ data } = newContent);
        if (!(await replace(row, newContent, deadline))) return 'conflict';
      } else if (newExpiry !== undefined) {
        await rows().write(address, { kind: 'touch', expires: newExpiry }, deadline);
      }
      const session = decode(text);
      remember(session, key, { text, expires: newExpiry, stored: { data, text } });
      return { session };
    };

    return async (deadline: Deadline): Promise<Outcome<S>> => {
      const first = await attempt(deadline);
      if (first !== 'conflict') return first;
      return inOrder(key, deadline, async () => {
        for (;;) {
          onConflict('retried');
          deadline.cause = new Error('others saved the session each time, before this call could');
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
