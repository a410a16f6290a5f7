/** The store's events: a few functions around Node's emitter. */

import { EventEmitter } from 'node:events';

/** Listens for nothing that the types do not know, but middlewares may listen for more (`disconnect`). */
export type Listener = (...args: any[]) => void;

/** An emitter for the store, which must neither fail nor end the process because of who listens. */
export const createEvents = () => {
  const emitter = new EventEmitter();

  /** Emits, and lets what a listener throws become an uncaught exception of its own instead of a failed call. */
  const notify = (event: string, ...args: unknown[]): void => {
    // An 'error' that nobody listens to would be thrown by the emitter.
    if (emitter.listenerCount(event) === 0) return;
    try {
      emitter.emit(event, ...args);
    } catch (thrown) {
      process.nextTick(() => {
        throw thrown;
      });
    }
  };

  return { emitter, notify };
};
