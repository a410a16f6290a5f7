/** The store's events: a few functions around Node's emitter. */

import { EventEmitter } from 'node:events';

/** An emitter whose listeners can neither fail a call nor, unless they throw, end the process. */
export const createEvents = () => {
  const emitter = new EventEmitter();

  /** Emits. If a listener throws, that becomes an uncaught exception of its own, not a failed call. */
  const notify = (event: string, ...args: unknown[]): void => {
    // The emitter would throw an 'error' without listeners.
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
    (event: string, listener: Parameters<EventEmitter['on']>[1]): T => {
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
