/** A demo of its own for each test, and browsers that visit it. */

import { chromium, type Browser, type BrowserContextOptions, type BrowserServer } from 'playwright-core';
import { exampleEnvironment } from '../examples/support';
import { startApp, type App } from '../support/app';
import { freePort } from '../support/places';
import { launch, logIn, visit, type Visitor } from './browser';

/** The demo of the test that is running. */
export interface Demo {
  url(): string;
  /** Opens it on another device. */
  visit(options?: BrowserContextOptions): Promise<Visitor>;
  /** Opens it on another device, and logs in. */
  visitAs(name: string, options?: BrowserContextOptions): Promise<Visitor>;
  /** Ends the server at once. */
  kill(): Promise<void>;
  /** Starts it, again at the same address. */
  start(): Promise<void>;
}

/** For a `describe`: starts the demo before each of its tests, and ends everything after it. */
export const useDemo = (): Demo => {
  let chromiumServer: BrowserServer;
  let browser: Browser;
  let app: App;
  let env: NodeJS.ProcessEnv;
  let remove: () => void;

  const demo: Demo = {
    url: () => app.url,
    visit: (options = {}) => visit(browser, app.url, options),
    visitAs: async (name, options) => {
      const visitor = await demo.visit(options);
      await logIn(visitor.page, name);
      return visitor;
    },
    kill: async () => {
      await app.stop('SIGKILL');
    },
    start: async () => {
      app = await startApp('examples/demo/server.mjs', { env });
    },
  };

  beforeAll(async () => {
    chromiumServer = await launch();
  });

  beforeEach(async () => {
    const example = exampleEnvironment();
    remove = example.remove;
    // Not any free port: after a restart, a page that is open has to find the server again.
    env = { ...example.env, PORT: String(await freePort()), TZ: 'UTC' };
    browser = await chromium.connect(chromiumServer.wsEndpoint());
    await demo.start();
  });

  afterEach(async () => {
    await browser.close();
    await app.stop();
    remove();
  });

  afterAll(() => chromiumServer.kill());

  return demo;
};
