/** Code blocks with the SQL of the table: what the store really sends. */

import knexModule from 'knex';
import { resolveOptions } from '../../lib/options';
import { openTable } from '../../lib/database/table';

const options = {
  timestamps: { timestamps: true },
  userId: { userId: (session: { user?: string }) => session.user },
};

/**
 * @param what the Knex client, and options: `pg with timestamps, userId`
 * @returns the statements that make the table
 */
export const tableSql = (what: string): string => {
  const [client = '', names = ''] = what.split(' with ');
  const chosen = names.split(', ').filter((name) => name !== '');
  const unknown = chosen.find((name) => !(name in options));
  if (unknown !== undefined) throw new Error(`the test knows no option '${unknown}'`);
  const given = chosen.map((name) => options[name as keyof typeof options]);
  const knex = knexModule({ client, useNullAsDefault: true });
  return openTable(knex, resolveOptions(Object.assign({}, ...given) as object))
    .plan()
    .join(';\n');
};

/** The same but for white space and the end of statements. */
export const plain = (sql: string): string => sql.replace(/\s+/g, ' ').replace(/; ?$/, '').trim();
