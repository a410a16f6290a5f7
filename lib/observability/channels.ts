/** Channels of `node:diagnostics_channel`, which monitors subscribe to. Without subscribers they cost next to nothing. */

import { channel, type Channel } from 'node:diagnostics_channel';
import type { SessionStoreOperation } from '../errors';
import type { EventMessage } from '../types';

/** The names of tracing channels, behind the prefix. */
export type TraceName = SessionStoreOperation | 'batch' | 'sweep';

/**
 * The names of plain channels, behind the prefix: the store's events; `retry`, a statement that is sent again; and
 * `conflict`, two that changed the same session.
 */
export const eventNames = ['connect', 'unavailable', 'available', 'error', 'retry', 'conflict'] as const;
export type EventName = (typeof eventNames)[number];

const prefix = 'koa-generic-session-knex:';

/** Keeps channels alive: Node forgets a channel without references, and its subscribers with it. */
const channels = new Map<string, Channel>();

const channelOf = (name: string): Channel => {
  const known = channels.get(name) ?? channel(name);
  channels.set(name, known);
  return known;
};

/** The names that Node's `tracingChannel` uses, which Node 16 does not have. */
const stageOf = (name: TraceName, stage: string): Channel => channelOf(`tracing:${prefix}${name}:${stage}`);

/** @param message called only if there are subscribers */
export const publish = (name: EventName, message: () => EventMessage): void => {
  const named = channelOf(prefix + name);
  if (named.hasSubscribers) named.publish(message());
};

const subscribe = (to: Channel, listener: (message: unknown) => void): void => {
  // Its replacement does not exist before Node 16.17.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  to.subscribe(listener);
};

/** Subscribes to events for the life of the process. */
export const onEvent = (name: EventName, listener: (message: EventMessage) => void): void => {
  subscribe(channelOf(prefix + name), listener as (message: unknown) => void);
};

/** Subscribes to the beginning and the end of operations for the life of the process. */
export const onTrace = (
  name: TraceName,
  began: (context: object) => void,
  ended: (context: object) => void,
): void => {
  subscribe(stageOf(name, 'start'), began as (message: unknown) => void);
  subscribe(stageOf(name, 'asyncEnd'), ended as (message: unknown) => void);
};

/** A subscriber may have frozen the context: that must not fail the call. */
const addTo = (add: () => void): void => {
  try {
    add();
  } catch {
    // The stage is published all the same.
  }
};

export const createTrace = (name: TraceName) => {
  const start = stageOf(name, 'start');
  const end = stageOf(name, 'end');
  const asyncStart = stageOf(name, 'asyncStart');
  const asyncEnd = stageOf(name, 'asyncEnd');
  const error = stageOf(name, 'error');

  /**
   * Traces work as Node's `tracePromise` does, except that the result is not published: it may be a session.
   *
   * @param work runs in the stores that subscribers have bound to `start` (`AsyncLocalStorage`)
   * @param onResult may add to the context
   */
  const run = <C extends object, T>(
    context: C & { error?: unknown },
    work: () => Promise<T>,
    onResult?: (context: C, result: T) => void,
  ): Promise<T> => {
    const ended = (): void => {
      asyncStart.publish(context);
      asyncEnd.publish(context);
    };
    const begin = (): Promise<T> => {
      try {
        return work().then(
          (result) => {
            addTo(() => onResult?.(context, result));
            ended();
            return result;
          },
          (cause: unknown) => {
            addTo(() => {
              context.error = cause;
            });
            error.publish(context);
            ended();
            throw cause;
          },
        );
      } finally {
        end.publish(context);
      }
    };
    // Missing before Node 18.19 and 19.9.
    const { runStores } = start as Partial<Channel>;
    if (runStores !== undefined) return start.runStores(context, begin);
    start.publish(context);
    return begin();
  };

  return { channels: [start, end, asyncStart, asyncEnd, error], run };
};

export type Trace = ReturnType<typeof createTrace>;
