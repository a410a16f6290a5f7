/** Calls for one key that take several statements: one after the other, as they came. Knows no SQL. */

import type { Waiting } from '../resilience/retry';

interface Turn {
  readonly waiting: Waiting;
  begin(this: void): void;
  drop(this: void): void;
}

export type InTurn = <T>(key: string, waiting: Waiting, work: () => Promise<T>) => Promise<T>;

/** Each time that so many more wait, those are dropped for whom nobody waits any more: it takes a look at each. */
const manyWaiting = 100;

/** @returns runs the work when what came before it, for the same key, has ended, however it ended */
export const createTurns = (): InTurn => {
  /** What waits, behind what is under way, for each key that has any. */
  const queues = new Map<string, Turn[]>();

  const next = (key: string): void => {
    const queue = queues.get(key) ?? [];
    for (let turn = queue.shift(); turn !== undefined; turn = queue.shift()) {
      if (!turn.waiting.over) {
        turn.begin();
        return;
      }
      turn.drop();
    }
    queues.delete(key);
  };

  const dropOver = (queue: Turn[]): void => {
    const left = queue.filter(({ waiting }) => !waiting.over);
    for (const { drop } of queue.filter(({ waiting }) => waiting.over)) drop();
    queue.splice(0, queue.length, ...left);
  };

  return (key, waiting, work) =>
    new Promise((resolve, reject) => {
      const begin = (): void => {
        void work()
          .then(resolve, reject)
          .finally(() => {
            next(key);
          });
      };
      const drop = (): void => {
        reject(new Error('nobody waits for this call any more'));
      };
      const queue = queues.get(key);
      if (queue === undefined) {
        queues.set(key, []);
        begin();
        return;
      }
      queue.push({ waiting, begin, drop });
      if (queue.length % manyWaiting === 0) dropOver(queue);
    });
};
