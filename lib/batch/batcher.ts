/**
 * Many concurrent calls, few statements. Knows no SQL: what a statement does, and what a write is, comes from
 * outside.
 *
 * Calls that arrive in one turn of the event loop share a statement. It leaves in the check phase of that turn
 * (`setImmediate`), after all sockets that were readable have been read: a microtask would run between two of
 * them and find one call each time, and a timer would let an idle store wait. While the lanes are busy, what
 * arrives waits for the next statement, so that batches grow with the load by themselves.
 *
 * For one key, calls take effect in the order they were made: at most one statement with that key is under
 * way, and what comes later waits for it, also when nobody waits for that statement any more: it may still take
 * effect. Its lane is free for other keys by then. What nobody waits for before it has left is not sent at all.
 */

import { createChains, isOver, type Step } from './chains';
import { copyOf } from '../errors';
import { inParts, type Parts } from './bisect';
import { createLanes } from './lanes';
import { createQueue } from './queue';
import type { Retry, Waiting } from '../resilience/retry';

export interface BatchLimits {
  /**
   * The most statements under way that somebody waits for: so many that read, and as many that write. There may be
   * as many again that nobody waits for any more.
   */
  readonly lanes: number;
  /** The most keys in one statement. */
  readonly rows: number;
  /** The most bytes of data in one statement, unless a single row has more. */
  readonly bytes: number;
}

/** A write and the key of its row. */
export interface KeyedWrite<W> {
  readonly key: string;
  readonly write: W;
}

/** What the batches are made of: rows of type R, writes of type W. */
export interface BatchStatements<R, W> {
  /** Reads these keys, sorted and distinct; resolves with the rows that there are, by key. */
  read(this: void, keys: readonly string[]): Promise<ReadonlyMap<string, R>>;
  /** Makes these writes, of one group, sorted by key and with distinct keys. If it fails, it can be repeated in parts. */
  write(this: void, writes: readonly KeyedWrite<W>[]): Promise<unknown>;
  /** Writes of one group can share a statement. */
  groupOf(this: void, write: W): string;
  /** How many bytes of data a write carries. */
  bytesOf(this: void, write: W): number;
  /** One write that does what these two do, one after the other; undefined if there is none. */
  merge(this: void, earlier: W, later: W): W | undefined;
  /** Whether a statement failed because of one of its rows, so that the others are worth another try. */
  isRowsFault(this: void, error: unknown): boolean;
  /** Whether a statement failed because of a lock that somebody else holds on one of its rows. */
  isLocked(this: void, error: unknown): boolean;
}

export interface Batch<R, W> {
  /** @param waiting who waits for it; without one, somebody does until the end */
  read(this: void, key: string, waiting?: Waiting): Promise<R | undefined>;
  write(this: void, key: string, write: W, waiting?: Waiting): Promise<void>;
}

const once: Retry = (work) => work();

/** Told of each statement, about so many rows and for so many calls, which `work` sends. */
export type ObserveBatch = (
  kind: 'read' | 'write',
  rows: number,
  calls: number,
  work: () => Promise<void>,
) => Promise<void>;

const unobserved: ObserveBatch = (_kind, _rows, _calls, work) => work();

/** So many calls may be over until those that wait behind others are searched for them: it takes a look at each. */
const manyOver = 1_000;

/** @param retry sends a statement, and sends it again as long as that may help whoever waits for it */
export const createBatch = <R, W>(
  statements: BatchStatements<R, W>,
  limits: BatchLimits,
  retry: Retry = once,
  observe: ObserveBatch = unobserved,
): Batch<R, W> => {
  let scheduled = false;
  /** How many calls are over, since these were searched for. */
  let over = 0;

  /** Steps that nothing but a free lane is missing to. */
  const newLanes = (groupOf: (step: Step<R, W>) => string, bytesOf: (step: Step<R, W>) => number) => ({
    queue: createQueue(limits, groupOf, bytesOf),
    lanes: createLanes<readonly Step<R, W>[]>(limits.lanes),
  });
  const reads = newLanes(
    () => 'read',
    () => 0,
  );
  const writes = newLanes(
    ({ write }) => statements.groupOf(write as W),
    ({ write }) => statements.bytesOf(write as W),
  );

  const { add, finish, drop, forgetOver } = createChains<R, W>(statements.merge, (step) => {
    const { queue, lanes } = step.write === undefined ? reads : writes;
    queue.push(step);
    if (lanes.hasRoom()) schedule();
  });

  const onOver = (): void => {
    over += 1;
    schedule();
  };

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(dispatch);
  };

  const dispatch = (): void => {
    scheduled = false;
    if (over >= manyOver) {
      // What waits behind a statement that does not end, for calls that are over, would be more and more.
      over = 0;
      forgetOver();
    }
    for (const { queue, lanes } of [reads, writes]) {
      lanes.giveUp((steps) => steps.every(isOver));
      // What comes next in its chain may be over as well.
      while (drop(queue.takeIf(isOver)));
      while (!queue.isEmpty() && lanes.hasRoom()) {
        const steps = queue.take();
        for (const step of steps) step.sent = true;
        steps.sort((a, b) => (a.key < b.key ? -1 : 1));
        const kind = steps[0]?.write === undefined ? 'read' : 'write';
        const calls = steps.reduce((sum, step) => sum + step.calls.length, 0);
        const ended = observe(kind, steps.length, calls, () => inParts(steps, parts));
        void lanes.take(steps, ended).then(() => {
          if (!queue.isEmpty()) schedule();
        });
      }
    }
  };

  const execute = async (steps: readonly Step<R, W>[]): Promise<void> => {
    const waiting = steps.flatMap(({ calls }) => calls.map((call) => call.waiting));
    let rows: ReadonlyMap<string, R> | undefined;
    if (steps[0]?.write === undefined) {
      const keys = steps.map(({ key }) => key);
      rows = await retry(() => statements.read(keys), waiting, statements.isLocked);
    } else {
      const writes = steps.map(({ key, write }) => ({ key, write: write as W }));
      await retry(() => statements.write(writes), waiting, statements.isLocked);
    }
    for (const step of steps) {
      const row = rows?.get(step.key);
      finish(step, (call) => {
        call.resolve(row);
      });
    }
  };

  /** Each call gets an error of its own: who catches it may add what is nobody else's business. */
  const fail = (steps: readonly Step<R, W>[], error: unknown): void => {
    let reason = error;
    for (const step of steps) {
      finish(step, (call) => {
        call.reject(reason);
        reason = copyOf(error);
      });
    }
  };

  const parts: Parts<Step<R, W>> = {
    execute,
    isRowsFault: statements.isRowsFault,
    isLocked: statements.isLocked,
    isOver,
    fail,
  };

  const enqueue = (key: string, write: W | undefined, waiting: Waiting = { over: false }) => {
    waiting.onOver = onOver;
    return add(key, write, waiting);
  };

  return {
    read: (key, waiting) => enqueue(key, undefined, waiting),
    write: async (key, write, waiting) => {
      await enqueue(key, write, waiting);
    },
  };
};
