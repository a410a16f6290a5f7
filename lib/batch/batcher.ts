/**
 * Many concurrent calls, few statements.
 *
 * Calls made in one turn of the event loop share a statement. It is sent in the check phase of that turn (`setImmediate`),
 * after all readable sockets have been read: a microtask would run between two of them and find one call each time, and
 * a timer would delay calls of an idle store. While the permitted number of statements is under way, calls gather for the
 * next one: batches grow with the load.
 *
 * For one key, calls take effect in the order in which they were made. At most one statement with that key is under way,
 * and later calls wait for it, even if its own callers no longer do: it may still take effect. A statement whose callers
 * have all gone no longer counts as under way for other keys. A call whose caller has gone before it was sent is dropped.
 *
 * A conditional change whose condition did not hold takes two more statements, a read and another change, each shared with
 * other calls; later calls for its key wait.
 */

import { copyOf } from '../errors';
import { isForward, type Change, type KeyedChange, type Row, type SessionTable } from '../database/rows';
import { noDeadline, tooLate, type Deadline } from '../resilience/deadline';
import { isLockTimeout, isTransient } from '../resilience/transient';
import { bisect } from './bisect';

/** What the batcher sends: reads and writes of several rows, of type R, in one statement. */
export interface BatchTable<R, C> {
  /** @param keys sorted and distinct. @returns the rows that exist, by key */
  read(this: void, keys: readonly string[], deadline: Deadline): Promise<ReadonlyMap<string, R>>;
  /**
   * @param changes of one group, sorted by key, with distinct keys. Can be repeated, whole or in parts; those that are
   * not awaited any more must not be sent
   * @returns of conditional changes, the keys of those that were made; undefined if all were
   */
  write(
    this: void,
    changes: readonly KeyedChange<C>[],
    deadline: Deadline,
  ): Promise<ReadonlySet<string> | undefined>;
}

export interface BatchOptions<R, C> {
  /**
   * How many statements may be under way whose callers still wait: this many that read, and this many that write. As
   * many again may be under way whose callers have gone.
   */
  readonly concurrency: number;
  /** The most rows in one statement. */
  readonly rows: number;
  /** The most bytes of data in one statement; a single row may have more. */
  readonly bytes: number;
  /** Changes of one group can share a statement. */
  groupOf(this: void, change: C): string;
  /** How many bytes of data a change carries. */
  bytesOf(this: void, change: C): number;
  /** One change with the effect of two, in this order; undefined if there is none. */
  merge(this: void, earlier: C, later: C): C | undefined;
  /** What to do instead of a conditional change that was not made. @param row as it is now. @throws to fail its calls */
  rebase(this: void, change: C, row: R | undefined): C | undefined;
  /** Whether a statement failed because of one of its rows: the others are worth another attempt. */
  isRefused(this: void, error: unknown): boolean;
  /** Whether a statement was not carried out because the condition of one of its changes does not hold. */
  isConflict(this: void, error: unknown): boolean;
  /** Whether a statement failed because another transaction holds a lock on one of its rows. */
  isLocked(this: void, error: unknown): boolean;
  /** Runs each statement, `send`, with its number of rows and calls. */
  observe?: ObserveBatch;
}

export type ObserveBatch = (
  kind: 'read' | 'write',
  rows: number,
  calls: number,
  send: () => Promise<void>,
) => Promise<void>;

/** The shape of every layer between the session methods and the table. */
export interface RowStore<R, C> {
  read(this: void, key: string, deadline?: Deadline): Promise<R | undefined>;
  write(this: void, key: string, change: C, deadline?: Deadline): Promise<void>;
}

interface Call<R> {
  readonly deadline: Deadline;
  resolve(this: void, row: R | undefined): void;
  reject(this: void, error: unknown): void;
}

/** What one statement does for one key, and the calls that it answers. */
interface Step<R, C> {
  readonly key: string;
  /** Undefined for a read. */
  change: C | undefined;
  /** A conditional change that was not made: its row is being read. No call can join it. */
  conflicting?: C | undefined;
  /** Calls whose callers still wait. */
  calls: Call<R>[];
  /** When it was made: a lower number is older. */
  readonly order: number;
  /** The statement that it was sent in, and how many of its steps have a caller that waits. No call can join it then. */
  statement?: { waiting: number } | undefined;
}

/** Reads, or writes: the steps that wait to be sent, by group and oldest first, and the statements under way. */
interface Queue<R, C> {
  readonly groups: Map<string, Set<Step<R, C>>>;
  /** Statements under way that a caller waits for. */
  awaited: number;
  /** Statements under way whose callers have gone. */
  abandoned: number;
}

export const createBatcher = <R, C>(
  table: BatchTable<R, C>,
  {
    concurrency,
    rows: maxRows,
    bytes: maxBytes,
    groupOf,
    bytesOf,
    merge,
    rebase,
    isRefused,
    isConflict,
    isLocked,
    observe = (_kind, _rows, _calls, send) => send(),
  }: BatchOptions<R, C>,
): RowStore<R, C> => {
  /** The steps of each key, in order: the first is under way or queued, the others wait for it. */
  const chains = new Map<string, Step<R, C>[]>();
  const reads: Queue<R, C> = { groups: new Map(), awaited: 0, abandoned: 0 };
  const writes: Queue<R, C> = { groups: new Map(), awaited: 0, abandoned: 0 };
  let steps = 0;
  let isScheduled = false;

  const queueOf = ({ change }: Step<R, C>): Queue<R, C> => (change === undefined ? reads : writes);
  const groupOfStep = ({ change }: Step<R, C>): string => (change === undefined ? '' : groupOf(change));

  const hasRoom = ({ awaited, abandoned }: Queue<R, C>): boolean =>
    awaited < concurrency && awaited + abandoned < 2 * concurrency;

  const schedule = (queue: Queue<R, C>): void => {
    if (isScheduled || queue.groups.size === 0 || !hasRoom(queue)) return;
    isScheduled = true;
    setImmediate(dispatch);
  };

  /* A call comes, and joins the last step of its key or becomes a new one. */

  const add = (key: string, change: C | undefined, deadline: Deadline): Promise<R | undefined> =>
    new Promise((resolve, reject) => {
      // A call of several statements may have begun in time: the rest of it is not sent.
      if (deadline.expired) throw tooLate();
      const call: Call<R> = { deadline, resolve, reject };
      const step = stepFor(key, change);
      step.calls.push(call);
      deadline.onExpired?.(() => {
        abandon(step, call);
      });
    });

  const stepFor = (key: string, change: C | undefined): Step<R, C> => {
    const chain = chains.get(key);
    const last = chain?.[chain.length - 1];
    if (last !== undefined && join(last, change)) return last;
    const step: Step<R, C> = { key, change, calls: [], order: (steps += 1) };
    if (chain === undefined) {
      chains.set(key, [step]);
      enqueue(step);
    } else {
      chain.push(step);
    }
    return step;
  };

  const join = (step: Step<R, C>, change: C | undefined): boolean => {
    if (step.statement !== undefined || step.conflicting !== undefined) return false;
    if (change === undefined || step.change === undefined) return change === step.change;
    const merged = merge(step.change, change);
    if (merged === undefined) return false;
    const isQueued = chains.get(step.key)?.[0] === step;
    const group = groupOfStep(step);
    step.change = merged;
    if (isQueued && groupOfStep(step) !== group) {
      dequeue(step, group);
      enqueue(step);
    }
    return true;
  };

  const enqueue = (step: Step<R, C>): void => {
    const queue = queueOf(step);
    const group = groupOfStep(step);
    const queued = queue.groups.get(group);
    if (queued === undefined) queue.groups.set(group, new Set([step]));
    else queued.add(step);
    schedule(queue);
  };

  const dequeue = (step: Step<R, C>, group = groupOfStep(step)): void => {
    const { groups } = queueOf(step);
    const queued = groups.get(group);
    queued?.delete(step);
    if (queued?.size === 0) groups.delete(group);
  };

  /* Queued steps are sent, a statement at a time. */

  const dispatch = (): void => {
    isScheduled = false;
    for (const queue of [reads, writes]) {
      while (queue.groups.size > 0 && hasRoom(queue)) void send(queue, take(queue));
    }
  };

  /** The oldest step, and the others of its group that fit into its statement. */
  const take = ({ groups }: Queue<R, C>): Step<R, C>[] => {
    let oldest = Infinity;
    let group = '';
    for (const [name, [first]] of groups) {
      if (first === undefined || first.order > oldest) continue;
      oldest = first.order;
      group = name;
    }
    const queued = groups.get(group) ?? new Set();
    const taken: Step<R, C>[] = [];
    let bytes = 0;
    let looks = 0;
    for (const step of queued) {
      if (looks === maxRows) break;
      looks += 1;
      const size = step.change === undefined ? 0 : bytesOf(step.change);
      if (taken.length > 0 && bytes + size > maxBytes) continue;
      bytes += size;
      taken.push(step);
      queued.delete(step);
    }
    if (queued.size === 0) groups.delete(group);
    return taken.sort((a, b) => (a.key < b.key ? -1 : 1));
  };

  const send = async (queue: Queue<R, C>, sent: readonly Step<R, C>[]): Promise<void> => {
    const statement = { waiting: sent.length };
    let calls = 0;
    for (const step of sent) {
      step.statement = statement;
      calls += step.calls.length;
    }
    queue.awaited += 1;
    await observe(queue === reads ? 'read' : 'write', sent.length, calls, () =>
      execute(sent).catch((error: unknown) =>
        bisect(sent, error, { execute, fail, isRefused, isConflict, conflict, isLocked, isAbandoned }),
      ),
    );
    // All of its calls have been answered, or have gone.
    queue.abandoned -= 1;
    schedule(queue);
  };

  /** That of the caller who waits longest. */
  const deadlineOf = (sent: readonly Step<R, C>[]): Deadline =>
    Object.assign(Object.create(sharedDeadline) as typeof sharedDeadline, { sent });

  /**
   * Its accessors are inherited. V8 gives each object that has accessors of its own a hidden class, which keeps the batch
   * until a full collection: calls took twice the CPU.
   */
  const sharedDeadline = {
    sent: [] as readonly Step<R, C>[],
    get expired() {
      return this.sent.every(isAbandoned);
    },
    isAwaited: (step: object) => !isAbandoned(step as Step<R, C>),
    set cause(cause: unknown) {
      for (const { calls } of this.sent) for (const call of calls) call.deadline.cause = cause;
    },
    set unanswered(failure: unknown) {
      for (const { calls } of this.sent) for (const call of calls) call.deadline.unanswered = failure;
    },
  };

  const execute = async (sent: readonly Step<R, C>[]): Promise<void> => {
    const deadline = deadlineOf(sent);
    if (sent[0]?.change === undefined) {
      const keys = sent.map(({ key }) => key);
      const rows = await table.read(keys, deadline);
      for (const step of sent) {
        const row = rows.get(step.key);
        if (step.conflicting === undefined) succeed(step, row);
        else settle(step, step.conflicting, row);
      }
    } else {
      const made = await table.write(sent as readonly KeyedChange<C>[], deadline);
      for (const step of sent) {
        if (made?.has(step.key) === false) conflict(step);
        else succeed(step, undefined);
      }
    }
  };

  /* A conditional change was not made: its step reads the row, and makes another change. Its key waits. */

  const conflict = (step: Step<R, C>): void => {
    sendInstead(step, undefined, step.change);
  };

  const settle = (step: Step<R, C>, conflicting: C, row: R | undefined): void => {
    let change: C | undefined;
    try {
      change = rebase(conflicting, row);
    } catch (error) {
      fail([step], error);
      return;
    }
    if (change === undefined) succeed(step, undefined);
    else sendInstead(step, change, undefined);
  };

  const sendInstead = (step: Step<R, C>, change: C | undefined, conflicting: C | undefined): void => {
    if (isAbandoned(step)) {
      end(step);
      return;
    }
    stopWaiting(step);
    step.statement = undefined;
    step.change = change;
    step.conflicting = conflicting;
    enqueue(step);
  };

  /* A step ends: its calls are answered, and the next step of its key can be sent. */

  const succeed = (step: Step<R, C>, row: R | undefined): void => {
    for (const { resolve } of end(step)) resolve(row);
  };

  /** Each call gets its own copy of the error: a caller may add to it. */
  const fail = (failed: readonly Step<R, C>[], error: unknown): void => {
    let reason = error;
    for (const step of failed) {
      for (const { reject } of end(step)) {
        reject(reason);
        reason = copyOf(error);
      }
    }
  };

  const end = (step: Step<R, C>): Call<R>[] => {
    const { calls } = step;
    step.calls = [];
    if (calls.length > 0) stopWaiting(step);
    const chain = chains.get(step.key);
    chain?.shift();
    const next = chain?.[0];
    if (next === undefined) chains.delete(step.key);
    else enqueue(next);
    return calls;
  };

  const stopWaiting = (step: Step<R, C>): void => {
    const { statement } = step;
    if (statement === undefined) return;
    statement.waiting -= 1;
    if (statement.waiting > 0) return;
    const queue = queueOf(step);
    queue.awaited -= 1;
    queue.abandoned += 1;
    schedule(queue);
  };

  /* A caller goes: its call is dropped, and with the last one of a step that was not sent, the step. */

  const isAbandoned = (step: Step<R, C>): boolean => step.calls.length === 0;

  const abandon = (step: Step<R, C>, call: Call<R>): void => {
    const index = step.calls.indexOf(call);
    if (index === -1) return;
    step.calls.splice(index, 1);
    call.reject(tooLate());
    if (step.calls.length > 0) return;
    if (step.statement === undefined) drop(step);
    else stopWaiting(step);
  };

  const drop = (step: Step<R, C>): void => {
    const chain = chains.get(step.key) ?? [];
    const index = chain.indexOf(step);
    if (index > 0) {
      chain.splice(index, 1);
      return;
    }
    dequeue(step);
    end(step);
  };

  return {
    read: (key, deadline = noDeadline()) => add(key, undefined, deadline),
    write: (key, change, deadline = noDeadline()) => add(key, change, deadline) as Promise<undefined>,
  };
};

/* What batches of changes to sessions are. */

/** Touches share a statement if they move to the same second. */
const groupOf = (change: Change): string =>
  change.kind === 'touch' ? `touch ${change.expires}` : change.kind;

const bytesOf = (change: Change): number =>
  ('data' in change ? Buffer.byteLength(change.data) : 0) +
  ('before' in change ? Buffer.byteLength(change.before) : 0);

/**
 * One change that leaves the row as these two would, in this order.
 *
 * @returns undefined if there is none: a row that is removed and inserted is a new one, with a new `created_at`
 */
export const mergeChanges = (earlier: Change, later: Change): Change | undefined => {
  // What the row is read for must be done.
  if ('rebase' in earlier || ('rebase' in later && later.kind !== 'end')) return undefined;
  if (later.kind === 'remove' || later.kind === 'end') return later;
  if (earlier.kind === 'remove') return later.kind === 'upsert' ? undefined : earlier;
  if ('to' in earlier || 'to' in later) return undefined;
  if (later.kind === 'upsert') return later;
  if (later.kind === 'touch') return { ...earlier, expires: later.expires };
  return { ...later, kind: earlier.kind === 'upsert' ? 'upsert' : 'update' };
};

/**
 * One statement is as fast under load; the second lets others pass a statement that waits for a lock. 256 KiB fit into
 * the smallest limits that servers are set to (1 MiB on old MySQL), however much of it must be escaped.
 *
 * @param retries whether transient failures are retried at all
 */
export const sessionBatches = (
  { maxRows, replaces, isConflict }: Pick<SessionTable, 'maxRows' | 'replaces' | 'isConflict'>,
  retries: boolean,
): BatchOptions<Row, Change> => {
  /** Such a change shares no statement: what was made of it would not be known. */
  const isAlone = (change: Change): boolean =>
    change.kind === 'rotate' ||
    (change.kind === 'replace' && (replaces === 'one' || (replaces === 'all' && change.isExact)));
  return {
    concurrency: 2,
    rows: maxRows,
    bytes: 262_144,
    groupOf,
    // More than fits.
    bytesOf: (change) => (isAlone(change) ? Infinity : bytesOf(change)),
    merge: mergeChanges,
    rebase: (change, row) => {
      if (!('rebase' in change)) return undefined;
      // Under a key with a forward, there is no session to replace.
      return change.rebase(
        change.kind === 'replace' && row !== undefined && isForward(row) ? undefined : row,
      );
    },
    isRefused: (error) => !isTransient(error),
    isConflict,
    isLocked: (error) => retries && isLockTimeout(error),
  };
};
