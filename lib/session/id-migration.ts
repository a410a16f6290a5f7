/**
 * With `hashIds: 'migrate'`: the layer that finds a row under its digest, or still under its plain id, and moves it to its
 * digest.
 */

import type { RowStore } from '../batch/batcher';
import { digest, isHashed } from '../crypto/row-key';
import { isForward, type Change, type Content, type Row } from '../database/rows';
import { noDeadline, tooLate, type Deadline } from '../resilience/deadline';
import { isTransient } from '../resilience/transient';

/** A row that gets another key, or the same, and other content, if its data is what it was. */
interface Move {
  readonly from: string;
  readonly to: string;
  readonly before: string;
  readonly content: Content;
}

/** @returns the row now under the other key, whichever process moved it there; undefined if there is none */
export type MoveRow = (move: Move, deadline?: Deadline) => Promise<Row | undefined>;

/**
 * One statement moves the row: a session that is ended meanwhile cannot come back.
 *
 * @param removeExpired deletes the row of this key unless it is live
 */
export const createMoveRow =
  (
    rows: RowStore<Row, Change>,
    removeExpired: (key: string, deadline: Deadline) => Promise<unknown>,
  ): MoveRow =>
  async ({ from, to, before, content }, deadline = noDeadline()) => {
    /** Returns the failure: the row may be there all the same, if another process was faster. */
    const attempt = async (): Promise<{ row?: Row | undefined; failure?: unknown }> => {
      const failure: unknown = await rows
        .write(from, { kind: 'move', to, before, ...content }, deadline)
        .then(() => undefined)
        .catch((error: unknown) => error);
      return { row: await rows.read(to, deadline), failure };
    };
    const first = await attempt();
    if (first.row !== undefined || first.failure === undefined) return first.row;
    // An expired session may lie under that key, which no sweep has found yet.
    await removeExpired(to, deadline);
    const second = await attempt();
    if (second.row === undefined && second.failure !== undefined) throw second.failure as Error;
    return second.row;
  };

/** Attempts to move a row that other processes keep saving. */
const moveAttempts = 3;

/** Runs the work for one key in order: each begins when what came before it has ended, however that ended. */
export const createKeyedQueue = () => {
  /** The work that waits behind what is under way, for each key that has any under way. */
  const queues = new Map<string, (() => void)[]>();

  const next = (key: string): void => {
    const begin = queues.get(key)?.shift();
    if (begin === undefined) queues.delete(key);
    else begin();
  };

  return <T>(key: string, deadline: Deadline, work: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (deadline.expired) throw tooLate();
      const begin = (): void => {
        void work()
          .then(resolve, reject)
          .finally(() => {
            next(key);
          });
      };
      const queue = queues.get(key);
      if (queue === undefined) {
        queues.set(key, []);
        begin();
        return;
      }
      queue.push(begin);
      deadline.onExpired?.(() => {
        const index = queue.indexOf(begin);
        if (index === -1) return;
        queue.splice(index, 1);
        reject(tooLate());
      });
    });
};

export interface IdMigrationOptions {
  /** The content of a row under another key; undefined if it cannot be read as a session, which has been reported. */
  rewrite(this: void, row: Row, from: string, to: string): Content | undefined;
  /** Called with a row that cannot move, and why: it reads as no session, and its user can log in again. */
  onStuck(this: void, error: unknown): void;
  readonly moveRow: MoveRow;
}

/** @returns a store that takes plain ids, and keeps their rows under digests; digests are taken as they are */
export const withIdMigration = (
  rows: RowStore<Row, Change>,
  { rewrite, onStuck, moveRow }: IdMigrationOptions,
): RowStore<Row, Change> => {
  // A call takes several statements here.
  const inOrder = createKeyedQueue();

  const readEither = async (
    key: string,
    formerKey: string,
    deadline: Deadline,
    left = moveAttempts - 1,
  ): Promise<Row | undefined> => {
    const [row, former] = await Promise.all([rows.read(key, deadline), rows.read(formerKey, deadline)]);
    // Found under neither: it may have moved between the two reads.
    if (former === undefined) return row ?? rows.read(key, deadline);
    if (row !== undefined) {
      await rows.write(formerKey, { kind: 'remove' }, deadline);
      return row;
    }
    if (isForward(former)) return undefined;
    const content = rewrite(former, formerKey, key);
    if (content === undefined) return undefined;
    let moved: Row | undefined;
    try {
      moved = await moveRow({ from: formerKey, to: key, before: former.data, content }, deadline);
    } catch (error) {
      if (deadline.expired || isTransient(error)) throw error;
      onStuck(error);
      return undefined;
    }
    if (moved !== undefined) return moved;
    // It has ended, or a process that does not hash ids has saved it meanwhile.
    if (left > 0) return readEither(key, formerKey, deadline, left - 1);
    if ((await rows.read(formerKey, deadline)) !== undefined) {
      onStuck(new Error(`the row held something else each of ${moveAttempts} times that it was to move`));
    }
    return undefined;
  };

  /**
   * Rows go from the former key to the key, never back. A change made first under the former key and then under the key
   * reaches the row, even if another process moves it in between.
   */
  const writeBoth = async (
    key: string,
    formerKey: string,
    change: Change,
    deadline: Deadline,
  ): Promise<void> => {
    // A loaded session has already moved.
    if (['update', 'replace', 'move', 'rotate'].includes(change.kind))
      return rows.write(key, change, deadline);
    // A session that gets another id has moved already, when it was loaded.
    if (change.kind === 'upsert' || change.kind === 'claim') {
      // If the new session cannot be stored, the old one stays.
      await rows.write(key, change, deadline);
      await rows.write(formerKey, { kind: 'remove' }, deadline);
    } else {
      await rows.write(formerKey, change, deadline);
      await rows.write(key, change, deadline);
    }
  };

  return {
    read: (id, deadline = noDeadline()) => {
      if (isHashed(id)) return rows.read(id, deadline);
      const key = digest(id);
      return inOrder(key, deadline, () => readEither(key, id, deadline));
    },
    write: (id, change, deadline = noDeadline()) => {
      if (isHashed(id)) return rows.write(id, change, deadline);
      const key = digest(id);
      return inOrder(key, deadline, () => writeBoth(key, id, change, deadline));
    },
  };
};
