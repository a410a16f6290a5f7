/** The demo as a process of its own for each test, and visitors of it without a browser. */

import { createClient, startApp, type App, type Client } from '../support/app';
import { exampleEnvironment } from './support';

export const demoFile = 'examples/demo/server.mjs';

/** The demo of the test that is running. */
export interface DemoServer {
  url(): string;
  env(): NodeJS.ProcessEnv;
  /** A visitor who has logged in. */
  logIn(name: string): Promise<Client>;
  /** Stops the server in good order, and starts it again. */
  restart(): Promise<void>;
}

/** For a file of tests: starts the demo before each of them, and stops it afterwards. */
export const useDemoServer = (): DemoServer => {
  let env: NodeJS.ProcessEnv;
  let remove: () => void;
  let app: App;

  const start = async (): Promise<void> => {
    app = await startApp(demoFile, { env });
  };

  beforeEach(async () => {
    ({ env, remove } = exampleEnvironment());
    await start();
  });

  afterEach(async () => {
    await app.stop();
    remove();
  });

  return {
    url: () => app.url,
    env: () => env,
    logIn: async (name) => {
      const visitor = createClient(app.url, { followRedirects: true });
      await visitor.post('/login', { name });
      return visitor;
    },
    restart: async () => {
      expect(await app.stop()).toBe(0);
      await start();
    },
  };
};

/** The handles of one's devices, this one first, as the forms of the page hold them. */
export const handlesIn = (text: string): string[] =>
  [...text.matchAll(/name="handle" value="([^"]+)"/g)].map(([, handle = '']) => handle);
