/** The session table as the layers above see it: rows with named fields, changes of rows, and functions. */

import type { ColumnName } from './identifiers';

/** What is read of a live session, or of a forward: a row that a session has left behind under its former key. */
export interface Row {
  /** The session as its codec wrote it, encrypted if there is a secret; or what `writeForward` wrote. */
  readonly data: string;
  /** Seconds since the epoch; of a forward, minus these. */
  readonly expires: number;
  /** The user's key, as `createUserKeys` makes it; null for a session without a user. Missing without `user_id`. */
  readonly user?: string | null;
}

/** Whether a row leads to the key that its session has now. */
export const isForward = ({ expires }: Row): boolean => expires < 0;

/** A whole row. */
export interface SessionRow extends Row {
  readonly id: string;
  /** Seconds since the epoch; null if unknown. */
  readonly created: number | null;
  readonly updated: number | null;
}

/** What a row holds besides its key and its expiry. `user` has no effect on a table without `user_id`. */
export interface Content {
  readonly data: string;
  readonly user?: string | null;
}

/** What a call does to the row of its key. `expires` is in seconds since the epoch. */
export type Change =
  /** Insert the row, or replace it. */
  | (Content & { readonly kind: 'upsert'; readonly expires: number })
  /** Replace the row if it is live: a session that has ended stays ended. */
  | (Content & { readonly kind: 'update'; readonly expires: number })
  /**
   * Replace the row if it is live and still holds `before`. If it does not, the batcher reads it, and makes the change
   * that `rebase` returns for what it holds now (undefined for a row that is gone): none for undefined.
   */
  | (Content & {
      readonly kind: 'replace';
      readonly before: string;
      /** Null: as it is. */
      readonly expires: number | null;
      /** Whether the caller must also learn that the row is gone. */
      readonly isExact: boolean;
      /** @throws Error that the caller gets */
      rebase(this: void, row: Row | undefined): Change | undefined;
    })
  /** Move the expiry of the row if it is live. */
  | { readonly kind: 'touch'; readonly expires: number }
  | { readonly kind: 'remove' }
  /** Remove the row unless it is a forward, or claimed. If it was not there, the batcher reads it for `rebase`. */
  | { readonly kind: 'end'; rebase(this: void, row: Row | undefined): undefined }
  /** Give the row another key, or the same, and other content, if it is live and still holds `before`. */
  | (Content & { readonly kind: 'move'; readonly to: string; readonly before: string })
  /**
   * Give the row another key, and leave a forward, if it is live and still holds `before`. It replaces a row that lies
   * under that key. If it was not made, the batcher reads the row for `rebase`.
   */
  | (Content & {
      readonly kind: 'rotate';
      readonly to: string;
      readonly before: string;
      readonly forward: { readonly data: string; readonly expires: number };
      rebase(this: void, row: Row | undefined): Change | undefined;
    })
  /**
   * Give the row another key, and let it end, if it is live. `expires` is that of `claimedAt`. If it was not made, the
   * batcher reads the row for `rebase`.
   */
  | {
      readonly kind: 'claim';
      readonly to: string;
      readonly expires: number;
      rebase(this: void, row: Row | undefined): undefined;
    }
  /** Give the row another key and replace it, if it is live or claimed. */
  | (Content & { readonly kind: 'rename'; readonly to: string; readonly expires: number });

export type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>;

/** A change and the key of its row. */
export interface KeyedChange<C = Change> {
  readonly key: string;
  readonly change: C;
}

/** What a table lacks. */
export interface Upgrade {
  readonly columns: readonly ColumnName[];
  readonly widen: boolean;
}

/**
 * The session table. Keys within one call are distinct. A row is live while its `expires` is later than now, and until
 * its absolute lifetime is over.
 */
export interface SessionTable {
  /** Which of the columns the table has; none if there is no such table. */
  columns(this: void): Promise<readonly ColumnName[]>;
  create(this: void): Promise<void>;
  /** Creates missing indexes: an interrupted creation may have left the table without them. */
  ensureIndexes(this: void): Promise<void>;
  /** Drops the table if it exists. */
  drop(this: void): Promise<void>;
  addColumns(this: void, columns: readonly ColumnName[]): Promise<void>;
  /** Whether the data column is too narrow for encrypted sessions. */
  isNarrow(this: void): Promise<boolean>;
  widen(this: void): Promise<void>;
  /** The SQL of an upgrade or, without one, the SQL that creates the table. */
  plan(this: void, upgrade?: Upgrade): string[];
  /** How many bytes the table takes, with its indexes; undefined if unknown. */
  size(this: void): Promise<number | undefined>;
  /** Whether text outside ASCII may be damaged on its way or in the column, and must be escaped. */
  readonly asciiOnly: boolean;
  /** How many rows one call of these methods takes. */
  readonly maxRows: number;
  /** How many rows a sweep deletes at a time: few enough to delay other statements only briefly. */
  readonly sweepRows: number;
  /** Whether a session that gets another key leaves a forward. */
  readonly forwards: boolean;
  /** The live rows, and the forwards that have not expired, with these keys, by key. */
  read(this: void, keys: readonly string[]): Promise<ReadonlyMap<string, Row>>;
  /**
   * Makes these changes, all of one kind; of touches, all to the same second.
   *
   * @param isStale asked when there is a connection: whether to send nothing, and to fail with `ENOCONNECTION`
   * @returns for changes with `rebase`, the keys of those that are known to be made; undefined for all
   * @throws Error for which `isConflict` is true, if `replaces` is 'all'
   */
  write(
    this: void,
    changes: readonly KeyedChange[],
    isStale?: () => boolean,
  ): Promise<ReadonlySet<string> | undefined>;
  /**
   * What one statement can replace: several rows, telling which ('each'); several or none, if one of them holds something
   * else, not telling which are gone ('all'); or a single one ('one').
   */
  readonly replaces: 'each' | 'all' | 'one';
  /** Whether a statement has replaced nothing because a row holds something else. */
  isConflict(this: void, error: unknown): boolean;
  /** At most `limit` expired rows, in the order of their expiry, beginning with those that expired at `from`. */
  expired(this: void, from: number, limit: number): Promise<{ id: string; expires: number }[]>;
  /** Deletes those of these rows that are no longer live; skips locked ones if the database can. @returns how many */
  removeExpired(this: void, keys: readonly string[]): Promise<number>;
  /** At most `limit` live rows with keys after this one, in the order of their keys. */
  page(this: void, after: string, limit: number): Promise<SessionRow[]>;
  /** The live rows with any of these user keys. */
  ofUser(this: void, users: readonly string[]): Promise<SessionRow[]>;
  /** Deletes the rows with any of these user keys, but for these row keys. @returns how many */
  removeUser(this: void, users: readonly string[], except: readonly string[]): Promise<number>;
  /** How many rows are live. */
  count(this: void): Promise<number>;
  /** How many of these lie under digests. */
  countHashed(this: void): Promise<number>;
  /** Deletes all rows. */
  clear(this: void): Promise<void>;
}
