/** The demo in a real Chromium: each visitor is a browser of its own, which notes whatever goes wrong in it. */

import { existsSync, readFileSync } from 'node:fs';
import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type BrowserServer,
  type Page,
} from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.CHROMIUM_PATH ?? places.find((place) => existsSync(place));

/** Tests in Chromium, or one line that says how to get it where it is missing. In CI it must be there. */
export const describeInChromium = (name: string, tests: () => void): void => {
  if (executablePath !== undefined) {
    describe(name, tests);
    return;
  }
  const advice = 'install chromium, or set CHROMIUM_PATH';
  if (process.env.CI === 'true') throw new Error(`Chromium must not be skipped in CI: ${advice}`);
  process.stderr.write(`skipped: ${name}; to run it, ${advice}\n`);
  describe.skip(name, tests);
};

/** What browsers say of themselves. */
export const userAgents = {
  laptop: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  phone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ' +
    'Version/18.5 Mobile/15E148 Safari/604.1',
};

/**
 * Chromium itself, for a file of tests. Each test connects to it anew, and at the end it is killed: a browser that is
 * asked to close its pages may wait for one that is just loading another.
 */
export const launch = (): Promise<BrowserServer> => {
  if (executablePath === undefined) throw new Error('there is no Chromium');
  return chromium.launchServer({
    executablePath,
    host: '127.0.0.1',
    args: [
      // Root has no sandbox; what is visited is our own page.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
};

/** A page of a visitor. */
export interface Visitor {
  page: Page;
  /** What its console complained of, what its scripts threw, which requests failed; empties the list. */
  problems(): string[];
}

/** Opens an address with cookies of its own: another device. */
export const visit = async (
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
): Promise<Visitor> => {
  const context = await browser.newContext({ userAgent: userAgents.laptop, ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  let noted: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) noted.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => noted.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // Whoever clicks leaves a page, and what it was just asking for.
    if (why !== 'net::ERR_ABORTED') noted.push(`${request.method()} ${request.url()}: ${why}`);
  });
  await page.goto(url);
  return {
    page,
    problems: () => {
      const all = noted;
      noted = [];
      return all;
    },
  };
};

/** Logs a visitor in. */
export const logIn = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { level: 1, name: `Hello, ${name}` }).waitFor();
  // Its text is there before its styles and its script are.
  await page.waitForLoadState('load');
};

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds to be in a visitor's way, as lines of rule and element. */
export const barriers = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  }>('axe.run(document)');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
  );
};
