/**
 * Forwards: what a session leaves under its key when `rotate` gives it another. For a while, the former id reads it, and a
 * logout with the former id ends it.
 */

import type { RowStore } from '../batch/batcher';
import { isForward, type Change, type Row } from '../database/rows';
import type { Deadline } from '../resilience/deadline';

/** What a forward says. */
export interface Forward {
  /** The key that the session has now. */
  readonly to: string;
  /** Until when its former id reads it, in ms since the epoch. */
  readonly until: number;
}

/** How long a logout with the former id ends the session, at least, in ms: it may be on its way. */
const shortest = 60_000;

/** The `expires` of a forward: minus the second when it expires. No statement for live rows takes it for one. */
export const expiresOfForward = (until: number, now: number): number =>
  -Math.ceil(Math.max(until, now + shortest) / 1000);

/** @param decode undefined if the row cannot be read as a forward, which has been reported */
export const createForwards = (
  rows: RowStore<Row, Change>,
  decode: (row: Row, key: string) => Forward | undefined,
) => {
  /**
   * The row that a session has now.
   *
   * @param row a forward, under this key
   * @returns undefined if the session has ended, or its former id no longer reads it
   */
  const follow = async (
    row: Row,
    key: string,
    deadline: Deadline,
  ): Promise<{ row: Row; key: string } | undefined> => {
    const seen = new Set<string>();
    let at = { row, key };
    while (isForward(at.row)) {
      const forward = seen.has(at.key) ? undefined : decode(at.row, at.key);
      if (forward === undefined || forward.until <= Date.now()) return undefined;
      seen.add(at.key);
      const next = await rows.read(forward.to, deadline);
      if (next === undefined) return undefined;
      at = { row: next, key: forward.to };
    }
    return at;
  };

  /** Ends a session, also under the keys that it has got since. @param address where the row store finds its row */
  const end = async (address: string, key: string, deadline: Deadline): Promise<void> => {
    // Not by keys: the session may get an earlier one back meanwhile.
    const seen = new Set<string>();
    let next: { address: string; key: string } | undefined = { address, key };
    while (next !== undefined) {
      let left: Row | undefined;
      const rebase = (row: Row | undefined): undefined => {
        left = row ?? left;
      };
      await rows.write(next.address, { kind: 'end', rebase }, deadline);
      const { data = '' } = left ?? {};
      next = seen.has(data) ? undefined : keyIn(left, next.key);
      seen.add(data);
    }
  };

  /** Where the row leads, if it is a forward. The forward stays: it leads nowhere then. */
  const keyIn = (row: Row | undefined, key: string): { address: string; key: string } | undefined => {
    const to = row && isForward(row) ? decode(row, key)?.to : undefined;
    return to === undefined ? undefined : { address: to, key: to };
  };

  return { follow, end, keyIn };
};
