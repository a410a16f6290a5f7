/** The OpenTelemetry example exports spans below those of requests, and the numbers of the store; and no id. */

import { createClient, startApp } from '../support/app';
import { exampleEnvironment, walkThrough } from './support';

const file = 'examples/opentelemetry/app.mjs';

let env: NodeJS.ProcessEnv;
let remove: () => void;

beforeEach(() => {
  ({ env, remove } = exampleEnvironment());
});

afterEach(() => {
  remove();
});

interface Span {
  name: string;
  id: string;
  parent: string | undefined;
}

/** The spans that the console exporter has printed. */
const spansIn = (output: string): Span[] =>
  output
    .split(/^\{$/m)
    .filter((text) => /^ {2}traceId: /m.test(text))
    .map((text) => ({
      name: /^ {2}name: '(.+)'/m.exec(text)?.[1] ?? '',
      id: /^ {2}id: '(\w+)'/m.exec(text)?.[1] ?? '',
      parent: /^ {4}spanId: '(\w+)'/m.exec(text)?.[1],
    }));

/** The last value of a counter that the console exporter has printed. */
const counterIn = (output: string, name: string): number =>
  Number(
    output
      .split(/^\{$/m)
      .filter((text) => text.includes(`name: '${name}'`))
      .map((text) => /^ {6}value: (\d+)/m.exec(text)?.[1])
      .at(-1),
  );

test('log in, count, restart, log out', () => walkThrough(file, env));

test('session calls are spans below the request that makes them; statements are nobody’s', async () => {
  const app = await startApp(file, { env });
  const visitor = createClient(app.url);
  await visitor.post('/login?name=Ada');
  await visitor.get('/');
  expect(await app.stop()).toBe(0);

  const spans = spansIn(app.output());
  const request = spans.find(({ name }) => name === 'GET /');
  const below = spans.filter(({ parent }) => parent === request?.id).map(({ name }) => name);
  expect(below).toEqual(['session get', 'session set']);
  const statements = spans.filter(({ name }) => name === 'session batch');
  expect(statements.length).toBeGreaterThanOrEqual(3);
  expect(statements.filter(({ parent }) => parent !== undefined)).toEqual([]);
});

test('the numbers of the store are metrics, and ids are nowhere', async () => {
  const app = await startApp(file, { env });
  const visitor = createClient(app.url);
  await visitor.post('/login?name=Ada');
  for (let visits = 0; visits < 3; visits += 1) await visitor.get('/');
  expect(await app.stop()).toBe(0);

  const output = app.output();
  expect(counterIn(output, 'session.hits')).toBe(3);
  expect(counterIn(output, 'session.failures')).toBe(0);
  expect(counterIn(output, 'session.reads')).toBe(3);
  expect(output).toContain("name: 'session.operation.duration'");
  expect(output).toContain("name: 'session.batch.rows'");
  const ids = [...visitor.cookies.values()].map((cookie) => decodeURIComponent(cookie));
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) expect(output).not.toContain(id);
});
