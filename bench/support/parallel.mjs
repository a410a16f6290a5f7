/** Many tasks, a few at a time. */

/** Fewer than a connection pool could keep waiting for too long. */
const concurrency = 20;

/** @returns when the work on all items is done */
export const inParallel = async (items, work) => {
  let next = 0;
  const workOnNext = async () => {
    while (next < items.length) {
      const item = items[next];
      next += 1;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, workOnNext));
};
