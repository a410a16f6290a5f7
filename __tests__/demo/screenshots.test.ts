/**
 * The pictures of the demo in the README. `UPDATE_SCREENSHOTS=1 npm test -- __tests__/demo` takes them anew; otherwise
 * the checkout stays as it is.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { exampleEnvironment } from '../examples/support';
import { startApp } from '../support/app';
import { describeInChromium, launch, logIn, userAgents, visit } from './browser';

/** In pixels. */
const size = { width: 1120, height: 1280 };

/** In bytes: a README is read over slow lines, too. */
const largest = 200_000;

/** Width and height, as a PNG file begins with them. */
const sizeOf = (png: Buffer): typeof size => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

describeInChromium('the pictures of the demo', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
  });

  test.each(['light', 'dark'] as const)('%s', async (colorScheme) => {
    const { env, remove } = exampleEnvironment();
    const app = await startApp('examples/demo/server.mjs', { env: { ...env, TZ: 'UTC' } });
    await logIn(await visit(browser, app.url, { userAgent: userAgents.phone }), 'Ada');
    await logIn(await visit(browser, app.url), 'Grace');
    const laptop = await visit(browser, app.url, { colorScheme, viewport: size });
    await logIn(laptop, 'Ada');
    for (const count of [1, 2, 3]) {
      await laptop.page.getByRole('button', { name: 'Count one more' }).click();
      await laptop.page.getByText(`${count} counted in it`).waitFor();
    }
    const picture = await laptop.page.screenshot({ animations: 'disabled' });
    await app.stop();
    remove();

    expect(picture.length).toBeLessThan(largest);
    const file = resolve(__dirname, `../../docs/images/demo-${colorScheme}.png`);
    if (process.env.UPDATE_SCREENSHOTS === '1') writeFileSync(file, picture);
    // A picture of another size is one of an older page.
    expect(sizeOf(readFileSync(file))).toEqual(sizeOf(picture));
    expect(laptop.problems()).toEqual([]);
  });
});
