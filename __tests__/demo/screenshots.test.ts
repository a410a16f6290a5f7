/**
 * The pictures of the demo in the README. `UPDATE_SCREENSHOTS=1 npm test -- __tests__/demo` takes them anew; otherwise
 * the checkout stays as it is.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeInChromium, userAgents } from './browser';
import { useDemo } from './demo';

/** In pixels. */
const size = { width: 1200, height: 1140 };

/** In bytes: a README is read over slow lines, too. */
const largest = 200_000;

/** Width and height, as a PNG file begins with them. */
const sizeOf = (png: Buffer): typeof size => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

describeInChromium('the pictures of the demo', () => {
  const demo = useDemo();

  test.each(['light', 'dark'] as const)('%s', async (colorScheme) => {
    await demo.visitAs('Ada', { userAgent: userAgents.phone });
    await demo.visitAs('Grace');
    const laptop = await demo.visitAs('Ada', { colorScheme, viewport: size });
    for (const count of [1, 2, 3]) {
      await laptop.page.getByRole('button', { name: 'Add one' }).click();
      await laptop.page.getByText(`Counter: ${count}`).waitFor();
    }
    await laptop.page.waitForLoadState('load');
    const picture = await laptop.page.screenshot({ animations: 'disabled' });
    expect(picture.length).toBeLessThan(largest);
    const file = resolve(__dirname, `../../docs/images/demo-${colorScheme}.png`);
    if (process.env.UPDATE_SCREENSHOTS === '1') writeFileSync(file, picture);
    // A picture of another size is one of an older page.
    expect(sizeOf(readFileSync(file))).toEqual(sizeOf(picture));
    expect(laptop.problems()).toEqual([]);
  });
});
