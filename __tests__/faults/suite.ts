/** What users notice when their database fails: nothing, as long as it comes back in time. */

import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from '../support/app';
import type { DatabaseServer } from '../support/database-server';
import { cutOff, frozen, killed, stopped, type Failure } from './outages';
import { endure, eventsOf, middlewares, openApp } from './support';

/** A busy machine may take so many ms longer than the second that is promised. */
const slack = 4_000;

/** What was measured belongs into the documentation; what is asserted must hold on a busy machine, too. */
const print = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const oneOutage = ['connect', expect.stringMatching(/^unavailable ./), 'available'];

const ms = (time: number): string => `${Math.round(time)} ms`;

/** @param create a server of these tests alone */
export const survivesFailures = (name: string, create: () => Promise<DatabaseServer>): void => {
  let server: DatabaseServer;

  beforeAll(async () => {
    server = await create();
    await server.start();
  });

  afterEach(async () => {
    if (!server.isRunning()) await server.start();
  });

  afterAll(() => server.remove());

  describe('rides through an outage that is shorter than retryTimeout', () => {
    const outages: [string, Failure, number, unknown][] = [
      ['the server is killed and started again', killed, 2_000, oneOutage],
      ['the server is stopped and started again', stopped, 2_000, oneOutage],
      // Its connections are there, and it is waited for.
      ['the server is frozen for 3 s', frozen, 3_000, ['connect']],
      // It is there all along; what statements meet is a matter of luck.
      ['all connections are terminated again and again', cutOff, 1_000, expect.anything()],
    ];

    test.each(outages)('%s', async (what, fail, time, events) => {
      // Longer than the default, for machines that take their time to start a server.
      const { outage, noticed } = await endure(server, { retryTimeout: 20_000 }, () => fail(server, time));

      noticed.forEach(({ requests, refusals, firstServed, allServed }, n) => {
        print(
          `${name}, ${middlewares[n]}: ${what}: away for ${ms(outage.over - outage.from)}; of ${requests} requests, ` +
            `${refusals.length} failed; service back ${ms(firstServed)} after it, for everybody ${ms(allServed)}`,
        );
      });
      for (const app of noticed) {
        // The first ones say enough.
        expect(app.refusals.slice(0, 3)).toEqual([]);
        expect(app.wrong).toEqual([]);
        expect(app.allServed).toBeLessThan(1_000 + slack);
        expect(app.events).toEqual(events);
        expect(app.exitCode).toBe(0);
      }
    });
  });

  describe('during an outage that is longer than retryTimeout', () => {
    const retryTimeout = 2_000;
    const outage = 5_000;

    test.each([
      ['killed', killed],
      ['frozen', frozen],
    ])('every request ends by the deadline, and all is well afterwards: %s', async (what, fail) => {
      const { noticed } = await endure(server, { retryTimeout }, () => fail(server, outage));

      noticed.forEach(({ requests, refusals, allServed }, n) => {
        const longest = Math.max(...refusals.map(({ took }) => took));
        print(
          `${name}, ${middlewares[n]}: ${what} for ${outage} ms, retryTimeout ${retryTimeout} ms: ${refusals.length} of ` +
            `${requests} requests refused after ${ms(longest)} at most; all served ${ms(allServed)} after it`,
        );
      });
      for (const app of noticed) {
        expect(app.refusals.length).toBeGreaterThan(0);
        for (const refusal of app.refusals) {
          expect(refusal).toMatchObject({
            status: 503,
            code: 'ETIMEDOUT',
            operation: expect.stringMatching(/^[gs]et$/) as string,
            cause: expect.stringContaining('') as string,
          });
          expect(refusal.took).toBeLessThan(retryTimeout + slack);
        }
        expect(app.wrong).toEqual([]);
        expect(app.allServed).toBeLessThan(1_000 + slack);
        expect(app.events).toEqual(oneOutage);
        expect(app.exitCode).toBe(0);
      }
    });

    test.each([
      [100, 2_000, { retryTimeout, maxPending: 100 }],
      // The default.
      [10_000, 100_000, { retryTimeout }],
    ])('%i calls wait, and those beyond are refused at once', async (maxPending, calls, options) => {
      const app = await openApp(server, 'koa-generic-session 2', options);
      const visitor = createClient(app.url);
      await visitor.post('/login?user=ann');
      await server.kill();

      const answer = await visitor.get(`/burst?calls=${calls}`);
      await server.start();

      const burst = JSON.parse(answer.text) as { heapGrowth: number };
      const refused = calls - maxPending;
      expect(burst).toMatchObject({
        atOnce: { EOVERLOADED: refused },
        ends: { EOVERLOADED: refused, ETIMEDOUT: maxPending },
      });
      const perCall = burst.heapGrowth / maxPending / 1_024;
      print(
        `${name}: ${calls} calls at once, ${maxPending} of them wait: ${perCall.toFixed(1)} KiB of heap for each, ` +
          `${(burst.heapGrowth / 2 ** 20).toFixed(1)} MiB in all`,
      );
      expect(perCall).toBeLessThan(50);
      expect(await visitor.get('/')).toMatchObject({ status: 200, text: '{"user":"ann","visits":0}' });
      expect(await app.stop()).toBe(0);
    });

    test('an app that is told to end answers what is under way, and ends', async () => {
      const app = await openApp(server, 'koa-session 7', { retryTimeout });
      const visitor = createClient(app.url);
      await visitor.post('/login?user=ann');
      await server.kill();

      const answer = visitor.post('/visit');
      while (!eventsOf(app).some((event) => event.startsWith('unavailable'))) await delay(10);

      expect(await app.stop()).toBe(0);
      expect(await answer).toMatchObject({ status: 503 });
    });
  });

  describe.each(middlewares)('when the app of %s starts before its database', (middleware) => {
    beforeEach(() => server.stop());

    test('requests wait for it', async () => {
      const app = await openApp(server, middleware, { syncTimeout: 30_000, retryTimeout: 30_000 });
      const answer = createClient(app.url).post('/login?user=ann');
      await delay(500);
      expect(eventsOf(app)).not.toContain('connect');

      await server.start();

      expect(await answer).toMatchObject({ status: 200, text: '{"user":"ann","visits":0}' });
      expect(eventsOf(app)).toContain('connect');
      expect(await app.stop()).toBe(0);
    });

    test('requests are refused when it takes too long, and served when it is there', async () => {
      const app = await openApp(server, middleware, { syncTimeout: 300 });
      const visitor = createClient(app.url);
      const refused = await visitor.post('/login?user=ann');
      expect(refused.status).toBe(503);
      expect(JSON.parse(refused.text)).toMatchObject({ code: 'ESYNC', cause: 'ECONNREFUSED' });

      await server.start();
      const over = performance.now();
      while ((await visitor.post('/login?user=ann')).status !== 200) await delay(10);

      const took = performance.now() - over;
      print(`${name}, ${middleware}: started before its database: served ${ms(took)} after it was there`);
      expect(took).toBeLessThan(1_000 + slack);
      expect(eventsOf(app)).toContain('connect');
      expect(await app.stop()).toBe(0);
    });
  });
};
