/** The live view of the demo: it shows what changes, takes nothing away from its reader, and can be stopped. */

import { describeInChromium, logIn, userAgents, type Visitor } from './browser';
import { useDemo } from './demo';

describeInChromium('the live view of the demo', () => {
  const demo = useDemo();
  let laptop: Visitor;

  /** Logs Ada in on another device. */
  const addPhone = (): Promise<Visitor> => demo.visitAs('Ada', { userAgent: userAgents.phone });

  /** Waits until the page has come anew so many times. */
  const refreshed = async ({ page }: Visitor, times: number): Promise<void> => {
    for (let n = 0; n < times; n += 1) {
      await page.waitForResponse((response) => response.request().resourceType() === 'fetch');
    }
  };

  const countsOnAnotherPage = async ({ page }: Visitor): Promise<void> => {
    const other = await page.context().newPage();
    await other.goto(demo.url());
    await other.getByRole('button', { name: 'Add one' }).click();
    await other.getByText('Counter: 1').waitFor();
    await other.close();
  };

  beforeEach(async () => {
    laptop = await demo.visitAs('Ada');
  });

  afterEach(() => {
    expect(laptop.problems()).toEqual([]);
  });

  test('what is counted on another page appears in the number and in the row', async () => {
    await countsOnAnotherPage(laptop);
    await laptop.page.getByText('Counter: 1').waitFor();
    await laptop.page.getByRole('article', { name: 'Plain' }).getByText('"count":1').waitFor();
  });

  test('the keyboard stays where it was, and at its section if its button is gone', async () => {
    const phone = await addPhone();
    const focused = laptop.page.locator(':focus');
    const phoneButton = laptop.page.getByRole('button', { name: /^Log out Safari on iPhone/ });
    await phoneButton.focus();
    const { page } = await addPhone();
    await laptop.page.getByText('Ada is logged in on 3 devices.').waitFor();
    expect(await focused.innerText()).toMatch(/^Log out/);

    for (const gone of [phone.page, page])
      await gone.getByRole('button', { name: 'Log out', exact: true }).click();
    await laptop.page.getByText('Ada is logged in on 1 device.').waitFor();
    expect(await focused.innerText()).toBe('Your devices');
  });

  test('what a reader has selected stays, until it is selected no more', async () => {
    const data = laptop.page.locator('#plain-data');
    await data.selectText();
    await countsOnAnotherPage(laptop);
    await laptop.page.getByText('Counter: 1').waitFor();
    await refreshed(laptop, 2);
    expect(await laptop.page.evaluate('String(getSelection())')).toContain('"count":0');
    await laptop.page.evaluate('getSelection().removeAllRanges()');
    await data.getByText('"count":1').waitFor();
  });

  test.each([
    [
      'paused',
      () => laptop.page.getByRole('button', { name: 'Pause live view' }).click(),
      () => laptop.page.getByRole('button', { name: 'Pause live view', pressed: true }).click(),
    ],
    ['hidden', () => laptop.page.evaluate(hide(true)), () => laptop.page.evaluate(hide(false))],
  ] as const)('while it is %s, nothing is asked for; then it goes on', async (_name, stop, goOn) => {
    await refreshed(laptop, 1);
    await stop();
    let requests = 0;
    laptop.page.on('request', () => {
      requests += 1;
    });
    const phone = await addPhone();
    // The live view of the other page tells the time.
    await refreshed(phone, 3);
    expect(requests).toBe(0);
    await laptop.page.getByText('Ada is logged in on 1 device.').waitFor();
    await goOn();
    await laptop.page.getByText('Ada is logged in on 2 devices.').waitFor();
  });

  test('a page of somebody who logs in anew under another name becomes theirs', async () => {
    await laptop.page.context().clearCookies();
    const other = await laptop.page.context().newPage();
    await other.goto(demo.url());
    await logIn(other, 'Grace');
    await laptop.page.getByRole('heading', { level: 1 }).getByText('Hello, Grace').waitFor();
  });

  /** As the browser does it when another tab is in front. */
  const hide = (hidden: boolean): string => `
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${String(hidden)} });
    document.dispatchEvent(new Event('visibilitychange'));
  `;
});
