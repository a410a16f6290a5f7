/** The way through the demo in a real browser, with scripts and without: two devices, a logout, a restart. */

import { describeInChromium, userAgents, type Visitor } from './browser';
import { useDemo } from './demo';

describeInChromium('the demo in Chromium', () => {
  const demo = useDemo();

  describe.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('%s', (_name, javaScriptEnabled) => {
    /** Logs in on a device. */
    const device = (name: string, userAgent: string): Promise<Visitor> =>
      demo.visitAs(name, { javaScriptEnabled, userAgent });

    /** The page as it is now: it comes by itself, or has to be asked for. */
    const look = async ({ page }: Visitor): Promise<void> => {
      if (!javaScriptEnabled) await page.goto(demo.url());
    };

    test('a visitor sees a second device, and logs it out', async () => {
      const laptop = await device('Ada', userAgents.laptop);
      await laptop.page.getByText('Ada is logged in on 1 device.').waitFor();
      const phone = await device('Ada', userAgents.phone);
      await device('Grace', userAgents.laptop);

      await look(laptop);
      await laptop.page.getByText('Ada is logged in on 2 devices.').waitFor();
      const devices = laptop.page.getByRole('region', { name: 'Your devices' }).getByRole('listitem');
      expect(await devices.allInnerTexts()).toEqual([
        expect.stringMatching(/^Firefox on Linux\s+This device/),
        expect.stringMatching(/^Safari on iPhone\s+Logged in: /),
      ]);

      await laptop.page.getByRole('button', { name: /^Log out Safari on iPhone/ }).click();
      await laptop.page.getByText('Ada is logged in on 1 device.').waitFor();
      await look(phone);
      await phone.page.getByText('Your session on this device has ended').waitFor();
      expect([...laptop.problems(), ...phone.problems()]).toEqual([]);
    });

    test('a visitor logs out everywhere else, and nobody else is logged out', async () => {
      const [laptop, phone, other, grace] = [
        await device('Ada', userAgents.laptop),
        await device('Ada', userAgents.phone),
        await device('Ada', userAgents.phone),
        await device('Grace', userAgents.laptop),
      ];
      await look(laptop);
      await laptop.page.getByText('Ada is logged in on 3 devices.').waitFor();
      await laptop.page.getByRole('button', { name: 'Log out everywhere else' }).click();
      await laptop.page.getByText('Ada is logged in on 1 device.').waitFor();
      for (const visitor of [phone, other]) {
        await look(visitor);
        await visitor.page.getByText('Your session on this device has ended').waitFor();
      }
      await grace.page.getByRole('button', { name: 'Add one' }).click();
      await grace.page.getByText('Counter: 1').waitFor();
      expect([laptop, phone, other, grace].flatMap((visitor) => visitor.problems())).toEqual([]);
    });

    test('the tables show the row as each setting keeps it', async () => {
      const laptop = await device('Ada', userAgents.laptop);
      await laptop.page.getByRole('button', { name: 'Add one' }).click();
      await laptop.page.getByText('Counter: 1').waitFor();
      const row = (name: string): Promise<string> =>
        laptop.page.getByRole('article', { name }).locator('dl').innerText();
      const sid =
        (await laptop.page.context().cookies()).find(({ name }) => name === 'demo.sess')?.value ?? '';

      const plain = await row('Plain');
      expect(plain).toContain('"count":1');
      expect(plain).toContain(`${sid.slice(0, 8)}…`);
      expect(await laptop.page.content()).not.toContain(sid);
      const hashed = await row('Hashed ids');
      expect(hashed).toContain('"count":1');
      expect(hashed).toMatch(/sha256:[\w-]{43}\s/);
      const encrypted = await row('Hashed and encrypted');
      expect(encrypted).toMatch(/sha256:[\w-]{43}\s/);
      expect(encrypted).toMatch(/hmac:[\w-]{43}\s/);
      expect(encrypted).not.toMatch(/count|Ada/);
      expect(laptop.problems()).toEqual([]);
    });

    test('200 requests at once take next to no statements', async () => {
      const laptop = await device('Ada', userAgents.laptop);
      await laptop.page.getByRole('button', { name: 'Simulate 200 requests' }).click();
      const result = laptop.page.getByText('200 requests made 400 calls in');
      const statements = Number(/calls in (\d+) statements?\./.exec(await result.innerText())?.[1]);
      expect(statements).toBeGreaterThanOrEqual(1);
      expect(statements).toBeLessThanOrEqual(10);
      expect(laptop.problems()).toEqual([]);
    });

    test('a session outlives the server', async () => {
      const laptop = await device('Ada', userAgents.laptop);
      await laptop.page.getByRole('button', { name: 'Add one' }).click();
      await laptop.page.getByText('Counter: 1').waitFor();
      // The script comes after the page, and cannot come from a server that is gone.
      if (javaScriptEnabled) await laptop.page.getByRole('button', { name: 'Pause live view' }).waitFor();
      expect(laptop.problems()).toEqual([]);

      await demo.kill();
      if (javaScriptEnabled) await laptop.page.getByText('The server does not answer').waitFor();
      await demo.start();
      await look(laptop);
      await laptop.page.getByText('This session survived a restart').waitFor();
      await laptop.page.getByText('Counter: 1').waitFor();
      await laptop.page.getByText('The server does not answer').waitFor({ state: 'hidden' });
      // Chromium says so itself when nobody listens; nothing else may have gone wrong.
      for (const problem of laptop.problems()) expect(problem).toMatch(/net::ERR_(CONNECTION|EMPTY|SOCKET)/);
      await laptop.page.getByRole('button', { name: 'Add one' }).click();
      await laptop.page.getByText('Counter: 2').waitFor();
      expect(laptop.problems()).toEqual([]);
    });
  });
});
