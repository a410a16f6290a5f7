/** Secrets are replaced one after another, deploy by deploy, while users go on; and in the end the old ones are gone. */

import { setTimeout as delay } from 'node:timers/promises';
import type { CreateKnexStoreOptions } from '../../lib';
import { resolveOptions } from '../../lib/options';
import { rekey } from '../../lib/session/rekey';
import { startLoad } from '../faults/load';
import { middlewares } from '../faults/support';
import { startApp, type App } from '../support/app';
import { mysql, postgres } from '../support/databases';
import { onEachDatabase } from '../support/each-database';
import { seededRandom } from '../support/random';

const [a, b, c] = ['one', 'two', 'three'].map((name) => `${name}: c2f0a94b7d1e6853c4b7a96e0d5f1823`) as [
  string,
  string,
  string,
];

/** What is deployed, one after the other: a new secret is known to all before anybody seals with it. */
const deploys: string[][] = [[a], [a, b], [b, a], [b, a, c], [c, b, a]];

/** How many processes serve the app at a time, and for how long each deploy serves alone, in ms. */
const processes = 2;
const pause = 700;

onEachDatabase([postgres(), mysql()], (database) => {
  const url = database.connection as string;
  test.each(middlewares)(
    'three secrets, rolled one after another under load: no logout (%s)',
    async (middleware) => {
      const seed = Date.now() % 2 ** 31;
      const random = seededRandom(seed);
      let serving: App[] = [];
      const anyApp = (): string => serving[Math.floor(random() * serving.length)]?.url ?? '';

      const deploy = async (secret: string[]): Promise<void> => {
        const options: CreateKnexStoreOptions = {
          tableName: database.tableName,
          hashIds: true,
          secret,
          gcFrequency: 50,
        };
        const env = { DATABASE_CLIENT: database.client, DATABASE_URL: url, MIDDLEWARE: middleware };
        const before = [...serving];
        // One process after the other, as a rolling deploy has it: old and new serve side by side.
        for (let n = 0; n < processes; n += 1) {
          const app = await startApp('__tests__/faults/apps/app.mjs', {
            env: { ...env, STORE_OPTIONS: JSON.stringify(options) },
          });
          const retired = before.shift();
          serving = [...serving.filter((one) => one !== retired), app];
          await delay(pause / processes);
          expect(await retired?.stop()).toBe(retired && 0);
        }
      };

      await deploy(deploys[0] ?? []);
      const { stop, report } = await startLoad(anyApp, 'visitor');
      for (const secrets of deploys.slice(1)) {
        await delay(pause);
        await deploy(secrets);
      }
      // Those who only look are still sealed with the first secret.
      const options = resolveOptions({ tableName: database.tableName, hashIds: true, secret: [c, b, a] });
      const { unreadable, changed } = await rekey(database.knex, options, { batchSize: 3 });
      expect([unreadable, changed > 0]).toEqual([0, true]);
      await deploy([c]);
      await delay(pause);
      await stop();
      for (const app of serving) expect(await app.stop()).toBe(0);
      expect({ seed, wrong: report.wrong, refusals: report.refusals }).toEqual({
        seed,
        wrong: [],
        refusals: [],
      });
      expect(report.successes.every((times) => times.length > 20)).toBe(true);
      process.stdout.write(
        `rotation on ${database.name}, ${middleware}: ${report.successes.flat().length} requests, no logout (seed ${seed})\n`,
      );
    },
  );
});
