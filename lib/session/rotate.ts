/** `rotate`: gives a session another id, as one act. */

import type { RowStore } from '../batch/batcher';
import { addressOf, checkSid, type RowKeysOf } from '../crypto/row-key';
import { isForward, type Change, type Content, type Row } from '../database/rows';
import { kindOf } from '../errors';
import { checkNames } from '../options';
import type { Deadline } from '../resilience/deadline';
import type { Work } from '../resilience/limit';
import { maxExpires } from '../ttl';
import type { SessionStore } from '../types';
import { createComparison } from './conflicts';
import { expiresOfForward, type Forward } from './forwards';

interface RotateDependencies {
  rows(this: void): RowStore<Row, Change>;
  readonly keysOf: RowKeysOf;
  /** The content of a row under another key; undefined if it cannot be read as a session, which has been reported. */
  rewrite(this: void, row: Row, from: string, to: string): Content | undefined;
  encodeForward(this: void, forward: Forward, from: string): string;
  /** What a request has loaded under the one key is a loaded session under the other. */
  onRotate(this: void, from: string, to: string): void;
  /** Whether the table can hold forwards. */
  readonly forwards: boolean;
}

export const createRotate = ({
  rows,
  keysOf,
  rewrite,
  encodeForward,
  onRotate,
  forwards,
}: RotateDependencies) => {
  const checkGrace = (grace: unknown): number => {
    if (typeof grace !== 'number' || !(grace >= 0 && grace < Infinity)) {
      const came = typeof grace === 'number' ? String(grace) : kindOf(grace);
      throw new TypeError(`rotate: grace must be a number of milliseconds, 0 or above, but is ${came}`);
    }
    if (grace === 0 || forwards) return grace;
    throw new TypeError(
      'rotate: grace needs PostgreSQL, MySQL, MariaDB, SQLite or SQL Server through a known driver: ' +
        'other databases have no common statement that changes one row and inserts another',
    );
  };

  return (...[from, to, options = {}]: Parameters<SessionStore['rotate']>): Work<boolean> => {
    const keys = keysOf(checkSid(from, 'rotate: from'));
    const { key } = keys;
    const address = addressOf(keys);
    const { key: newKey } = keysOf(checkSid(to, 'rotate: to'));
    // Some legacy columns are case-blind.
    if (newKey.toLowerCase() === key.toLowerCase())
      throw new TypeError('rotate: to must be another id than from');
    checkNames('rotate', options, 'grace');
    const { grace: given = 0 } = options;
    const grace = checkGrace(given);
    const compare = createComparison('rotate');
    /** Whether the session is there when the change is made. */
    let isThere = false;

    const change = (row: Row): Change | undefined => {
      const content = rewrite(row, key, newKey);
      isThere = content !== undefined;
      if (content === undefined) return undefined;
      const now = Date.now();
      const until = Math.min(Math.ceil(now + grace), maxExpires * 1000);
      const forward = {
        data: encodeForward({ to: newKey, until }, key),
        expires: expiresOfForward(until, now),
      };
      const rebase = (found: Row | undefined): Change | undefined => {
        isThere = false;
        if (found === undefined) return undefined;
        if (isForward(found)) {
          // Only the answer was lost.
          isThere = found.data === forward.data;
          return undefined;
        }
        compare(found, row.data);
        return change(found);
      };
      return { kind: 'rotate', to: newKey, before: row.data, ...content, forward, rebase };
    };

    return async (deadline: Deadline) => {
      // Whatever comes of it: what the request saves under the new id must not bring back a session that has ended.
      onRotate(key, newKey);
      const row = await rows().read(address, deadline);
      const first = row && !isForward(row) ? change(row) : undefined;
      if (first === undefined) return false;
      await rows().write(address, first, deadline);
      // Without a forward, a lost answer leaves no trace but the row itself.
      if (isThere || forwards || deadline.unanswered === undefined) return isThere;
      return (await rows().read(newKey, deadline)) !== undefined;
    };
  };
};
