/** The row of a session, under its key or, while ids are being hashed, still under the id itself. */

import type { Batch } from './batch';
import type { RowKeys } from './id';
import type { Content } from './record';
import type { Waiting } from './retry';
import type { StoredSession, Write } from './statements';

export interface Rows {
  read(this: void, keys: RowKeys, waiting: Waiting): Promise<StoredSession | undefined>;
  write(this: void, keys: RowKeys, write: Write, waiting: Waiting): Promise<void>;
  /**
   * Gives a row another key, or the same, and other content, if its data is what it was.
   *
   * @returns the row that lies under the other key now, whoever has put it there; undefined if there is none
   */
  move(
    this: void,
    from: string,
    to: string,
    before: string,
    content: Content,
    waiting: Waiting,
  ): Promise<StoredSession | undefined>;
}

/** How often a row is looked at again that somebody else saves between the look and the move. */
const tries = 3;

/**
 * @param rewrite what a row is to hold under another key; undefined if it holds no session
 * @param removeExpired removes the row of this key if it has expired
 */
export const createRows = (
  batch: Batch<StoredSession, Write>,
  rewrite: (row: StoredSession, from: string, to: string) => Content | undefined,
  removeExpired: (key: string, waiting: Waiting) => Promise<unknown>,
): Rows => {
  /** The last of the calls for each key: where a call takes several statements, the next one waits for all of them. */
  const last = new Map<string, Promise<unknown>>();

  const inTurn = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (last.get(key) === turn) last.delete(key);
    }
  };

  /** One statement moves the row, so that a session which is ended meanwhile cannot come back. */
  const move: Rows['move'] = async (from, to, before, content, waiting) => {
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
    await removeExpired(to, waiting);
    failure = await attempt();
    const moved = await batch.read(to, waiting);
    if (moved === undefined && failure !== undefined) throw failure as Error;
    return moved;
  };

  const readEither = async (
    key: string,
    formerKey: string,
    waiting: Waiting,
    left = tries,
  ): Promise<StoredSession | undefined> => {
    const [row, former] = await Promise.all([batch.read(key, waiting), batch.read(formerKey, waiting)]);
    // Found under neither: it may have moved between the two reads.
    if (former === undefined) return row ?? batch.read(key, waiting);
    if (row === undefined) {
      const content = rewrite(former, formerKey, key);
      if (content === undefined) return undefined;
      const moved = await move(formerKey, key, former.data, content, waiting);
      // A process that does not hash may have saved it meanwhile.
      return moved ?? (left > 1 ? readEither(key, formerKey, waiting, left - 1) : undefined);
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
        : inTurn(key, () => readEither(key, formerKey, waiting)),

    write: ({ key, formerKey }, change, waiting) => {
      if (formerKey === undefined) return batch.write(key, change, waiting);
      return inTurn(key, () =>
        // A session that was loaded has been moved already.
        change.kind === 'update'
          ? batch.write(key, change, waiting)
          : writeBoth(key, formerKey, change, waiting),
      );
    },
  };
};
