/** The row of a session, under its key or, while ids are being hashed, still under the id itself. */

import type { Batch } from '../batch/batcher';
import type { RowKeys } from '../crypto/row-key';
import { isPassing } from '../resilience/transient';
import type { Content } from './serializer';
import type { Waiting } from '../resilience/retry';
import type { StoredSession, Write } from '../batch/changes';
import { createTurns } from './turns';

/** A row that gets another key, or the same, and other content, if its data is what it was. */
interface Rewriting {
  readonly from: string;
  readonly to: string;
  readonly before: string;
  readonly content: Content;
}

export interface Rows {
  read(this: void, keys: RowKeys, waiting: Waiting): Promise<StoredSession | undefined>;
  write(this: void, keys: RowKeys, write: Write, waiting: Waiting): Promise<void>;
  /** @returns the row that lies under the other key now, whoever has put it there; undefined if there is none */
  move(this: void, rewriting: Rewriting, waiting?: Waiting): Promise<StoredSession | undefined>;
}

/** What the rows need to know of the store. */
export interface RowsOptions {
  /** What a row is to hold under another key; undefined if it holds no session. */
  rewrite(this: void, row: StoredSession, from: string, to: string): Content | undefined;
  /** Removes the row of this key unless it is live. */
  removeEnded(this: void, key: string, waiting: Waiting): Promise<unknown>;
  /** Told of a row that cannot move, and why: it reads as no session, so that its user can log in again. */
  stuck(this: void, error: unknown): void;
}

/** How often a row is looked at again that somebody else saves between the look and the move. */
const tries = 3;

export const createRows = (
  batch: Batch<StoredSession, Write>,
  { rewrite, removeEnded, stuck }: RowsOptions,
): Rows => {
  // A call takes several statements here.
  const inTurn = createTurns();

  /** One statement moves the row, so that a session which is ended meanwhile cannot come back. */
  const move: Rows['move'] = async ({ from, to, before, content }, waiting = { over: false }) => {
    const attempt = (): Promise<unknown> =>
      batch.write(from, { kind: 'move', to, before, ...content }, waiting).then(
        () => undefined,
        (error: unknown) => error,
      );
    let failure = await attempt();
    const row = await batch.read(to, waiting);
    // It may have failed because somebody else was faster.
    if (row !== undefined || failure === undefined) return row;
    // Or because of a session that has ended under that key, and that no sweep has found yet.
    await removeEnded(to, waiting);
    failure = await attempt();
    const moved = await batch.read(to, waiting);
    if (moved === undefined && failure !== undefined) throw failure as Error;
    return moved;
  };

  const readEither = async (
    key: string,
    formerKey: string,
    waiting: Waiting,
    left = tries - 1,
  ): Promise<StoredSession | undefined> => {
    const [row, former] = await Promise.all([batch.read(key, waiting), batch.read(formerKey, waiting)]);
    // Found under neither: it may have moved between the two reads.
    if (former === undefined) return row ?? batch.read(key, waiting);
    if (row === undefined) {
      const content = rewrite(former, formerKey, key);
      if (content === undefined) return undefined;
      let moved: StoredSession | undefined;
      try {
        moved = await move({ from: formerKey, to: key, before: former.data, content }, waiting);
      } catch (error) {
        if (isPassing(error)) throw error;
        stuck(error);
        return undefined;
      }
      if (moved !== undefined) return moved;
      // It has ended, or a process that does not hash has saved it meanwhile.
      if (left > 0) return readEither(key, formerKey, waiting, left - 1);
      if ((await batch.read(formerKey, waiting)) !== undefined) {
        stuck(new Error(`the row held something else each of ${tries} times that it was to move`));
      }
      return undefined;
    }
    await batch.write(formerKey, { kind: 'remove' }, waiting);
    return row;
  };

  /**
   * Rows go from the former key to the key, never back: what is done to the former one first, and then to the key,
   * is done to the row wherever another process has it by then.
   */
  const writeBoth = async (
    key: string,
    formerKey: string,
    change: Write,
    waiting: Waiting,
  ): Promise<void> => {
    if (change.kind === 'upsert') {
      // A new session that cannot be stored leaves the old one alone.
      await batch.write(key, change, waiting);
      await batch.write(formerKey, { kind: 'remove' }, waiting);
    } else {
      await batch.write(formerKey, change, waiting);
      await batch.write(key, change, waiting);
    }
  };

  return {
    move,

    read: ({ key, formerKey }, waiting) =>
      formerKey === undefined
        ? batch.read(key, waiting)
        : inTurn(key, waiting, () => readEither(key, formerKey, waiting)),

    write: ({ key, formerKey }, change, waiting) => {
      if (formerKey === undefined) return batch.write(key, change, waiting);
      return inTurn(key, waiting, () =>
        // A session that was loaded has been moved already.
        change.kind === 'update' || change.kind === 'move'
          ? batch.write(key, change, waiting)
          : writeBoth(key, formerKey, change, waiting),
      );
    },
  };
};
