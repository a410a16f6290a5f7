/** A row that its database lets nobody change or remove. */

import type { Knex } from 'knex';

/** SQL that makes a row so, by the start of a driver's name. */
const statements: Record<string, (tableName: string, id: string) => string[]> = {
  pg: (table, id) => [
    `CREATE FUNCTION "${table}_refuse"() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'refused by a trigger'; END $$`,
    `CREATE TRIGGER refuse BEFORE UPDATE OR DELETE ON "${table}" FOR EACH ROW
     WHEN (OLD.id = '${id}') EXECUTE PROCEDURE "${table}_refuse"()`,
  ],
  mysql: (table, id) =>
    ['UPDATE', 'DELETE'].map(
      (event) => `CREATE TRIGGER ${table}_${event} BEFORE ${event} ON ${table} FOR EACH ROW
        IF OLD.id = '${id}' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused by a trigger'; END IF`,
    ),
  sqlite: (table, id) =>
    ['UPDATE', 'DELETE'].map(
      (event) => `CREATE TRIGGER ${table}_${event} BEFORE ${event} ON ${table} FOR EACH ROW
        WHEN OLD.id = '${id}' BEGIN SELECT RAISE(ABORT, 'refused by a trigger'); END`,
    ),
};

/** @returns makes the row as any other again */
export const makeUntouchable = async (
  knex: Knex,
  tableName: string,
  id: string,
): Promise<() => Promise<void>> => {
  const { dialect } = knex.client as { dialect: string };
  const kind = { postgresql: 'pg', mysql: 'mysql', sqlite3: 'sqlite' }[dialect] ?? dialect;
  for (const sql of statements[kind]?.(tableName, id) ?? []) await knex.raw(sql);
  return async () => {
    if (kind === 'pg') {
      await knex.raw(`DROP FUNCTION "${tableName}_refuse"() CASCADE`);
      return;
    }
    for (const event of ['UPDATE', 'DELETE']) await knex.raw(`DROP TRIGGER ${tableName}_${event}`);
  };
};
