/**
 * OpenTelemetry with Koa 3 and koa-session 7: a span per request with child spans for its session calls, and metrics of
 * the store. This example prints them. To send them to a collector, use the exporters of `@opentelemetry/exporter-*-otlp-*`.
 *
 * Start it: SESSION_KEY=some-secret node examples/opentelemetry/app.mjs
 * Visit it: curl -c jar -b jar -X POST 'http://127.0.0.1:3000/login?name=Ada'; curl -c jar -b jar http://127.0.0.1:3000
 */

import { randomBytes } from 'node:crypto';
import { metrics, SpanKind, trace } from '@opentelemetry/api';
import {
  ConsoleMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, ConsoleSpanExporter, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import createKnex from 'knex';
import Koa from 'koa';
import { createKnexStore } from 'koa-generic-session-knex';
import session from 'koa-session';
import { observeSessions } from './sessions.mjs';

const tracing = new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new ConsoleSpanExporter())],
});
tracing.register();
const metering = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter: new ConsoleMetricExporter() })],
});
metrics.setGlobalMeterProvider(metering);

const knex = createKnex({
  client: 'better-sqlite3',
  connection: { filename: process.env.DATABASE_FILE ?? 'sessions.sqlite' },
  useNullAsDefault: true,
});
const store = createKnexStore(knex, { tableName: 'Sessions' });
const end = observeSessions(store);

const app = new Koa();
// Signs the cookies. With a random key, every restart logs all users out.
app.keys = [process.env.SESSION_KEY ?? randomBytes(32).toString('hex')];

// If @opentelemetry/instrumentation-http is installed, it creates these spans.
app.use((ctx, next) =>
  trace
    .getTracer('app')
    .startActiveSpan(`${ctx.method} ${ctx.path}`, { kind: SpanKind.SERVER }, async (span) => {
      try {
        await next();
      } finally {
        span.end();
      }
    }),
);
app.use(session({ store, maxAge: 86_400_000, renew: true, sameSite: 'lax' }, app));

app.use(async (ctx) => {
  if (ctx.method === 'POST' && ctx.path === '/login') {
    ctx.session = { name: String(ctx.query.name ?? 'Ada').slice(0, 50), count: 0 };
    await ctx.session.regenerate();
    ctx.body = `Welcome, ${ctx.session.name}`;
  } else if (ctx.method === 'POST' && ctx.path === '/logout') {
    ctx.session = null;
    ctx.body = 'Goodbye';
  } else if (ctx.path === '/' && ctx.session.name !== undefined) {
    ctx.session.count += 1;
    ctx.body = `${ctx.session.name}, visit ${ctx.session.count}`;
  } else if (ctx.path === '/') {
    ctx.body = 'Not logged in: POST /login?name=Ada';
  }
  ctx.type = 'text';
});

const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});

const stop = () => {
  server.close(async () => {
    await store.close();
    await knex.destroy();
    // Collects the last metrics.
    await metering.shutdown();
    await tracing.shutdown();
    end();
  });
  // Browsers open connections in advance that they may never use.
  setTimeout(() => server.closeAllConnections(), 1000).unref();
};
process.once('SIGINT', stop).once('SIGTERM', stop);
