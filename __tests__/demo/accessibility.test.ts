/** The demo for everyone: what axe finds, in light and dark; small screens; the keyboard alone; little motion. */

import type { Page } from 'playwright-core';
import { barriers, describeInChromium, logIn, userAgents } from './browser';
import { useDemo } from './demo';

/** As wide as a name can be. */
const wideName = 'W'.repeat(40);

describeInChromium('the demo for everyone', () => {
  const demo = useDemo();

  /** Goes through all kinds of pages, and looks at each. */
  const eachPage = async (page: Page, see: (page: Page) => Promise<void>): Promise<void> => {
    const look = async (): Promise<void> => {
      // Its text is there before its styles are.
      await page.waitForLoadState('load');
      await see(page);
    };
    await look();
    await page.getByLabel('Your name').fill('  ');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('Please enter a name').waitFor();
    await look();

    await logIn(page, wideName);
    const phone = await demo.visitAs(wideName, { userAgent: userAgents.phone });
    await page.getByText(`${wideName} is logged in on 2 devices.`).waitFor();
    await page.getByRole('button', { name: 'Simulate 200 requests' }).click();
    await page.getByText('200 requests made').waitFor();
    await look();

    await phone.page.getByRole('button', { name: 'Log out everywhere else' }).click();
    await page.getByText('Your session on this device has ended').waitFor();
    await look();
    await page.goto(`${demo.url()}/nowhere`);
    await look();
  };

  test.each(['light', 'dark'] as const)('axe finds nothing in the way, in %s', async (colorScheme) => {
    const { page } = await demo.visit({ colorScheme });
    const found: string[] = [];
    await eachPage(page, async () => {
      found.push(...(await barriers(page)));
    });
    expect(found).toEqual([]);
  });

  test.each([320, 768, 1280])('nothing is wider than a screen of %d pixels', async (width) => {
    const { page } = await demo.visit({ viewport: { width, height: 700 } });
    const widths: unknown[] = [];
    await eachPage(page, async () => {
      widths.push(await page.evaluate('document.documentElement.scrollWidth'));
    });
    expect(widths).toEqual(widths.map(() => width));
  });

  test('the keyboard is enough', async () => {
    const { page } = await demo.visit();
    const focused = page.locator(':focus');
    /** Goes on until the name of what has the focus fits. */
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let n = 0; n < 30; n += 1) {
        await page.keyboard.press('Tab');
        if ((await focused.count()) === 1 && name.test(await focused.innerText())) return;
      }
      throw new Error(`no Tab leads to ${String(name)}`);
    };

    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await page.getByText('Ada is logged in on 1 device.').waitFor();
    await demo.visitAs('Ada', { userAgent: userAgents.phone });
    await page.getByText('Ada is logged in on 2 devices.').waitFor();
    await tabTo(/^Log out everywhere else/);
    const outline = 'getComputedStyle(document.activeElement).outlineStyle';
    expect(await page.evaluate(outline)).toBe('solid');
    await page.keyboard.press('Enter');
    await page.getByText('Ada is logged in on 1 device.').waitFor();
  });

  test.each([
    ['reduce', 'none'],
    ['no-preference', 'changed'],
  ] as const)(
    'with motion preference %s, a change is marked with animation %s',
    async (reducedMotion, name) => {
      const visitor = await demo.visitAs('Ada', { reducedMotion });
      const animation = `
      const mark = document.querySelector('[data-flash]');
      mark.classList.add('changed');
      getComputedStyle(mark).animationName;
    `;
      expect(await visitor.page.evaluate(animation)).toBe(name);
    },
  );
});
