/** What is known of a loaded session, and what is written when its request saves it again: only what has changed. */

import type { RowKeys } from '../crypto/row-key';
import type { Change, Content } from '../database/rows';
import type { Work } from '../resilience/limit';
import type { Serialized } from './serializer';

/** A session as it lies in its row, and as its codec wrote it. */
export interface Stored {
  readonly data: string;
  readonly text: string;
}

/** What is known of a loaded session, and of its row. */
export interface Known {
  /** The session as its request loaded or last saved it. */
  readonly text: string;
  /** Undefined if unknown. */
  readonly expires: number | undefined;
  /** The row's data, if the session would be stored in another way today. */
  readonly stale?: string | undefined;
  /** For saves that look for conflicts: what the row held last. Others' changes may have been merged into it. */
  readonly stored?: Stored | undefined;
}

export interface Loaded {
  readonly key: string;
  /**
   * As it was loaded or last saved; undefined while a write is under way, after one that failed, and for a session that
   * was stored and not loaded: its callers may store others under the same id.
   */
  known: Known | undefined;
  readonly isStored?: boolean;
  /** How often it has been written: of several writes under way, only the last one tells what the row holds. */
  writes: number;
  /** For saves that look for conflicts: what the last save under way will leave, if it is made as it was sent. */
  sent?: Known | undefined;
}

/** How loaded sessions are saved. The arguments are used at once; what is left is the returned work. */
export interface Saves {
  /** Saves the session. @param expires in seconds since the epoch */
  save(this: void, keys: RowKeys, loaded: Loaded, session: Serialized, expires: number): Work<void>;
  /** Moves its expiry. */
  touch(this: void, keys: RowKeys, loaded: Loaded, expires: number): Work<void>;
}

export interface SavesDependencies {
  write(this: void, keys: RowKeys, change: Change): Work<void>;
  /** Called when a save had nothing to write. */
  onUnchanged(this: void): void;
}

export const nothingToWrite =
  (onUnchanged: () => void): Work<void> =>
  () => {
    onUnchanged();
    return Promise.resolve();
  };

/**
 * @param known what the row holds, as far as that is known
 * @param text of the session as it is now
 * @param content what the row would hold of it
 */
const changesOf = (
  known: Known | undefined,
  key: string,
  text: string,
  expires: number,
  content: () => Content,
): Change[] => {
  if (known?.text !== text) return [{ kind: 'update', ...content(), expires }];
  // An unchanged session that would be stored in another way today is rewritten, unless another request changes it.
  const renewal: Change[] =
    known.stale === undefined ? [] : [{ kind: 'move', to: key, before: known.stale, ...content() }];
  return known.expires === expires ? renewal : [...renewal, { kind: 'touch', expires }];
};

/** With `conflicts: 'last'`: a save replaces what others have saved since the session was loaded. */
export const createPlainSaves = ({ write, onUnchanged }: SavesDependencies): Saves => {
  /** @param next what the row holds when the changes are made, as far as known */
  const make = (keys: RowKeys, loaded: Loaded, changes: Change[], next: Known | undefined): Work<void> => {
    if (changes.length === 0) return nothingToWrite(onUnchanged);
    const { known } = loaded;
    loaded.known =
      known !== undefined && known.text === next?.text ? { ...known, expires: undefined } : undefined;
    loaded.writes += 1;
    const { writes } = loaded;
    return async (deadline) => {
      await Promise.all(changes.map((change) => write(keys, change)(deadline)));
      if (loaded.writes === writes && loaded.isStored !== true) loaded.known = next;
    };
  };

  return {
    save: (keys, loaded, { text, content }, expires) =>
      make(keys, loaded, changesOf(loaded.known, keys.key, text, expires, content), { text, expires }),
    touch: (keys, loaded, expires) => {
      const { known } = loaded;
      const changes: Change[] = known?.expires === expires ? [] : [{ kind: 'touch', expires }];
      return make(keys, loaded, changes, known && { ...known, expires });
    },
  };
};
