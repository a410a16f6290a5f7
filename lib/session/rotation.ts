/**
 * The layer in which rows get other keys: what is to happen under the other key waits until the row is there, and another
 * row makes room.
 */

import type { RowStore } from '../batch/batcher';
import type { Change, ChangeOf, Row } from '../database/rows';
import { noDeadline, type Deadline } from '../resilience/deadline';
import { isTransient } from '../resilience/transient';

/** @param keyOf the key of the row that a store takes by this key */
export const withRotation = (
  rows: RowStore<Row, Change>,
  keyOf = (key: string): string => key,
): RowStore<Row, Change> => {
  /** Rows on their way to a key. These promises never reject. */
  const arrivals = new Map<string, Promise<unknown>>();
  const arrivalAt = (key: string): Promise<unknown> | undefined =>
    arrivals.size === 0 ? undefined : arrivals.get(keyOf(key));

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

  return {
    read: (key, deadline) => {
      const arrival = arrivalAt(key);
      return arrival === undefined ? rows.read(key, deadline) : arrival.then(() => rows.read(key, deadline));
    },

    write: (key, change, deadline = noDeadline()) => {
      const isRename = change.kind === 'rename';
      const write = (): Promise<void> =>
        isRename ? rename(key, change, deadline) : rows.write(key, change, deadline);
      const [here, there] = [arrivalAt(key), isRename ? arrivalAt(change.to) : undefined];
      const isFree = here === undefined && there === undefined;
      const written = isFree ? write() : Promise.all([here, there]).then(write);
      return isRename || change.kind === 'claim' ? arrive(change.to, written) : written;
    },
  };
};
