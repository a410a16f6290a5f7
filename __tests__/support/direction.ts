/** One direction of a connection that carries things late: chunks leave in their order, each when its time has come. */

import type { Socket } from 'node:net';

export interface Direction {
  push(this: void, chunk: Buffer): void;
  /** What was pushed leaves, and then the end. */
  end(this: void): void;
  /** Nothing leaves for so many ms. */
  hold(this: void, ms: number): void;
  /** What has not left by now never will. */
  drop(this: void): void;
}

/** @param delayOf for how long the next chunk is held back, in ms */
export const createDirection = (to: Socket, delayOf: () => number): Direction => {
  /** An undefined chunk is the end. */
  const held: { chunk: Buffer | undefined; due: number }[] = [];
  let silentUntil = 0;
  let timer: NodeJS.Timeout | undefined;
  let isDropped = false;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (let next = held[0]; next !== undefined; next = held[0]) {
      const wait = Math.max(next.due, silentUntil) - performance.now();
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
    held.push({ chunk, due: performance.now() + delayOf() });
    if (timer === undefined) flush();
  };

  return {
    push: add,
    end: () => {
      add(undefined);
    },
    hold: (ms) => {
      silentUntil = performance.now() + ms;
    },
    drop: () => {
      isDropped = true;
      held.length = 0;
      clearTimeout(timer);
    },
  };
};
