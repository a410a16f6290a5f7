/** The row of a session, under its key or, while ids are being hashed, still under the id itself. */

import type { Batch } from './batch';
import type { RowKeys } from './id';
import type { Waiting } from './retry';
import type { StoredSession, Write } from './statements';

export interface Rows {
  read(this: void, keys: RowKeys, waiting: Waiting): Promise<StoredSession | undefined>;
  write(this: void, keys: RowKeys, write: Write, waiting: Waiting): Promise<void>;
}

/** @param rewrite the data of a row for another key; undefined if it holds no session */
export const createRows = (
  batch: Batch<StoredSession, Write>,
  rewrite: (data: string, from: string, to: string) => string | undefined,
): Rows => {
  /** Keys that are being removed: an upsert that comes meanwhile must not be. */
  const removals = new Map<string, object>();

  /** One statement moves the row, so that a session which is ended meanwhile cannot come back. */
  const move = async (
    from: string,
    to: string,
    before: string,
    after: string,
    waiting: Waiting,
  ): Promise<StoredSession | undefined> => {
    const failure = await batch.write(from, { kind: 'move', to, before, after }, waiting).then(
      () => undefined,
      (error: unknown) => error,
    );
    const row = await batch.read(to, waiting);
    // It may have failed because somebody else was faster.
    if (row === undefined && failure !== undefined) throw failure as Error;
    return row;
  };

  const readEither = async (
    key: string,
    formerKey: string,
    waiting: Waiting,
    tries = 2,
  ): Promise<StoredSession | undefined> => {
    const [row, former] = await Promise.all([batch.read(key, waiting), batch.read(formerKey, waiting)]);
    // Found under neither: it may have moved between the two reads.
    if (former === undefined) return row ?? batch.read(key, waiting);
    if (row === undefined) {
      const data = rewrite(former.data, formerKey, key);
      if (data === undefined) return undefined;
      const moved = await move(formerKey, key, former.data, data, waiting);
      // A process that does not hash may have saved it meanwhile.
      return moved ?? (tries > 0 ? readEither(key, formerKey, waiting, tries - 1) : undefined);
    }
    await batch.write(formerKey, { kind: 'remove' }, waiting);
    return row;
  };

  const writeBoth = async (
    key: string,
    formerKey: string,
    change: Write,
    waiting: Waiting,
  ): Promise<void> => {
    const formerChange: Write = change.kind === 'upsert' ? { kind: 'remove' } : change;
    const both = (): Promise<unknown> =>
      Promise.all([batch.write(key, change, waiting), batch.write(formerKey, formerChange, waiting)]);
    if (change.kind === 'upsert') removals.delete(key);
    if (change.kind !== 'remove') {
      await both();
      return;
    }
    const removal = {};
    removals.set(key, removal);
    try {
      await both();
      // Another process may have moved the row between these two.
      if (removals.has(key)) await batch.write(key, change, waiting);
    } finally {
      if (removals.get(key) === removal) removals.delete(key);
    }
  };

  return {
    read: ({ key, formerKey }, waiting) =>
      formerKey === undefined ? batch.read(key, waiting) : readEither(key, formerKey, waiting),

    // A session that was loaded has been moved already.
    write: ({ key, formerKey }, change, waiting) =>
      formerKey === undefined || change.kind === 'update'
        ? batch.write(key, change, waiting)
        : writeBoth(key, formerKey, change, waiting),
  };
};
