/** Remembers what was made lately of what, within a limited memory. */

export interface Memo<T> {
  get(this: void, key: string): T | undefined;
  /** @param size how much of the limit it takes */
  set(this: void, key: string, value: T, size: number): void;
}

/** What an entry takes beside its key and value, about, in a Map and as an object; in characters. */
const overhead = 100;

/** A copy that does not keep alive what it was cut out of: a whole header, for the id in a cookie. */
const copyOf = (key: string): string => Buffer.from(key, 'utf16le').toString('utf16le');

/**
 * Two generations, so that remembering costs next to nothing: when the younger one is full, the older one is forgotten,
 * and what was used meanwhile is in the younger one.
 *
 * @param limit of the sizes of all values, with their keys and what an entry takes
 */
export const createMemo = <T>(limit: number): Memo<T> => {
  let young = new Map<string, { value: T; size: number }>();
  let old = new Map<string, { value: T; size: number }>();
  let youngSize = 0;

  const add = (key: string, entry: { value: T; size: number }): void => {
    youngSize += entry.size - (young.get(key)?.size ?? 0);
    young.set(key, entry);
    if (youngSize < limit / 2) return;
    old = young;
    young = new Map();
    youngSize = 0;
  };

  return {
    get: (key) => {
      const entry = young.get(key);
      if (entry !== undefined) return entry.value;
      const older = old.get(key);
      if (older === undefined) return undefined;
      add(key, older);
      return older.value;
    },
    set: (key, value, size) => {
      const whole = size + key.length + overhead;
      if (whole < limit / 2) add(copyOf(key), { value, size: whole });
    },
  };
};
