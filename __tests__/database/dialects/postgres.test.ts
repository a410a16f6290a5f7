/** The SQL of PostgreSQL: few texts, which statistics, poolers and caches know again, whatever the size of a batch. */

import type { Knex } from 'knex';
import { createKnexStore, type SessionStore } from '../../../lib';
import { describeOn, newTableName, postgres } from '../../support/databases';

describeOn(postgres(), () => {
  let knex: Knex;

  beforeAll(() => {
    knex = postgres().connect();
  });

  afterAll(() => knex.destroy());

  for (const timestamps of [false, true]) {
    test(`one SQL text serves every size of a batch${timestamps ? ', with timestamps' : ''}`, async () => {
      const tableName = newTableName();
      const store: SessionStore = createKnexStore(knex, { tableName, timestamps });
      await store.ready();

      const sent: Record<string, Set<string>> = {};
      let statements = 0;
      let doing = '';
      const listen = ({ sql }: { sql: string }): void => {
        if (!sql.includes(tableName)) return;
        statements += 1;
        (sent[doing] ??= new Set()).add(sql);
      };
      knex.on('query', listen);

      // An update of one row alone has an SQL text of its own.
      const sizes = [2, 7, 300];
      for (const size of sizes) {
        const sids = Array.from({ length: size }, (_, n) => `sid-${n}`);
        const each = async <T>(what: string, call: (sid: string, n: number) => Promise<T>): Promise<T[]> => {
          doing = what;
          return Promise.all(sids.map(call));
        };
        await each('upsert', (sid) => store.set(sid, { sid }, Infinity));
        const sessions = await each('select', (sid) => store.get(sid));
        await each('update', (sid, n) => store.set(sid, Object.assign(sessions[n] ?? {}, { n }), Infinity));
        await each('touch', (sid) => store.touch(sid, Infinity));
        await each('remove', (sid) => store.destroy(sid));
      }

      knex.removeListener('query', listen);
      expect(statements).toBe(5 * sizes.length);
      expect(Object.entries(sent).map(([what, texts]) => [what, texts.size])).toEqual([
        ['upsert', 1],
        ['select', 1],
        ['update', 1],
        ['touch', 1],
        ['remove', 1],
      ]);
      await store.close();
      await knex.schema.dropTable(tableName);
    });
  }
});
