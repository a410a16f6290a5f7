/** A network that fails at random for half a minute: no wrong read, no lost write, no error but the documented one. */

import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createChaos } from '../support/chaos';
import { mysql, postgres } from '../support/databases';
import { onEachDatabase } from '../support/each-database';
import { seededRandom } from '../support/random';
import { createOwner, type Session, type Tally } from './owner';

/** The same again: the decisions of network and owners, though not their moments. */
const seed = Number(process.env.FAULT_SEED ?? randomInt(2 ** 31));

const seconds = 30;
const operations = 20_000;
const owners = 200;
/** In ms: less than the longest silences of the network, so that some calls end before their statements do. */
const retryTimeout = 2_000;

const quiet = { warn: () => undefined, error: () => undefined, debug: () => undefined };

onEachDatabase([postgres(), mysql()], (database) => {
  test(`${operations} operations over ${seconds} s of faults: all is as a model says`, async () => {
    const chaos = await createChaos(String(database.connection), seededRandom(seed));
    const knex = database.connect({ connection: chaos.url, log: quiet });
    let failedStatements = 0;
    knex.on('query-error', () => (failedStatements += 1));
    const store = database.open<Session>({ retryTimeout, syncTimeout: 10_000 }, knex);
    const tally: Tally = { acknowledged: 0, timedOut: 0, wrong: [] };
    const all = Array.from({ length: owners }, (_, n) =>
      createOwner(store, `owner-${n}`, seededRandom(seed + n + 1), tally),
    );
    try {
      await store.ready();
      const begun = performance.now();
      // A busy machine may take somewhat longer.
      const isGoingOn = (): boolean => {
        const passed = (performance.now() - begun) / 1000;
        return passed < seconds || (tally.acknowledged < operations && passed < 2 * seconds);
      };
      await Promise.all(
        all.map(async ({ act }) => {
          while (isGoingOn()) await act();
        }),
      );
      chaos.calm();

      const compare = async (when: string): Promise<void> => {
        const rows = await database.table<{ id: string; data: string }>().select('id', 'data');
        const values = new Map(rows.map(({ id, data }) => [id, (JSON.parse(data) as Session).value]));
        for (const owner of all) owner.compare(when, (sid) => values.get(sid) ?? null);
      };
      await compare('stored at the end');
      // What the network has held back may still take effect.
      await delay(3_000);
      await compare('stored later');
      await store.close();
    } finally {
      process.stderr.write(
        `${database.name}, FAULT_SEED=${seed}: ${tally.acknowledged} calls acknowledged, ` +
          `${tally.timedOut} timed out; ${failedStatements} statements failed; ${JSON.stringify(chaos.faults)}\n`,
      );
      await chaos.close();
    }

    expect(tally.wrong).toEqual([]);
    expect(tally.acknowledged).toBeGreaterThanOrEqual(operations);
  });
});
