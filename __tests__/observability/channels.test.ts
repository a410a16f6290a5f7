/** The channels are those of Node: its own `tracingChannel` of the documented name hears all of them. */

import { AsyncLocalStorage } from 'node:async_hooks';
import {
  channel,
  subscribe,
  tracingChannel,
  unsubscribe,
  type TracingChannelSubscribers,
} from 'node:diagnostics_channel';
import * as channels from '../../lib/observability/channels';
import { createInstrument } from '../../lib/observability/instrument';

const { createTrace } = channels;

type Told = [stage: string, context: Record<string, unknown>];

/** Listens as a monitor would. @returns what it was told, and what ends it */
const listenTo = (name: string): { told: Told[]; stop: () => void } => {
  const told: Told[] = [];
  const stage =
    (at: string) =>
    (context: unknown): void => {
      told.push([at, { ...(context as object) }]);
    };
  const subscribers = {
    start: stage('start'),
    end: stage('end'),
    asyncStart: stage('asyncStart'),
    asyncEnd: stage('asyncEnd'),
    error: stage('error'),
  } as TracingChannelSubscribers<object>;
  const tracing = tracingChannel<unknown, object>(`koa-generic-session-knex:${name}`);
  tracing.subscribe(subscribers);
  return {
    told,
    stop: () => {
      tracing.unsubscribe(subscribers);
    },
  };
};

/** A channel that nothing else in this process uses. */
const name = 'ours' as channels.TraceName;

test('nothing is made for nobody', async () => {
  const trace = createTrace(name);
  const run = jest.spyOn(trace, 'run');
  const create = jest.spyOn(channels, 'createTrace').mockReturnValue(trace);
  const instrument = createInstrument('T');
  create.mockRestore();
  const work = async (): Promise<void> => {
    expect(await instrument.run('get', () => Promise.resolve('row'))).toBe('row');
    await instrument.batch('read', 1, 2, () => Promise.resolve());
    expect(await instrument.sweep(() => Promise.resolve(7))).toBe(7);
  };
  await work();
  expect(run).not.toHaveBeenCalled();

  for (const each of trace.channels) {
    const subscriber = (): void => undefined;
    subscribe(each.name, subscriber);
    await work();
    unsubscribe(each.name, subscriber);
    expect(run).toHaveBeenCalledTimes(3);
    run.mockClear();
  }
});

test('all stages of an operation tell of the same object, in the order of Node’s own', async () => {
  const { told, stop } = listenTo(name);
  await createTrace(name).run<{ tableName: string; rows?: number }, string>(
    { tableName: 'T' },
    () => Promise.resolve('a secret'),
    (context, result) => {
      context.rows = result.length;
    },
  );
  stop();
  expect(told).toEqual([
    ['start', { tableName: 'T' }],
    ['end', { tableName: 'T' }],
    ['asyncStart', { tableName: 'T', rows: 8 }],
    ['asyncEnd', { tableName: 'T', rows: 8 }],
  ]);
});

test('a failure reaches the caller as it came, and is told', async () => {
  const { told, stop } = listenTo(name);
  const failure = new Error('refused');
  await expect(createTrace(name).run({}, () => Promise.reject(failure))).rejects.toBe(failure);
  stop();
  expect(told).toEqual([
    ['start', {}],
    ['end', {}],
    ['error', { error: failure }],
    ['asyncStart', { error: failure }],
    ['asyncEnd', { error: failure }],
  ]);
});

test.each([
  ['freezes the context', Object.freeze],
  ['lets nobody set its properties', (context) => Object.defineProperty(context, 'rows', { get: () => 0 })],
] as [string, (context: object) => void][])(
  'a subscriber that %s fails no call, and hides no failure',
  async (_does, shut) => {
    const start = `tracing:koa-generic-session-knex:${name}:start`;
    const subscriber = (context: unknown): void => {
      shut(context as object);
    };
    subscribe(start, subscriber);
    const { told, stop } = listenTo(name);
    const trace = (work: () => Promise<number>): Promise<number> =>
      createTrace(name).run<{ rows?: number }, number>({}, work, (context, result) => {
        context.rows = result;
      });
    const failure = new Error('refused');
    try {
      expect(await trace(() => Promise.resolve(7))).toBe(7);
      await expect(trace(() => Promise.reject(failure))).rejects.toBe(failure);
    } finally {
      unsubscribe(start, subscriber);
      stop();
    }
    expect(told.map(([stage]) => stage)).toEqual([
      ...['start', 'end', 'asyncStart', 'asyncEnd'],
      ...['start', 'end', 'error', 'asyncStart', 'asyncEnd'],
    ]);
  },
);

test('the stages are those of tracePromise of Node, one by one', async () => {
  const stagesOf = async (trace: () => Promise<unknown>): Promise<string[]> => {
    const { told, stop } = listenTo(name);
    await trace().catch(() => undefined);
    stop();
    return told.map(([stage]) => stage);
  };
  const nodes = tracingChannel<unknown, object>(`koa-generic-session-knex:${name}`);
  for (const work of [() => Promise.resolve(1), () => Promise.reject(new Error('no'))]) {
    const own = await stagesOf(() => createTrace(name).run({}, work));
    expect(own).toEqual(await stagesOf(() => nodes.tracePromise(work, {})));
  }
});

test('what is bound to start is there for the work, and for what it awaits', async () => {
  const spans = new AsyncLocalStorage<unknown>();
  const start = channel(`tracing:koa-generic-session-knex:${name}:start`);
  start.bindStore(spans, (context) => context);
  const seen: unknown[] = [];
  await createTrace(name).run({ tableName: 'T' }, async () => {
    seen.push(spans.getStore());
    await Promise.resolve();
    seen.push(spans.getStore());
  });
  start.unbindStore(spans);
  expect(seen).toEqual([{ tableName: 'T' }, { tableName: 'T' }]);
  expect(spans.getStore()).toBeUndefined();
});

test('where Node has no runStores, subscribers are told all the same', async () => {
  const { told, stop } = listenTo(name);
  const start = channel(`tracing:koa-generic-session-knex:${name}:start`);
  Object.defineProperty(start, 'runStores', { value: undefined, configurable: true });
  try {
    await createTrace(name).run({}, () => Promise.resolve(1));
  } finally {
    delete (start as { runStores?: unknown }).runStores;
  }
  stop();
  expect(told.map(([stage]) => stage)).toEqual(['start', 'end', 'asyncStart', 'asyncEnd']);
});
