/**
 * Calls for one key, in the order they were made: each joins the last step of the key's chain, or becomes a new one
 * behind it. Knows no SQL, and not when steps leave.
 */

import type { Waiting } from '../resilience/retry';

interface Call<R> {
  readonly waiting: Waiting;
  resolve(this: void, row: R | undefined): void;
  reject(this: void, error: unknown): void;
}

/** What one statement does for one key, and the calls that wait for it. */
export interface Step<R, W> {
  readonly key: string;
  /** Undefined for a read. */
  write: W | undefined;
  calls: Call<R>[];
  /** Once it has left, no call can join it. */
  sent: boolean;
}

export interface Chains<R, W> {
  /** @param write undefined for a read */
  add(this: void, key: string, write: W | undefined, waiting: Waiting): Promise<R | undefined>;
  /** Settles the calls of a step, the first of its chain, and makes the next one ready. */
  finish(this: void, step: Step<R, W>, settle: (call: Call<R>) => void): void;
  /** Finishes steps that nobody waits for any more, and that have not left. @returns whether there were any */
  drop(this: void, steps: readonly Step<R, W>[]): boolean;
  /** Forgets the calls that are over, also of steps that wait behind others: takes a look at each. */
  forgetOver(this: void): void;
}

/** Whether nobody waits for a step any more. */
export const isOver = <R, W>(step: Step<R, W>): boolean => step.calls.every(({ waiting }) => waiting.over);

const rejectUnheard = <R>({ reject }: Call<R>): void => {
  reject(new Error('nobody waits for this call any more'));
};

/**
 * @param merge one write that does what two do, one after the other; undefined if there is none
 * @param ready told of each step that has become the first of its chain: nothing but a free lane is missing to it
 */
export const createChains = <R, W>(
  merge: (earlier: W, later: W) => W | undefined,
  ready: (step: Step<R, W>) => void,
): Chains<R, W> => {
  /** The steps of each key that has any: the first one is under way, or ready to leave. */
  const chains = new Map<string, Step<R, W>[]>();

  /** Whether what a call asks for could be added to a step that has not left yet. */
  const join = (step: Step<R, W>, write: W | undefined): boolean => {
    if (step.sent) return false;
    if (write === undefined || step.write === undefined) return write === step.write;
    const merged = isOver(step) ? write : merge(step.write, write);
    if (merged === undefined) return false;
    step.write = merged;
    return true;
  };

  const add: Chains<R, W>['add'] = (key, write, waiting) =>
    new Promise((resolve, reject) => {
      const call = { resolve, reject, waiting };
      const chain = chains.get(key);
      const tail = chain?.at(-1);
      if (tail !== undefined && join(tail, write)) {
        tail.calls.push(call);
        return;
      }
      const step: Step<R, W> = { key, write, calls: [call], sent: false };
      if (chain !== undefined) {
        chain.push(step);
        return;
      }
      chains.set(key, [step]);
      ready(step);
    });

  const finish: Chains<R, W>['finish'] = (step, settle) => {
    const chain = chains.get(step.key);
    chain?.shift();
    const next = chain?.[0];
    if (next === undefined) chains.delete(step.key);
    else ready(next);
    step.calls.splice(0).forEach(settle);
  };

  const drop: Chains<R, W>['drop'] = (steps) => {
    for (const step of steps) finish(step, rejectUnheard);
    return steps.length > 0;
  };

  const forgetOver = (): void => {
    for (const chain of chains.values()) {
      for (const step of chain) {
        if (step.sent) continue;
        step.calls.filter(({ waiting }) => waiting.over).forEach(rejectUnheard);
        step.calls = step.calls.filter(({ waiting }) => !waiting.over);
      }
      const [first, ...others] = chain;
      const kept = others.filter(({ calls }) => calls.length > 0);
      if (first !== undefined && kept.length < others.length) chain.splice(0, chain.length, first, ...kept);
    }
  };

  return { add, finish, drop, forgetOver };
};
