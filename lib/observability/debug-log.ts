/** Logs the messages of the channels to stderr, with `NODE_DEBUG=koa-generic-session-knex`. */

import { debuglog } from 'node:util';
import { messageOf } from '../errors';
import type { BatchTrace, OperationTrace, SweepTrace } from '../types';
import { eventNames, onEvent, onTrace, type TraceName } from './channels';
import { operations } from './stats';

type Context = Partial<Omit<OperationTrace & BatchTrace & SweepTrace, 'tableName'>> & { tableName: string };

/** `get mq6V… found`, `read rows 3 calls 5`, `sweep rows 100`. */
const inWords = (name: TraceName, { kind, session, found, rows, calls }: Context): string => {
  const parts = [kind ?? name, session];
  if (found !== undefined) parts.push(found ? 'found' : 'not found');
  if (rows !== undefined) parts.push(`rows ${rows}`);
  if (calls !== undefined) parts.push(`calls ${calls}`);
  return parts.filter((part) => part !== undefined).join(' ');
};

/** Includes the driver's message if the store's own does not. */
const reason = (error: unknown): string => {
  if (error === undefined) return '';
  const message = messageOf(error);
  const { cause } = error as { cause?: unknown };
  const below = cause === undefined ? '' : messageOf(cause);
  return message.includes(below) ? `: ${message}` : `: ${message}: ${below}`;
};

/** Not a variable of this module: an app may load the package twice, as an ES module and as CommonJS. */
const done = Symbol.for('koa-generic-session-knex: asked to log');
const ofProcess = globalThis as { [done]?: true };

/** Once for the process: the channels carry the messages of all stores. */
export const logIfEnabled = (): void => {
  if (ofProcess[done]) return;
  ofProcess[done] = true;
  const log = debuglog('koa-generic-session-knex');
  if (!log.enabled) return;

  const starts = new WeakMap<object, number>();
  const began = (context: object): void => {
    starts.set(context, performance.now());
  };
  for (const name of [...operations, 'batch', 'sweep'] as const) {
    onTrace(name, began, (context) => {
      const { tableName, error } = context as Context;
      const ms = performance.now() - (starts.get(context) ?? NaN);
      log('%s %s, %s ms%s', tableName, inWords(name, context as Context), ms.toFixed(1), reason(error));
    });
  }
  for (const name of eventNames) {
    onEvent(name, ({ tableName, error, outcome }) => {
      log('%s %s%s', tableName, outcome === undefined ? name : `${name} ${outcome}`, reason(error));
    });
  }
};
