/** One direction of a connection that carries things late: chunks leave in their order, each when its time has come. */

import type { Socket } from 'node:net';

export interface Direction {
  push(this: void, chunk: Buffer): void;
  /** What was pushed leaves, and then the end. */
  end(this: void): void;
  /** The next chunk is held back for so many ms, and all that follow with it. */
  holdNext(this: void, ms: number): void;
  /** What has not left by now never will. */
  drop(this: void): void;
}

/** @param delayOf for how long the next chunk is held back, in ms */
export const createDirection = (to: Socket, delayOf: () => number): Direction => {
  /** An undefined chunk is the end. */
  const held: { chunk: Buffer | undefined; due: number }[] = [];
  let nextDelay = 0;
  let lastDue = 0;
  let timer: NodeJS.Timeout | undefined;
  let isDropped = false;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (let next = held[0]; next !== undefined; next = held[0]) {
      const wait = next.due - performance.now();
      if (wait > 0) {
        timer = setTimeout(flush, wait);
        return;
      }
      held.shift();
      if (next.chunk === undefined) to.end();
      else to.write(next.chunk);
    }
  };

  const add = (chunk: Buffer | undefined): void => {
    if (isDropped) return;
    lastDue = Math.max(lastDue, performance.now() + nextDelay + delayOf());
    nextDelay = 0;
    held.push({ chunk, due: lastDue });
    if (timer === undefined) flush();
  };

  return {
    push: add,
    end: () => {
      add(undefined);
    },
    holdNext: (ms) => {
      nextDelay = ms;
    },
    drop: () => {
      isDropped = true;
      held.length = 0;
      clearTimeout(timer);
    },
  };
};
