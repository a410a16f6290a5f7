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

/** The emitter's methods for users of the store. @param store what `on`, `once` and `off` return */
export const eventMethods = <T>(emitter: EventEmitter, store: () => T) => {
  const listen =
    (method: 'on' | 'once' | 'off') =>
    (event: string, listener: Listener): T => {
      emitter[method](event, listener);
      return store();
    };
  return {
    on: listen('on'),
    once: listen('once'),
    off: listen('off'),
    emit: (event: string, ...args: unknown[]): boolean =>
      emitter.listenerCount(event) > 0 && emitter.emit(event, ...args),
  };
};
