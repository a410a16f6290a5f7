/** Names that want to be more than names: each is the name of a table or is refused, and no other table is touched. */

import fc from 'fast-check';
import { createKnexStore, createSessionTable, dropSessionTable } from '../../lib';
import { resolveOptions } from '../../lib/options';
import { onEachDatabase } from '../support/each-database';
import { everyRun } from '../support/runs';
import { databases, kindOf, openGround, use, type Ground } from './ground';
import type { Kind } from './catalog';
import { anyTableName, unusableNames, usableNames } from './values/names';

const schemas = [`a"b`, 'a`b', `';`, 'x; DROP TABLE victim; --', '$$', 'é', 'a b', '--', 'TABLE'];

/** What nobody can refuse who does not know the database; the database does. */
const unknownToKnex: Record<Kind, string[]> = {
  SQLite: ['sqlite_master', 'sqlite_victim', 'nowhere.victim', 'nowhere.public.victim'],
  PostgreSQL: ['nowhere.victim', 'nowhere.public.victim', 'pg_catalog.victim', 'victim.id'],
  MySQL: [
    '😀',
    'victim😀',
    '#mysql50#victim',
    `'`.repeat(60),
    'nowhere.victim',
    'nowhere.public.victim',
    'mysql.victim.x',
  ],
};

/** As apps do whose columns are written in another way than their code. */
const snakeCase = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();

const isRefused = (tableName: unknown): boolean => {
  try {
    resolveOptions({ tableName: tableName as string });
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(/^option tableName must be a table name such as/);
    return true;
  }
};

/** So that a failure says which one it was. */
const each = async <T>(names: readonly T[], check: (name: T) => Promise<void>): Promise<void> => {
  for (const name of names) {
    await check(name).catch((cause: unknown) => {
      throw new Error(`with the name ${JSON.stringify(name)}: ${String(cause)}`, { cause });
    });
  }
};

onEachDatabase(databases, (database) => {
  const kind = kindOf(database);
  let ground: Ground;
  let before: unknown[];
  // Row by row takes its time.
  const names = usableNames.filter((_, n) => database.rowByRow !== true || n % 2 === 0);

  beforeAll(async () => {
    ground = await openGround(database);
  });

  afterAll(() => ground.close());

  beforeEach(async () => {
    before = await ground.catalog.dump();
    expect(before.length).toBeGreaterThan(20);
  });

  afterEach(async () => {
    expect(await ground.catalog.dump()).toEqual(before);
  });

  test('a name that looks like SQL is a name', async () => {
    await each(names, (name) => use(ground, { tableName: name }, [ground.home, name]));
  });

  test('so it is behind the name of a schema', async () => {
    await each(names.slice(0, 20), (name) =>
      use(ground, { tableName: `${ground.home}.${name}` }, [ground.home, name]),
    );
  });

  // Of what is attached to SQLite, Knex itself finds no table.
  const withSchemas = kind === 'SQLite' && database.rowByRow ? test.skip : test;
  withSchemas('and so is the name of a schema', async () => {
    for (const schema of schemas) {
      await ground.catalog.createSchema(schema);
      await ground.catalog.createTable([schema, 'victim']);
    }
    before = await ground.catalog.dump();
    await each(schemas, (schema) => use(ground, { tableName: `${schema}.Sessions` }, [schema, 'Sessions']));
    await each(schemas, (schema) => use(ground, { tableName: `${schema}.${schema}` }, [schema, schema]));
  });

  test('an app’s own way to write identifiers lets no name out', async () => {
    const knex = ground.connect({ wrapIdentifier: (name, wrap) => wrap(snakeCase(name)) });
    try {
      await each([...names.slice(-30), 'userSessions', `a"B; dropTable`, 'TABLE'], async (tableName) => {
        await use({ ...ground, knex }, { tableName }, [ground.home, snakeCase(tableName)]);
      });
    } finally {
      await knex.destroy();
    }
  });

  test('names that differ by case alone are two tables, or one where the database says so', async () => {
    for (const name of ['Zebra', 'ZEBRA', 'vicTim']) {
      if (!ground.isSame(name, name.toLowerCase()))
        await use(ground, { tableName: name }, [ground.home, name]);
    }
  });

  test('what is no name is refused before anything is sent', async () => {
    const sent: string[] = [];
    const listen = ({ sql }: { sql: string }): unknown => sent.push(sql);
    ground.knex.on('query', listen);
    for (const value of unusableNames) {
      const options = { tableName: value as string };
      expect([String(value), isRefused(value)]).toEqual([String(value), true]);
      expect(() => createKnexStore(ground.knex, options)).toThrow(TypeError);
      await expect(createSessionTable(ground.knex, options)).rejects.toThrow(TypeError);
      await expect(dropSessionTable(ground.knex, options)).rejects.toThrow(TypeError);
    }
    ground.knex.removeListener('query', listen);
    expect(sent).toEqual([]);
  });

  test('what only the database can refuse, it refuses, and nothing comes of it', async () => {
    await each(unknownToKnex[kind], async (tableName) => {
      const call = async (): Promise<void> => {
        const store = createKnexStore(ground.knex, { tableName, syncTimeout: 200 });
        await store.set('sid', {}).finally(store.close);
      };
      // Not `toThrow`: errors of better-sqlite3 may come from the realm of another test file.
      await expect(call()).rejects.toHaveProperty('message');
      await createSessionTable(ground.knex, { tableName }).catch(() => undefined);
      await dropSessionTable(ground.knex, { tableName }).catch(() => undefined);
    });
  });

  test('any other name is the name of a table, or refused', async () => {
    await fc.assert(
      fc.asyncProperty(anyTableName, async (name) => {
        fc.pre(!isRefused(name) && !name.includes('.'));
        // What this server cannot hold, see above.
        fc.pre(kind !== 'MySQL' || !/[^\0-\uffff]/u.test(name));
        const taken = await ground.catalog.tables();
        fc.pre(!taken.some(([, table]) => ground.isSame(table, name)));
        await use(ground, { tableName: name }, [ground.home, name]);
      }),
      everyRun(30),
    );
  });
});
