/** Channels of `node:diagnostics_channel`, to which monitors subscribe: costs next to nothing while nobody does. */

import { channel, type Channel } from 'node:diagnostics_channel';
import type { SessionStoreOperation } from '../errors';

/** What a traced operation tells of itself: the same object at every stage. */
interface Traced {
  /** Set, before the stages that tell of the end, if it failed. */
  error?: unknown;
}

/** What the tracing channel `koa-generic-session-knex:OPERATION` tells of a call: the same object at every stage. */
export interface OperationTrace extends Traced {
  readonly operation: SessionStoreOperation;
  readonly tableName: string;
  /**
   * For `get`, `set`, `destroy` and `touch`: names the session without its id, by 16 characters that are the same for
   * the same id. Computed when it is first read.
   */
  readonly session?: string | undefined;
  /** For `get` and `destroyByHandle`, when it has ended well: whether there was such a session. */
  found?: boolean;
  /** For `gc`, `length`, `entries`, `sessionsOf` and `destroyAllOf`, when it has ended well: how many rows or sessions. */
  rows?: number;
}

/**
 * What the tracing channel `koa-generic-session-knex:batch` tells of a statement that calls share, repetitions and all.
 * That it failed is told by the calls.
 */
export interface BatchTrace {
  readonly tableName: string;
  readonly kind: 'read' | 'write';
  /** How many rows it is about. */
  readonly rows: number;
  /** How many calls it answers. */
  readonly calls: number;
}

/** What the tracing channel `koa-generic-session-knex:sweep` tells of a sweep of expired rows. */
export interface SweepTrace extends Traced {
  readonly tableName: string;
  /** When it has ended well: how many it removed. */
  rows?: number;
}

/** The names of tracing channels, behind the prefix. */
export type TraceName = SessionStoreOperation | 'batch' | 'sweep';

/** What the channels `koa-generic-session-knex:connect`, `unavailable`, `available`, `error` and `retry` tell. */
export interface EventMessage {
  readonly tableName: string;
  /** The failure, where there is one. */
  readonly error?: unknown;
}

/** The names of these: the store's events, and `retry`, a statement that is sent again. */
export const eventNames = ['connect', 'unavailable', 'available', 'error', 'retry'] as const;
export type EventName = (typeof eventNames)[number];

/** All names begin with it. */
const prefix = 'koa-generic-session-knex:';

const stages = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const;

/** What Node's `tracingChannel` of the same name subscribes to; of our own, as Node 16 has none. */
type Tracing = Readonly<Record<(typeof stages)[number], Channel>>;

/** The channels that have been asked for: Node forgets those that nobody holds. */
const plain = new Map<string, Channel>();

const channelOf = (name: string): Channel => {
  const known = plain.get(name) ?? channel(name);
  plain.set(name, known);
  return known;
};

const traceChannelOf = (name: string, stage: (typeof stages)[number]): Channel =>
  channelOf(`tracing:${prefix}${name}:${stage}`);

/** @param message made only if somebody listens */
export const publish = (name: EventName, message: () => EventMessage): void => {
  const named = channelOf(prefix + name);
  if (named.hasSubscribers) named.publish(message());
};

const listen = (to: Channel, listener: (message: unknown) => void): void => {
  // What replaces it is missing before Node 16.17; and that channels nobody holds are lost is no matter here.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  to.subscribe(listener);
};

/** Listens to events, for as long as the process lives. */
export const onEvent = (name: EventName, listener: (message: EventMessage) => void): void => {
  listen(channelOf(prefix + name), listener as (message: unknown) => void);
};

/** Listens to how operations begin and end, for as long as the process lives. */
export const onTrace = (
  name: TraceName,
  began: (context: object) => void,
  ended: (context: object) => void,
): void => {
  listen(traceChannelOf(name, 'start'), began as (message: unknown) => void);
  listen(traceChannelOf(name, 'asyncEnd'), ended as (message: unknown) => void);
};

/**
 * @param context of one operation
 * @param work runs with what subscribers have bound to `start` (`AsyncLocalStorage`)
 * @param onResult may add to the context
 */
export type Trace = <C extends object, T>(
  context: () => C & Traced,
  work: () => Promise<T>,
  onResult?: (context: C & Traced, result: T) => void,
) => Promise<T>;

/** Whoever is told of a context may have frozen it: what cannot be added to it fails no call. */
const addTo = (add: () => void): void => {
  try {
    add();
  } catch {
    // Its other subscribers are told of the stage all the same.
  }
};

/**
 * Traces operations as Node's `tracingChannel(name).tracePromise` does, with one difference: what an operation comes to
 * stays out of the context, as it may be a session.
 */
export const createTrace = (name: TraceName): Trace => {
  const channels = Object.fromEntries(stages.map((stage) => [stage, traceChannelOf(name, stage)]));
  const { start, end, asyncStart, asyncEnd, error } = channels as Tracing;

  const isHeard = (): boolean =>
    start.hasSubscribers ||
    end.hasSubscribers ||
    asyncStart.hasSubscribers ||
    asyncEnd.hasSubscribers ||
    error.hasSubscribers;

  return (newContext, work, onResult) => {
    if (!isHeard()) return work();
    const context = newContext();
    const ended = (): void => {
      asyncStart.publish(context);
      asyncEnd.publish(context);
    };
    const begin = (): ReturnType<typeof work> => {
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
};
