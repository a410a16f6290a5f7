/** Reports session stores to OpenTelemetry: spans and durations from their channels, counters from `stats`. */

import { tracingChannel } from 'node:diagnostics_channel';
import { metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const operations = [
  ...['get', 'set', 'touch', 'destroy', 'sessionsOf', 'destroyAllOf', 'destroyByHandle'],
  ...['entries', 'length', 'clear', 'gc', 'sweep', 'batch'],
];

/** @param message of a channel, at the end of the operation */
const attributesOf = ({ tableName, session, found, rows, calls, kind, error }) => ({
  'db.collection.name': tableName,
  // Not the session id, but a name for it that is not a login.
  ...(session === undefined ? {} : { 'session.name': session }),
  ...(found === undefined ? {} : { 'session.found': found }),
  ...(rows === undefined ? {} : { 'session.rows': rows }),
  ...(calls === undefined ? {} : { 'session.calls': calls }),
  ...(kind === undefined ? {} : { 'session.batch.kind': kind }),
  ...(error === undefined ? {} : { 'error.type': error.code ?? error.name }),
});

/** Traces all stores of this process. @returns a function that stops it */
const traceStores = () => {
  const tracer = trace.getTracer('koa-generic-session-knex');
  const meter = metrics.getMeter('koa-generic-session-knex');
  const duration = meter.createHistogram('session.operation.duration', {
    unit: 's',
    description: 'Duration of calls, statements and sweeps',
    advice: {
      explicitBucketBoundaries: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    },
  });
  const batchRows = meter.createHistogram('session.batch.rows', {
    unit: '{row}',
    description: 'Rows per statement',
    advice: { explicitBucketBoundaries: [1, 2, 4, 8, 16, 32, 64, 128, 256] },
  });

  const endings = operations.map((operation) => {
    const underWay = new WeakMap();
    const subscribers = {
      start: (message) => {
        // Statements, which many requests share, and sweeps have no parent span.
        const root = operation === 'batch' || operation === 'sweep';
        const span = tracer.startSpan(`session ${operation}`, { kind: SpanKind.CLIENT, root });
        underWay.set(message, { span, began: performance.now() });
      },
      asyncEnd: (message) => {
        const { span, began } = underWay.get(message) ?? {};
        if (span === undefined) return;
        span.setAttributes(attributesOf(message));
        if (message.error !== undefined) {
          span.recordException(message.error);
          span.setStatus({ code: SpanStatusCode.ERROR });
        }
        span.end();
        const table = { 'db.collection.name': message.tableName };
        const failure = message.error === undefined ? {} : { 'error.type': message.error.code ?? 'error' };
        duration.record((performance.now() - began) / 1000, { operation, ...table, ...failure });
        if (operation === 'batch') batchRows.record(message.rows, { kind: message.kind, ...table });
      },
    };
    const channel = tracingChannel(`koa-generic-session-knex:${operation}`);
    channel.subscribe(subscribers);
    return () => channel.unsubscribe(subscribers);
  });
  return () => endings.forEach((end) => end());
};

/** Name, unit, description, and the value from `stats()`. */
const counters = [
  ['session.hits', '{call}', 'Calls of get that found a session', ({ hits }) => hits],
  ['session.misses', '{call}', 'Calls of get that found no session', ({ misses }) => misses],
  ['session.failures', '{call}', 'Calls that failed', ({ failures }) => failures],
  ['session.reads', '{statement}', 'Statements that read', ({ batches }) => batches.reads.statements],
  ['session.writes', '{statement}', 'Statements that write', ({ batches }) => batches.writes.statements],
  [
    'session.saved_writes',
    '{write}',
    'Writes that were not needed',
    ({ savedWrites }) => savedWrites.unchanged + savedWrites.merged,
  ],
  ['session.retries', '{statement}', 'Repeated statements', ({ retries }) => retries],
  ['session.outages', '{outage}', 'Outages', ({ outages }) => outages],
  ['session.swept_rows', '{row}', 'Expired rows deleted by sweeps', ({ sweeps }) => sweeps.rows],
];

/** Reads the counters of a store whenever metrics are collected. @returns a function that stops it */
const countStore = (store) => {
  const meter = metrics.getMeter('koa-generic-session-knex');
  const attributes = { 'db.collection.name': store.options.tableName };
  const observed = counters.map(([name, unit, description, read]) => ({
    instrument: meter.createObservableCounter(name, { unit, description }),
    read,
  }));
  const waiting = meter.createObservableGauge('session.waiting', {
    unit: '{call}',
    description: 'Pending calls',
  });
  observed.push({ instrument: waiting, read: (stats) => stats.waiting });
  const instruments = observed.map(({ instrument }) => instrument);
  const collect = (result) => {
    const stats = store.stats();
    for (const { instrument, read } of observed) result.observe(instrument, read(stats), attributes);
  };
  meter.addBatchObservableCallback(collect, instruments);
  return () => meter.removeBatchObservableCallback(collect, instruments);
};

/**
 * @param stores the stores whose counters to export; spans cover all stores of the process
 * @returns a function that stops it
 */
export const observeSessions = (...stores) => {
  const endings = [traceStores(), ...stores.map(countStore)];
  return () => endings.forEach((end) => end());
};
