/** What waits for a lane, oldest first, and what of it can share a statement. Knows no SQL. */

export interface Queue<T> {
  isEmpty(this: void): boolean;
  push(this: void, item: T): void;
  /** Takes the oldest item, and the others of its group that fit. */
  take(this: void): T[];
  /** Takes those of which this is true. */
  takeIf(this: void, test: (item: T) => boolean): T[];
}

/**
 * @param limits of one statement, in items and in bytes; a single item may have more bytes
 * @param groupOf items of one group can share a statement
 */
export const createQueue = <T>(
  limits: { readonly rows: number; readonly bytes: number },
  groupOf: (item: T) => string,
  bytesOf: (item: T) => number,
): Queue<T> => {
  let items: T[] = [];

  const takeIf = (test: (item: T) => boolean): T[] => {
    const taken = items.filter(test);
    if (taken.length > 0) items = items.filter((item) => !test(item));
    return taken;
  };

  const take = (): T[] => {
    const taken: T[] = [];
    const left: T[] = [];
    let group: string | undefined;
    let bytes = 0;
    for (const item of items) {
      group ??= groupOf(item);
      const belongs = taken.length < limits.rows && groupOf(item) === group;
      const size = belongs ? bytesOf(item) : 0;
      if (belongs && (taken.length === 0 || bytes + size <= limits.bytes)) {
        bytes += size;
        taken.push(item);
      } else {
        left.push(item);
      }
    }
    items = left;
    return taken;
  };

  return { isEmpty: () => items.length === 0, push: (item) => items.push(item), take, takeIf };
};
