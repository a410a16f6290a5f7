/** Load on an app: autocannon, with every answer checked. */

import { createHistogram } from 'node:perf_hooks';
import autocannon from 'autocannon';

/** What is wrong with an answer; undefined if nothing is. */
const checks = {
  '/read': (visitor, body) => (body === visitor.name ? undefined : 'another user'),
  '/write': (visitor, body) => {
    const [, name, count] = /^(.*) (\d+)$/.exec(body) ?? [];
    if (name !== visitor.name) return 'another user';
    // One connection sends all requests of a visitor, so that no two of them overlap: a count that does not
    // grow means that a write is lost.
    if (Number(count) <= visitor.count) return `a count that does not grow beyond ${visitor.count}`;
    visitor.count = Number(count);
    return undefined;
  },
};

/**
 * @param path `/read` or `/write`
 * @param visitors shared out among the connections, each of which goes round its own
 * @returns requests/s, and the 50th and 99th percentile of latency in ms
 * @throws Error if any request fails, or any answer is wrong
 */
export const load = async (url, path, visitors, { connections, seconds }) => {
  const latencies = createHistogram();
  const wrong = [];
  let answered = 0;
  let first;
  let last;

  const requestOf = (visitor) => ({
    path,
    headers: { cookie: visitor.cookie },
    onResponse: (status, body) => {
      const problem = status === 200 ? checks[path](visitor, body) : `status ${status}`;
      if (problem !== undefined) wrong.push(`${problem} for ${visitor.name}: ${body}`);
    },
  });

  const onAnswer = (_status, _bytes, ms) => {
    last = performance.now();
    first ??= last;
    answered += 1;
    latencies.record(Math.max(1, Math.round(ms * 1000)));
  };

  let connection = 0;
  const setupClient = (client) => {
    const share = visitors.filter((_, i) => i % connections === connection);
    connection += 1;
    client.setRequests(share.map(requestOf));
    client.on('response', onAnswer);
  };

  const result = await autocannon({ url, connections, duration: seconds, sampleInt: 100, setupClient });
  const { errors, timeouts } = result;
  if (errors + timeouts > 0) throw new Error(`${path}: ${errors} errors, ${timeouts} timeouts`);
  if (wrong.length > 0) throw new Error(`${path}: ${wrong.length} wrong answers, such as ${wrong[0]}`);
  return {
    requestsPerSecond: (answered - 1) / ((last - first) / 1000),
    p50: latencies.percentile(50) / 1000,
    p99: latencies.percentile(99) / 1000,
  };
};
