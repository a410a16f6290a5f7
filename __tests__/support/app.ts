/** Apps as their users meet them: started as processes of their own, and visited over HTTP with cookies. */

import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** How long an app may take until it prints its address, and to end once it was told to, in ms. */
const patience = 15_000;

/** A running app. */
export interface App {
  /** Its address, without a slash at the end: `http://127.0.0.1:PORT`. */
  url: string;
  /** Ends it, with SIGTERM unless told otherwise. @returns its exit code; null if a signal ended it */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** All that it has printed so far, on stdout and stderr. */
  output(): string;
}

const running = new Set<ChildProcess>();

// However a test file ends, no app outlives it.
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts an app on a free port, and waits until it has printed its address.
 *
 * @param file a JavaScript file, relative to the repository
 * @param options.env added to the environment of the tests and `PORT=0`
 * @param options.args what follows the file on its command line
 * @param options.cwd its working directory; the repository, unless told otherwise
 * @throws Error with all that it printed, if it ends instead or takes longer than 15 s
 */
export const startApp = async (
  file: string,
  {
    env = {},
    args = [],
    cwd = root,
  }: { env?: NodeJS.ProcessEnv; args?: readonly string[]; cwd?: string } = {},
): Promise<App> => {
  const child = spawn(process.execPath, [resolve(root, file), ...args], {
    cwd,
    env: { ...process.env, PORT: '0', ...env },
    // Its input ends with the tests, even if they are killed: an app can tell.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  running.add(child);

  let printed = '';
  const output = (): string => printed;
  // Not 'exit': only at 'close' has everything that the app printed arrived.
  const ended = new Promise<number | null>((settle) => {
    child.once('close', (code) => {
      running.delete(child);
      settle(code);
    });
  });

  const url = await new Promise<string>((settle, reject) => {
    const fail = (what: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${file} ${what}; it printed:\n${printed}`));
    };
    const timer = setTimeout(fail, patience, `printed no address within ${patience} ms`);
    const read = (text: string): void => {
      printed += text;
      // The address counts once its line is complete, so that no digit of the port is missing.
      const address = /(http:\/\/127\.0\.0\.1:\d+).*\n/.exec(printed)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      settle(address);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('error', (error) => {
      fail(`could not be started: ${error.message}`);
    });
    void ended.then((code) => {
      fail(`ended with code ${String(code)}`);
    });
  });

  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    const code = await ended;
    clearTimeout(timer);
    return code;
  };

  return { url, stop, output };
};

/** What came back for a request. */
export interface Answer {
  status: number;
  text: string;
  headers: Headers;
}

/** One visitor of an app: requests that share a jar of cookies. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** @param form fields of an HTML form; without them, the request has no body */
  post(path: string, form?: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  /** Cookies by name, sent with every request. A copy of it is another visitor's stolen jar. */
  cookies: Map<string, string>;
}

/** The address of an app, or what chooses one for each request, of several apps that serve the same users. */
export type Address = string | (() => string | Promise<string>);

/**
 * @param url without a slash at the end
 * @param options.followRedirects go where redirects point (with GET), instead of returning them; default false
 */
export const createClient = (
  url: Address,
  { followRedirects = false }: { followRedirects?: boolean } = {},
): Client => {
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const headers = new Headers(init.headers);
    if (client.cookies.size > 0) headers.set('cookie', cookieHeader(client.cookies));
    // fetch would follow redirects without the cookies that came with them.
    const base = typeof url === 'string' ? url : await url();
    const response = await fetch(new URL(path, base), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keepCookie(client.cookies, line);
    const location = response.headers.get('location');
    const answer = { status: response.status, text: await response.text(), headers: response.headers };
    const redirected = response.status >= 300 && response.status < 400 && location !== null;
    return followRedirects && redirected ? send(location, { method: 'GET' }) : answer;
  };

  const client: Client = {
    get: (path, headers = {}) => send(path, { method: 'GET', headers }),
    post: (path, form, headers = {}) =>
      send(path, { method: 'POST', headers, body: form === undefined ? null : new URLSearchParams(form) }),
    cookies: new Map(),
  };
  return client;
};

const cookieHeader = (cookies: ReadonlyMap<string, string>): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/** Expiry counts when a cookie arrives, not later: a session must end on the server, whatever the browser does. */
const keepCookie = (cookies: Map<string, string>, line: string): void => {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const name = pair.slice(0, pair.indexOf('='));
  const attribute = (wanted: string): string | undefined =>
    attributes.find((text) => text.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
  const maxAge = attribute('max-age');
  const expires = attribute('expires');
  const isOver =
    maxAge !== undefined ? Number(maxAge) <= 0 : expires !== undefined && Date.parse(expires) <= Date.now();
  if (isOver) cookies.delete(name);
  else cookies.set(name, pair.slice(pair.indexOf('=') + 1));
};
